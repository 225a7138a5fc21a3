import { expect, test } from 'vitest';
import { chanceOf } from '../chance.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { askAs, operator } from './asking-as.ts';
import { startTestGateway } from './harness.ts';
import { type Claims, tokenSettings } from './tokens.ts';

const now = () => Date.parse('2026-03-20T12:00:00Z');
const day = dayWindow('2026-03-02');

const metrics = 'metrics { metricName metric { metricId } qualification } again: metrics { weight isFatalError }';
const queries = [
  `{ conversations(${day}, first: 60) { nodes { customFields audit { auditor } ${metrics} } } }`,
  `{ conversations(${day}, first: 60) { totalCount nodes { conversationId agents { agentId name } ${metrics} } } }`,
  `{ conversations(${day}, first: 60, filterBy: { isScored: true }) { nodes { ${metrics} queues { name } } } }`,
  `{ agents(${day}) { nodes { name } edges { summary { averageScore } } } scoreSummary(${day}) { conversationCount } }`,
];

/** Somebody of each kind: who sees all, who sees it without what is hidden, who sees a part, and who sees nothing. */
function callersOf(found: unknown): readonly Claims[] {
  const idsOf = (name: string) =>
    [...JSON.stringify(found).matchAll(new RegExp(`"${name}":"([^"]+)"`, 'g'))].map(([, id = '']) => id);
  return [
    operator,
    { sub: 'plain', roles: ['all-conversations'] },
    { sub: 'agent', agents: idsOf('agentId').slice(0, 1) },
    { sub: 'queues', roles: ['auditors'], queues: idsOf('queueId').slice(0, 2) },
    { sub: 'nobody' },
  ];
}

test('each caller hears what he hears alone, whoever asks the same at the same time and before him', async () => {
  await using kore = await startSimulator({ switches: { quotaLimit: 0, tableOnlyFields: true, era: 'V6' }, now });
  const start = async () =>
    Object.assign(await startTestGateway(kore, { now, settings: tokenSettings }), { nowMs: now() });
  await using gateway = await start();
  const ids = await askAs(
    gateway,
    operator,
    `{ agents(${day}) { nodes { agentId } } queues(${day}) { nodes { queueId } } }`,
  );
  const asked = callersOf(ids).flatMap((claims) => queries.map((query) => ({ claims, query })));
  const alone: unknown[] = [];
  for (const { claims, query } of asked) {
    await using fresh = await start();
    const answer = await askAs(fresh, claims, query);
    expect([answer.status, answer.errors]).toEqual([200, undefined]);
    alone.push(answer);
  }
  // Both who see all are answered alike, but for what is hidden from one of them.
  expect(new Set(alone.map((answer) => JSON.stringify(answer))).size).toBe(asked.length - (queries.length - 1));
  const chance = chanceOf(20_261_127);
  for (let round = 0; round < 5; round++) {
    const order = [...asked.entries()].sort(() => chance.below(3) - 1);
    await Promise.all(
      order.map(async ([index, { claims, query }]) => {
        expect(await askAs(gateway, claims, query), `${claims.sub}: ${query}`).toEqual(alone[index]);
      }),
    );
  }
});
