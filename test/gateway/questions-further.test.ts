import { expect, test } from 'vitest';
import { queryOf } from '../oracle/answer.ts';
import { judge } from '../oracle/judge.ts';
import { projectRoot } from '../oracle/selection.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { ask } from './asking.ts';
import type { GatewayUnderTest } from './harness.ts';
import { agentIdsOf, groupBy, listedOn, mean, ranked, resultsOf, scoresOf } from './questions-counting.ts';
import { blocks, selectionsOf, sumOfCallCounts, togetherCallCount, type Variables } from './questions-document.ts';
import { datasetOf, pick, rowsOf, startWorld } from './questions-world.ts';

/** What the prose of docs/questions.md says beside its operations. */

const ample = { KORE_CALLS_PER_MINUTE: '1000000' };
const noQuota = { tableOnlyFields: true, quotaLimit: 0 };
const queryOfQuestion = (number: number) => blocks[number - 1]?.query ?? '';
const dashboard = blocks.at(-1)?.query ?? '';

/** Asks a question and counts the calls that it cost. */
async function cost(
  { kore, gateway }: { readonly kore: Simulator; readonly gateway: GatewayUnderTest },
  query: string,
  variables: Variables = {},
) {
  const before = kore.callCount;
  const data = await ask(gateway, query, variables);
  return { data, callCount: kore.callCount - before };
}

test('question 1: a walk lists every conversation once in the upstream’s order, for eleven calls, and a cursor needs no window', async () => {
  await using world = await startWorld();
  const listed = listedOn(rowsOf(world.kore)).map(({ conversationId }) => conversationId);
  const walked: unknown[] = [];
  let variables: Variables = {};
  for (let page = 0; page < 10; page++) {
    const { data } = await cost(world, queryOfQuestion(1), variables);
    walked.push(...pick(data, 'conversations.nodes.*.conversationId'));
    variables = { window: null, after: pick(data, 'conversations.pageInfo.endCursor')[0] };
    expect(pick(data, 'conversations.pageInfo.hasNextPage')).toEqual([page < 9]);
  }
  expect(walked).toEqual(listed);
  expect(world.kore.callCount).toBe(11);
  const window = { from: '2026-03-02T00:00:00Z', until: '2026-03-04T00:00:00Z' };
  const refused = await world.gateway.query(queryOfQuestion(1), { ...variables, window });
  expect(refused.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_CURSOR']);
});

test('question 2: a conversation that was part of an answer costs none, and each further day costs its own reading', async () => {
  await using world = await startWorld();
  const [seen] = pick((await cost(world, queryOfQuestion(1))).data, 'conversations.nodes.*.conversationId');
  expect((await cost(world, queryOfQuestion(2), { conversationId: seen })).callCount).toBe(0);
  const twoDays = { from: '2026-03-02T00:00:00Z', until: '2026-03-04T00:00:00Z' };
  const nowhere = await cost(world, queryOfQuestion(2), { conversationId: 'c-nowhere', window: twoDays });
  expect(nowhere).toEqual({ data: { conversation: null }, callCount: 22 });
});

test('question 3: without includeBelowThreshold the list is another reading', async () => {
  await using world = await startWorld();
  const without = queryOfQuestion(3).replace(', includeBelowThreshold: true', '');
  expect((await cost(world, without)).callCount).toBe(22);
});

test('question 4: a window of null is the seven days that end with today', async () => {
  const switches = { ...noQuota, liveTail: true };
  await using world = await startWorld(switches, ample);
  const { data } = await cost(world, queryOfQuestion(4), { window: null });
  const week = listedOn(rowsOf(world.kore, switches, '2026-03-13'), '2026-03-14', 7);
  expect(pick(data, 'scoreSummary.conversationCount')).toEqual([week.length]);
  expect(pick(data, 'scoreSummary.scoredCount')).toEqual([scoresOf(week).length]);
  expect(week.length).toBeGreaterThan(6_000);
});

test('question 6: in the gateway’s own time zone four days are 44 calls', async () => {
  await using world = await startWorld();
  const window = { from: '2026-02-27T00:00:00Z', until: '2026-03-03T00:00:00Z' };
  expect((await cost(world, queryOfQuestion(6), { window, timeZone: 'UTC' })).callCount).toBe(44);
});

test('question 8: further pages and other orders cost none', async () => {
  await using world = await startWorld();
  const leaders = ranked(groupBy(listedOn(rowsOf(world.kore)), agentIdsOf), (rows) => mean(scoresOf(rows)));
  const first = await cost(world, queryOfQuestion(8));
  const after = pick(first.data, 'agents.pageInfo.endCursor')[0];
  const second = await cost(world, queryOfQuestion(8), { after });
  expect(pick(second.data, 'agents.edges.*.node.agentId')).toEqual(leaders.slice(10, 20).map(([id]) => id));
  const byName = await cost(world, queryOfQuestion(8), { orderBy: { field: 'NAME', direction: 'ASC' } });
  expect([second.callCount, byName.callCount]).toEqual([0, 0]);
});

test('questions 10 and 12: the next agent’s scorecard costs none, nor does every agent by every metric', async () => {
  await using world = await startWorld();
  const rows = rowsOf(world.kore);
  await cost(world, queryOfQuestion(10));
  for (const [number, variables] of [
    [10, { agentId: 'a-fea9716-d28f-ce4a-e6bf-40ac85bccabe' }],
    [12, { by: ['AGENT', 'METRIC'] }],
  ] as const) {
    const { data, callCount } = await cost(world, queryOfQuestion(number), variables);
    expect(callCount).toBe(0);
    const dataset = datasetOf(rows, listedOn(rows));
    expect(
      judge(projectRoot(queryOf(dataset), selectionsOf(queryOfQuestion(number), variables)), { data }, 'whole'),
    ).toBeNull();
  }
});

test('question 20: with includeBelowThreshold those that were too short come too, with their reason', async () => {
  await using world = await startWorld();
  const query = queryOfQuestion(20)
    .replace('anyOf:', 'includeBelowThreshold: true, anyOf:')
    .replace('first: 50', 'first: 500');
  const { data } = await cost(world, query);
  const reasons = pick(data, 'unscored.nodes.*.unscoredReason');
  expect(reasons.filter((reason) => reason === 'BELOW_THRESHOLD')).toHaveLength(80);
});

test('question 21: outbound alone is four calls', async () => {
  await using world = await startWorld();
  const query = queryOfQuestion(21).replace('by:', 'filterBy: { contactDirection: OUTBOUND }, by:');
  const { data, callCount } = await cost(world, query);
  expect(pick(data, 'scoreBreakdown.groups.*.contactDirection')).toEqual(['OUTBOUND']);
  expect(callCount).toBe(4);
});

test('questions 18 and 23: without the fields that may stay empty, their figures are null and metrics still answer', async () => {
  await using world = await startWorld({});
  const { data } = await cost(world, queryOfQuestion(18));
  expect(data).toMatchObject({ scoreSummary: { passCount: 0, failCount: 0, passRate: null } });
  const { data: compared } = await cost(world, queryOfQuestion(23));
  expect(pick(compared, 'scoreSummary.audit')).toEqual([
    { bothScoredCount: 0, meanDifference: null, meanAbsoluteDifference: null },
  ]);
  const results = [...resultsOf(listedOn(rowsOf(world.kore, {}))).values()].flat();
  const audited = results.filter(
    ({ qualification, auditorResponse }) => qualification !== 'PENDING' && auditorResponse !== null,
  );
  expect(
    pick(compared, 'metrics.edges.*.adherence.auditedCount').reduce((sum, each) => Number(sum) + Number(each), 0),
  ).toBe(audited.length);
  expect(audited.length).toBeGreaterThan(0);
});

test('the dashboard of a week is 77 calls, and each new day eleven more', async () => {
  await using world = await startWorld(noQuota, ample);
  const rows = rowsOf(world.kore);
  const week = { window: { from: '2026-03-02T00:00:00Z', until: '2026-03-09T00:00:00Z' } };
  const { data, callCount } = await cost(world, dashboard, week);
  expect(callCount).toBe(77);
  const dataset = datasetOf(rows, listedOn(rows, '2026-03-02', 7));
  expect(judge(projectRoot(queryOf(dataset), selectionsOf(dashboard, week)), { data }, 'whole')).toBeNull();
  const nextDay = { window: { from: '2026-03-03T00:00:00Z', until: '2026-03-10T00:00:00Z' } };
  expect((await cost(world, dashboard, nextDay)).callCount).toBe(11);
});

test('the dashboard of a week that a minute’s quota does not cover is a part that says so, and when to ask again', async () => {
  await using world = await startWorld();
  const week = { window: { from: '2026-03-02T00:00:00Z', until: '2026-03-09T00:00:00Z' } };
  const { data } = await cost(world, dashboard, week);
  const [coverage] = pick(data, 'leaderboard.coverage');
  expect(coverage).toMatchObject({ complete: false, retryAfterSeconds: expect.any(Number) });
  expect(pick(data, 'trend.groups.*.period').length).toBeGreaterThan(2);
  expect(world.kore.callCount, 'the others are kept for lists').toBe(45);
  expect(world.kore.calls.filter(({ status }) => status !== 200)).toEqual([]);
});

test('all operations, one after the other, cost what their days cost, and none twice', async () => {
  await using world = await startWorld(noQuota, ample);
  for (const { query } of blocks) await cost(world, query);
  expect(world.kore.callCount).toBe(togetherCallCount);
  expect(blocks.reduce((sum, { callCount }) => sum + callCount, 0)).toBe(sumOfCallCounts);
});
