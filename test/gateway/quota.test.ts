import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { startTestGateway } from './harness.ts';

const day = (date: string) => `window: { from: "2026-03-${date}T00:00:00Z", until: "2026-03-${date}T23:59:59Z" }`;
const total = (date: string) => `{ conversations(${day(date)}) { totalCount } }`;

test('a call that cannot be had before the deadline is refused at once, and says when to ask again', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore, { settings: { KORE_CALLS_PER_MINUTE: '2' } });
  for (const date of ['02', '03']) expect((await gateway.query(total(date))).errors).toBeUndefined();
  const began = performance.now();
  const answer = await gateway.query(total('04'));
  expect(performance.now() - began).toBeLessThan(1000);
  expect(answer.errors?.map(({ extensions }) => extensions)).toMatchObject([
    { code: 'UPSTREAM_BUDGET_EXHAUSTED', retryable: true },
  ]);
  expect(answer.errors?.[0]?.extensions.retryAfterSeconds).toBeGreaterThanOrEqual(58);
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
