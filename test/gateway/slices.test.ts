import { describe, expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { startTestGateway } from './harness.ts';

/** A window of 91 days. */
const quarter = '{ from: "2026-01-02T00:00:00Z", until: "2026-04-03T00:00:00Z" }';

/** Global ids of so many agents that nobody has seen. */
function agentIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    Buffer.from(JSON.stringify(['Agent', `z-${index}`])).toString('base64url'),
  );
}

function times(count: number, field: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => field(index)).join(' ');
}

const list = (index: number) => `a${index}: conversations(window: ${quarter}, first: 0) { totalCount }`;
const ofAgents = (listCount: number) => `nodes(ids: $ids) { ... on Agent { ${times(listCount, list)} } }`;

describe('an operation whose answers look through more days than one may is refused, without a call', () => {
  test.for<[title: string, query: string, idCount: number]>([
    [
      'twenty times the lists of 250 agents',
      `query ($ids: [ID!]!) { ${times(20, (index) => `r${index}: nodes(ids: $ids) { ...Lists }`)} }
       fragment Lists on Agent { ${times(38, list)} }`,
      250,
    ],
    ['twenty lists of each of 250 agents', `query ($ids: [ID!]!) { ${ofAgents(20)} }`, 250],
    ['lists of the agents of a page', `{ agents(first: 250) { nodes { ${times(2, list)} } } }`, 0],
    ['five lists of each of 100 agents', `query ($ids: [ID!]!) { ${ofAgents(5)} }`, 100],
  ])('%s', async ([, query, idCount]) => {
    await using kore = await startSimulator({ conversationsPerDay: 1 });
    await using gateway = await startTestGateway(kore);
    const answer = await gateway.query(query, idCount === 0 ? {} : { ids: agentIds(idCount) });
    expect(answer.status).toBe(400);
    expect(answer.errors?.map(({ message, extensions: { code, reason } }) => [message, code, reason])).toEqual([
      [
        'One operation may look through 40000 days, those of each answer counted, and this one asks for more',
        'COST_LIMIT_EXCEEDED',
        'SLICES_PER_OPERATION',
      ],
    ]);
    expect(kore.callCount).toBe(0);
  });
});

test('a board of three lists of each of a hundred agents over a quarter is answered, and reads each day once', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1, switches: { quotaLimit: 1_000 } });
  await using gateway = await startTestGateway(kore, { settings: { KORE_CALLS_PER_MINUTE: '1000' } });
  const answer = await gateway.query(`query ($ids: [ID!]!) { ${ofAgents(3)} }`, { ids: agentIds(100) });
  expect(answer.errors).toBeUndefined();
  expect(answer.data?.['nodes']).toEqual(
    Array.from({ length: 100 }, () => ({ a0: { totalCount: 0 }, a1: { totalCount: 0 }, a2: { totalCount: 0 } })),
  );
  expect(kore.callCount).toBe(91);
});
