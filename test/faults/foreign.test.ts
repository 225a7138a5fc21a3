import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayWindow } from '../gateway/asking.ts';
import { type GatewayUnderTest, startTestGateway } from '../gateway/harness.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';

/**
 * One process serves one stream, so what is foreign comes as a cursor or an id of another stream's gateway. Even where both were set the same secret, by mistake
 * or for their replicas, neither opens what the other has sealed.
 */
const window = dayWindow('2026-03-02');
const settings = { CURSOR_SECRET: 'one-secret-that-both-were-set' };
const seed = 20_261_126;

/** Another account's stream, by its ids alone: all else is alike. */
function other(kore: Simulator): Simulator['account'] {
  return { ...kore.account, orgId: 'o-other-0000', streamId: 'st-other-0000' };
}

async function openBoth() {
  const ours = await startSimulator({ conversationsPerDay: 60 });
  const theirs = await startSimulator({ conversationsPerDay: 60, seed: 7, account: other(ours) });
  const [mine, foreign] = [await startTestGateway(ours, { settings }), await startTestGateway(theirs, { settings })];
  return {
    ours,
    mine,
    foreign,
    async [Symbol.asyncDispose]() {
      await Promise.all([mine, foreign].map((gateway) => gateway[Symbol.asyncDispose]()));
      await Promise.all([ours, theirs].map((kore) => kore[Symbol.asyncDispose]()));
    },
  };
}

const list = '{ pageInfo { endCursor } nodes { id conversationId agents { id agentId } } }';
const orders = ['', ', orderBy: { field: KORE_EVALUATION_SCORE, direction: ASC }', ', filterBy: { isScored: true }'];

async function firstPage(gateway: GatewayUnderTest, order = '') {
  const { data } = await gateway.query(`{ conversations(${window}, first: 10${order}) ${list} }`);
  const page = data?.['conversations'];
  if (page === null || page === undefined) throw new Error('no page');
  return page;
}

async function refusalOf(gateway: GatewayUnderTest, cursor: string, order = ''): Promise<readonly unknown[]> {
  const query = `query ($after: String) { conversations(${window}, first: 10, after: $after${order}) { nodes { conversationId } } }`;
  const { status, data, errors } = await gateway.query(query, { after: cursor });
  return [status, data?.['conversations'] ?? null, errors?.map(({ extensions }) => extensions.code)];
}
const refused = [200, null, ['BAD_CURSOR']];

test('A70 a cursor of another stream is refused, in every order, without a call', async () => {
  await using both = await openBoth();
  for (const order of orders) {
    const { pageInfo } = await firstPage(both.foreign, order);
    both.ours.resetCalls();
    expect(await refusalOf(both.mine, pageInfo.endCursor ?? '', order)).toEqual(refused);
    expect(both.ours.callCount).toBe(0);
  }
});

test('A70 a cursor with any one of its bits turned, cut anywhere, or longer: refused without a call, and never another page', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 60 });
  await using gateway = await startTestGateway(kore, { settings });
  const { pageInfo } = await firstPage(gateway);
  const cursor = pageInfo.endCursor ?? '';
  const bytes = Buffer.from(cursor, 'base64url');
  kore.resetCalls();
  for (let at = 0; at < bytes.length; at++) {
    const turned = Buffer.from(bytes);
    turned[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
    expect(await refusalOf(gateway, turned.toString('base64url')), `byte ${at}`).toEqual(refused);
  }
  for (const text of [cursor.slice(0, -1), cursor.slice(1), cursor.slice(0, 8), `${cursor}A`, cursor + cursor, '='])
    expect(await refusalOf(gateway, text)).toEqual(refused);
  expect(kore.callCount).toBe(0);
});

test('A71 a global id of another stream is absent: as one that was never given out, in node and nodes, and each looked for alike', async () => {
  await using both = await openBoth();
  const { nodes } = await firstPage(both.foreign);
  const [first] = nodes as readonly { readonly id: string; readonly conversationId: string }[];
  await firstPage(both.mine);
  const absent = Buffer.from(JSON.stringify(['Conversation', 'c-00000000-0000-0000-0000-000000000000'])).toString(
    'base64url',
  );
  const answers = [];
  for (const id of [first?.id ?? '', absent]) {
    both.ours.resetCalls();
    const node = await both.mine.query('query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }', { id });
    const own = (text: string) => text.replaceAll(id, 'ID').replace(/"requestId":"[^"]+"/g, '');
    answers.push(own(JSON.stringify(node)));
  }
  expect(answers[0]).not.toContain(first?.conversationId ?? '');
  expect(answers[0]).toBe(answers[1]);
});

test('A71 ids of any bytes are absent or refused, and never an error of ours', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 20 });
  await using gateway = await startTestGateway(kore, { settings });
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.json({ maxDepth: 2 }).map((text) => Buffer.from(text).toString('base64url')),
    fc
      .constantFrom('["Agent"]', '["Agent",null]', '["__proto__","x"]', '["Conversation"]', '[[]]')
      .map((text) => Buffer.from(text).toString('base64url')),
  );
  await fc.assert(
    fc.asyncProperty(odd, async (id) => {
      const { status, errors = [] } = await gateway.query('query ($id: ID!) { node(id: $id) { __typename id } }', {
        id,
      });
      expect([200, 400]).toContain(status);
      for (const { extensions } of errors) expect(extensions.code).toMatch(/^(BAD_USER_INPUT|NOT_LOCATED)$/);
    }),
    { numRuns: 150, seed },
  );
  expect(kore.callCount).toBe(0);
});
