import { expect, test } from 'vitest';
import { sayFigures } from '../figures.ts';
import { connectionOf, startTestGateway } from '../gateway/harness.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { duplicatesOf } from './fleet.ts';
import { startRedis, unhurried, untilOpen } from './server.ts';

const day = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }';
const list = `{ conversations(${day}, first: 300) { totalCount nodes { conversationId } } }`;
const scan = `{ conversations(${day}, first: 20, orderBy: { field: KORE_EVALUATION_SCORE, direction: ASC }) { totalCount nodes { conversationId } } }`;

test('F67 who waits for what another replica reads for nobody reads it himself, and no call is made twice', async () => {
  await using redis = await startRedis();
  await using kore = await startSimulator({ conversationsPerDay: 250, switches: { quotaLimit: 0 } });
  const settings = {
    ...unhurried(redis),
    KORE_CALLS_PER_MINUTE: '20',
    QUOTA_WINDOW_MS: '4000',
    KORE_CALLS_KEPT_FOR_LISTS: '5',
    OPERATION_DEADLINE_MS: '15000',
    STOP_WITHIN_MS: '16000',
  };
  await using one = await startTestGateway(kore, { settings });
  await using other = await startTestGateway(kore, { settings });
  for (const gateway of [one, other]) await untilOpen(gateway.query);
  const summary = (from: string) =>
    `{ scoreSummary(window: { from: "${from}T00:00:00Z", until: "2026-03-03T00:00:00Z" }) { conversationCount coverage { complete } } }`;
  expect((await one.query(summary('2026-01-01'))).data).toMatchObject({
    scoreSummary: { coverage: { complete: false } },
  });
  const before = kore.callCount;
  // It goes on behind the answer.
  await expect.poll(() => kore.callCount, { timeout: 30_000 }).toBeGreaterThan(before);
  expect((await other.query(summary('2026-03-02'))).data).toEqual({
    scoreSummary: { conversationCount: 250, coverage: { complete: true } },
  });
  expect(duplicatesOf(kore.calls)).toEqual([]);
});

test.for([
  ['a list', list, 4],
  ['a scan', scan, 4],
] as const)(
  'F67 equal questions over replicas at the same time are one call a page: %s',
  async ([, query, pageCount]) => {
    await using redis = await startRedis();
    await using kore = await startSimulator({ conversationsPerDay: 350, switches: { latencyMs: 50 } });
    const settings = unhurried(redis);
    await using one = await startTestGateway(kore, { settings });
    await using two = await startTestGateway(kore, { settings });
    await using three = await startTestGateway(kore, { settings });
    for (const gateway of [one, two, three]) await untilOpen(gateway.query);
    const answers = await Promise.all(Array.from({ length: 90 }, (_, at) => [one, two, three][at % 3]?.query(query)));
    const [first] = answers;
    expect(first === undefined ? null : connectionOf(first).totalCount).toBe(350);
    for (const answer of answers) expect(answer).toEqual(first);
    expect(kore.callCount).toBe(pageCount);
    sayFigures('stampede', { questions: answers.length, replicas: 3, calls: kore.callCount, pages: pageCount });
  },
);
