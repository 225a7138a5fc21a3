import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { connectionOf, startTestGateway } from './harness.ts';

const from = '2026-03-02T00:00:00Z';
const until = '2026-03-03T00:00:00Z';
const day = `window: { from: "${from}", until: "${until}" }`;
const selection =
  '{ edges { cursor node { conversationId } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } window { from until } }';
const seed = 20_261_122;

test('with a cursor and no window, the window of the cursor holds', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  await using gateway = await startTestGateway(kore);
  const first = connectionOf(await gateway.query(`{ conversations(${day}, first: 10) ${selection} }`));
  const next = connectionOf(
    await gateway.query(`{ conversations(first: 10, after: "${first.pageInfo.endCursor}") ${selection} }`),
  );
  const same = connectionOf(
    await gateway.query(`{ conversations(${day}, first: 10, after: "${first.pageInfo.endCursor}") ${selection} }`),
  );
  expect(next).toEqual(same);
  expect(next.window).toEqual({ from, until });
  expect(kore.callCount).toBe(1);
});

test('equal answers are byte-equal, cursors included', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  await using one = await startTestGateway(kore);
  await using other = await startTestGateway(kore);
  const query = `{ conversations(${day}, first: 10) ${selection} }`;
  expect(JSON.stringify(await one.query(query))).toBe(JSON.stringify(await other.query(query)));
});

test.for([
  ['another window', `window: { from: "${from}", until: "2026-03-02T12:00:00Z" }`],
  ['another direction', `${day}, filterBy: { contactDirection: INBOUND }`],
  ['below-threshold contacts too', `${day}, filterBy: { includeBelowThreshold: true }`],
])('the cursor of another question is refused before any call: %s', async ([, args]) => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  await using gateway = await startTestGateway(kore);
  const { pageInfo } = connectionOf(await gateway.query(`{ conversations(${day}, first: 10) ${selection} }`));
  const answer = await gateway.query(
    `{ conversations(${args}, first: 10, after: "${pageInfo.endCursor}") ${selection} }`,
  );
  expect(answer.errors?.map(({ extensions }) => extensions)).toMatchObject([
    { code: 'BAD_CURSOR', reason: 'OTHER_QUESTION', retryable: false },
  ]);
  expect(kore.callCount).toBe(1);
});

test('the cursor of another account, org, stream or client is refused', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  const settings = { CURSOR_SECRET: 'one secret for all of them' };
  await using gateway = await startTestGateway(kore, { settings });
  const { pageInfo } = connectionOf(await gateway.query(`{ conversations(${day}, first: 10) ${selection} }`));
  for (const name of ['KORE_ACCOUNT_ID', 'KORE_ORG_ID', 'KORE_STREAM_ID', 'KORE_CLIENT_ID']) {
    await using foreign = await startTestGateway(kore, { settings: { ...settings, [name]: 'another-0000-0000' } });
    const answer = await foreign.query(`{ conversations(first: 10, after: "${pageInfo.endCursor}") ${selection} }`);
    expect(
      answer.errors?.map(({ extensions }) => extensions.reason),
      name,
    ).toEqual(['OTHER_QUESTION']);
  }
  expect(kore.callCount).toBe(1);
});

test('a cursor survives a new secret while the old one is still listed, and is broken after', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  const [old, young] = ['the first secret of all', 'the second secret of all'];
  await using before = await startTestGateway(kore, { settings: { CURSOR_SECRET: old } });
  await using during = await startTestGateway(kore, { settings: { CURSOR_SECRET: `${young}, ${old}` } });
  await using after = await startTestGateway(kore, { settings: { CURSOR_SECRET: young } });
  const { pageInfo } = connectionOf(await before.query(`{ conversations(${day}, first: 10) ${selection} }`));
  const next = `{ conversations(first: 10, after: "${pageInfo.endCursor}") ${selection} }`;
  expect(connectionOf(await during.query(next)).edges).toHaveLength(10);
  expect((await after.query(next)).errors?.map(({ extensions }) => extensions.reason)).toEqual(['BROKEN']);
});

test('a cursor that was changed in any way is broken or of another version, never another page', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  await using gateway = await startTestGateway(kore);
  const { pageInfo } = connectionOf(await gateway.query(`{ conversations(${day}, first: 10) ${selection} }`));
  const cursor = pageInfo.endCursor ?? '';
  const flipped = fc
    .nat(cursor.length - 1)
    .chain((at) =>
      fc.constantFrom(...'ABCxyz019-_=+/ ').map((letter) => cursor.slice(0, at) + letter + cursor.slice(at + 1)),
    );
  const cut = fc.nat(cursor.length - 1).map((length) => cursor.slice(0, length));
  const longer = fc.string({ minLength: 1, maxLength: 600 }).map((tail) => cursor + tail);
  await fc.assert(
    fc.asyncProperty(fc.oneof(flipped, cut, longer, fc.string()), async (changed) => {
      fc.pre(changed !== cursor);
      const answer = await gateway.query(`query ($after: String) { conversations(after: $after) ${selection} }`, {
        after: changed,
      });
      expect(answer.data).toEqual({ conversations: null });
      expect(['BROKEN', 'OTHER_VERSION']).toContain(answer.errors?.[0]?.extensions.reason);
    }),
    { numRuns: 300, seed },
  );
  expect(kore.callCount).toBe(1);
});

test('first and last, after and before cut the list as Relay says', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 30, switches: { segments: false } });
  await using gateway = await startTestGateway(kore);
  const all = connectionOf(await gateway.query(`{ conversations(${day}, first: 500) ${selection} }`)).edges;
  const place = fc.option(fc.nat(29), { nil: null });
  await fc.assert(
    fc.asyncProperty(place, place, fc.boolean(), fc.nat(40), async (after, before, isFirst, count) => {
      const args = [
        `${isFirst ? 'first' : 'last'}: ${count}`,
        ...(after === null ? [] : [`after: "${all[after]?.cursor}"`]),
        ...(before === null ? [] : [`before: "${all[before]?.cursor}"`]),
      ];
      const { edges, pageInfo } = connectionOf(
        await gateway.query(`{ conversations(${day}, ${args.join(', ')}) ${selection} }`),
      );
      const between = all.slice(after === null ? 0 : after + 1, before ?? all.length);
      const expected = isFirst ? between.slice(0, count) : between.slice(Math.max(0, between.length - count));
      expect(edges).toEqual(expected);
      if (expected.length === 0) return;
      const [first, last] = [expected[0], expected.at(-1)];
      expect(pageInfo).toEqual({
        hasPreviousPage: first !== all[0],
        hasNextPage: last !== all.at(-1),
        startCursor: first?.cursor,
        endCursor: last?.cursor,
      });
    }),
    { numRuns: 400, seed },
  );
  expect(kore.callCount).toBe(1);
});

test.for(['ascending', 'descending'] as const)(
  'cursors that were made in an order that has turned round since are refused: %s',
  async (order) => {
    await using kore = await startSimulator({ conversationsPerDay: 60, switches: { order, segments: false } });
    await using gateway = await startTestGateway(kore);
    const { pageInfo } = connectionOf(await gateway.query(`{ conversations(${day}, first: 30) ${selection} }`));
    kore.set({ order: order === 'ascending' ? 'descending' : 'ascending' });
    const next = `{ conversations(first: 10, after: "${pageInfo.endCursor}") ${selection} }`;
    const answer = await gateway.query(next, {}, { 'cache-control': 'no-cache' });
    expect(answer.errors?.map(({ extensions }) => extensions)).toMatchObject([
      { code: 'BAD_CURSOR', reason: 'ORDER_CHANGED' },
    ]);
  },
);

test.for([
  ['shuffled among ties', { order: 'ties-shuffled', tieSeconds: 7200 }],
  ['shuffled', { order: 'shuffled' }],
] as const)('an answer over several pages of a list that is %s is whole, or is refused', async ([, switches]) => {
  await using kore = await startSimulator({
    conversationsPerDay: 280,
    switches: { ...switches, segments: false, quotaLimit: 0 },
  });
  await using gateway = await startTestGateway(kore, { settings: { LOG_LEVEL: 'silent' } });
  for (let round = 0; round < 60; round++) {
    const callsBefore = kore.callCount;
    const answer = await gateway.query(
      `{ conversations(${day}, first: 500) ${selection} }`,
      {},
      { 'cache-control': 'no-cache' },
    );
    const ids = answer.data?.['conversations']?.edges.map(({ node }) => node.conversationId);
    if (ids === undefined) expect(answer.errors?.[0]?.extensions.code).toBe('UPSTREAM_INCONSISTENT');
    else expect([ids.length, new Set(ids).size]).toEqual([280, 280]);
    expect(kore.callCount - callsBefore, 'each of the three pages is read a few times at most').toBeLessThanOrEqual(20);
  }
});
