import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { timed } from '../timed.ts';
import { startTestGateway } from './harness.ts';

const day = (date: string) => `window: { from: "2026-03-${date}T00:00:00Z", until: "2026-03-${date}T23:59:59Z" }`;
const total = (date: string) => `{ conversations(${day(date)}) { totalCount } }`;

test('a call that cannot be had before the deadline is refused at once, and says when to ask again', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore, { settings: { KORE_CALLS_PER_MINUTE: '2' } });
  for (const date of ['02', '03']) expect((await gateway.query(total(date))).errors).toBeUndefined();
  const { value: answer, isInTime } = await timed(1_000, () => gateway.query(total('04')));
  expect(isInTime).toBe(true);
  expect(answer.errors?.map(({ extensions }) => extensions)).toMatchObject([
    { code: 'UPSTREAM_BUDGET_EXHAUSTED', retryable: true },
  ]);
  const agoSeconds = Math.ceil((Date.now() - (kore.calls[0]?.at ?? 0)) / 1000);
  expect(answer.errors?.[0]?.extensions.retryAfterSeconds).toBeGreaterThanOrEqual(60 - agoSeconds);
  expect(answer.errors?.[0]?.extensions.retryAfterSeconds).toBeLessThanOrEqual(60);
  expect(kore.callCount).toBe(2);
  expect((await gateway.query(total('02'))).errors, 'what is held is served all the same').toBeUndefined();
});

test('calls wait for their turn as long as the deadline lets them', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10, switches: { quotaLimit: 3, quotaWindowMs: 500 } });
  await using gateway = await startTestGateway(kore, {
    settings: { KORE_CALLS_PER_MINUTE: '3', QUOTA_WINDOW_MS: '500' },
  });
  const answers = await Promise.all(
    ['02', '03', '04', '05', '06', '07', '08'].map((date) => gateway.query(total(date))),
  );
  expect(answers.flatMap(({ errors = [] }) => errors)).toEqual([]);
  expect(kore.calls.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 200));
});

test.for([200, 400, 403, 429, 503])(
  "the vendor's sentence closes the gate, whatever status it comes with: %i",
  async (quotaStatus) => {
    await using kore = await startSimulator({ conversationsPerDay: 10, switches: { quotaLimit: 1, quotaStatus } });
    await using gateway = await startTestGateway(kore);
    await gateway.query(total('02'));
    const refusedAnswer = await gateway.query(total('03'));
    expect(refusedAnswer.errors?.map(({ extensions }) => extensions.code)).toEqual(['UPSTREAM_BUDGET_EXHAUSTED']);
    expect(refusedAnswer.errors?.[0]?.extensions.retryAfterSeconds).toBeGreaterThan(50);
    const shut = await gateway.query(total('04'));
    expect(shut.errors?.map(({ extensions }) => extensions.code)).toEqual(['UPSTREAM_BUDGET_EXHAUSTED']);
    expect(kore.callCount, 'a closed gate sends nothing').toBe(2);
  },
);

const week = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-09T00:00:00Z" }';

test('a scan that would take more than the quota leaves calls to a list', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1000 });
  // Until shortly before the next minute.
  const settings = { KORE_CALLS_PER_MINUTE: '60', OPERATION_DEADLINE_MS: '50000', STOP_WITHIN_MS: '51000' };
  await using gateway = await startTestGateway(kore, { settings });
  const scan = await gateway.query(`{ scoreSummary(${week}) { conversationCount coverage { complete } } }`);
  expect(scan.data).toMatchObject({ scoreSummary: { coverage: { complete: false } } });
  expect(kore.callCount).toBe(45);
  const lists = await Promise.all(Array.from({ length: 15 }, (_, day) => gateway.query(total(String(10 + day)))));
  expect(lists.flatMap(({ errors = [] }) => errors)).toEqual([]);
  expect(kore.callCount).toBe(60);
  expect(kore.calls.every(({ status }) => status === 200)).toBe(true);
});

test('a caller who scans a quarter leaves their share to another who scans a day', async () => {
  const quota = { quotaLimit: 24, quotaWindowMs: 3_000 };
  await using kore = await startSimulator({ conversationsPerDay: 80, switches: { ...quota, latencyMs: 20 } });
  await using gateway = await startTestGateway(kore, {
    settings: { KORE_CALLS_PER_MINUTE: '24', QUOTA_WINDOW_MS: '3100', OPERATION_DEADLINE_MS: '15000' },
  });
  const quarter = 'window: { from: "2026-01-01T00:00:00Z", until: "2026-04-01T00:00:00Z" }';
  const { promise: isUnderWay, resolve } = Promise.withResolvers<void>();
  kore.beforeCall((callIndex) => {
    if (callIndex === 8) resolve();
  });
  const long = gateway.query(`{ scoreSummary(${quarter}) { conversationCount } }`, undefined, {
    'apollographql-client-name': 'dashboard',
  });
  await isUnderWay;
  const short = await gateway.query(
    '{ scoreSummary(window: { from: "2026-05-04T00:00:00Z", until: "2026-05-05T00:00:00Z" }) { conversationCount coverage { complete } } }',
    undefined,
    { 'apollographql-client-name': 'somebody' },
  );
  expect(short.data).toEqual({ scoreSummary: { conversationCount: 80, coverage: { complete: true } } });
  const before = kore.calls.findIndex(({ body }) => JSON.stringify(body).includes('2026-05-04'));
  expect(before, 'of its 90 days').toBeLessThan(24);
  await long;
  // It goes on behind: some may be under way.
  expect(kore.calls.filter(({ status, outcome }) => status !== 200 && outcome !== 'pending')).toEqual([]);
});

test('a list that is asked for while its page waits in the background goes before all that nobody waits for', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 80 });
  const settings = { KORE_CALLS_PER_MINUTE: '8', KORE_CALLS_KEPT_FOR_LISTS: '2', OPERATION_DEADLINE_MS: '5000' };
  await using gateway = await startTestGateway(kore, { settings });
  const weeks = 'window: { from: "2026-02-11T00:00:00Z", until: "2026-03-03T00:00:00Z" }';
  await gateway.query(`{ scoreSummary(${weeks}) { conversationCount } }`);
  const left = 8 - kore.callCount;
  expect(left).toBeGreaterThanOrEqual(2);
  const lists = Array.from({ length: 20 }, (_, at) => new Date(Date.parse('2026-02-11T00:00:00Z') + at * 86_400_000));
  const answers = [];
  // After the first ones, which were read, come those that wait at the gate. As many are asked for as there are calls.
  const ask = async (from: Date) => {
    const window = `window: { from: "${from.toISOString()}", until: "${new Date(from.getTime() + 86_400_000).toISOString()}" }`;
    const query = `{ conversations(${window}, first: 10) { nodes { conversationId } } }`;
    const { value, isInTime } = await timed(1_000, () => gateway.query(query));
    return { code: value.errors?.[0]?.extensions.code, isInTime };
  };
  for (const from of lists.slice(5)) {
    if (kore.callCount === 8) break;
    answers.push(await ask(from));
  }
  expect(answers.length).toBeGreaterThan(0);
  for (const answer of answers) expect(answer).toEqual({ code: undefined, isInTime: true });
  expect(kore.callCount).toBe(8);
});
