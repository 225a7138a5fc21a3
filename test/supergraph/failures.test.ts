import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answered } from './asked.ts';
import { composers, sidesOf, supergraphOf } from './compose.ts';
import { unknownConversationId } from './people/data.ts';
import { nameOf, namingSdl } from './people/subgraph.ts';
import { dayArgument, openSides, type Sides, weekArgument } from './sides.ts';
import { stitch } from './stitched.ts';

const { sdl } = supergraphOf(composers.apollo(sidesOf()));

let sides: Sides;
beforeAll(async () => {
  sides = await openSides();
});
afterAll(async () => {
  await sides[Symbol.asyncDispose]();
});

test('a conversation that the week does not hold is null in its place with NOT_LOCATED, and its neighbours answer', async () => {
  const answer = await stitch(sides, sdl).ask(
    '{ case(caseId: "case-0002") { subject conversations { id koreEvaluationScore crmCase { caseId } } } }',
  );
  expect(codesOf(answer)).toEqual(['NOT_LOCATED']);
  expect(answer.data).toEqual({ case: { subject: 'Line down', conversations: neighboursOfNull() } });
});

test('where only nullable fields of it are asked for, it stands, and the other side still answers', async () => {
  const answer = await stitch(sides, sdl).ask(
    '{ case(caseId: "case-0002") { conversations { conversationId koreEvaluationScore crmCase { caseId } } } }',
  );
  expect(codesOf(answer)).toEqual(['NOT_LOCATED']);
  const conversations = sides.people.cases[2]?.conversationIds.map((conversationId) => ({
    conversationId,
    koreEvaluationScore: conversationId === unknownConversationId ? null : scoreOf(conversationId),
    crmCase: { caseId: 'case-0002' },
  }));
  expect(answer.data).toEqual({ case: { conversations } });
});

test('more objects than a request may refer to are refused whole: without a call, and with what the other side says', async () => {
  sides.kore.resetCalls();
  const supergraph = stitch(sides, sdl);
  const answer = await supergraph.ask('{ cases(first: 60) { caseId conversations { koreEvaluationScore } } }');
  expect(new Set(codesOf(answer))).toEqual(new Set(['QUERY_LIMIT_EXCEEDED']));
  expect(answer.errors?.[0]?.extensions).toMatchObject({ reason: 'REPRESENTATIONS', retryable: false });
  expect(answer.data?.['cases']).toHaveLength(60);
  expect(sides.kore.callCount).toBe(0);
});

test('as many as it may refer to are answered', async () => {
  const answer = await stitch(sides, sdl).ask('{ conversations(first: 100) { nodes { agents { team { title } } } } }');
  expect(answer.errors).toBeUndefined();
});

test('what an error of ours says of itself arrives: its code, whether and when to ask again, its request', async () => {
  await using poor = await openSides({ settings: { KORE_CALLS_PER_MINUTE: '1' } });
  const supergraph = stitch(poor, sdl);
  expect((await supergraph.ask(`{ conversations(${weekArgument}, first: 1) { totalCount } }`)).errors).toBeUndefined();
  const answer = await supergraph.ask(
    `{ team(teamId: "t-0") { title } conversations(${dayArgument}, first: 1) { nodes { conversationId crmCase { caseId } } } }`,
  );
  expect(answer.data).toEqual({ team: { title: 'Team 0' }, conversations: null });
  expect(answer.errors).toEqual([
    {
      message: expect.stringMatching(/\S/),
      path: ['conversations'],
      extensions: {
        code: 'UPSTREAM_BUDGET_EXHAUSTED',
        reason: expect.any(String),
        retryable: true,
        retryAfterSeconds: expect.any(Number),
        requestId: expect.stringMatching(/\S/),
      },
    },
  ]);
});

test.for(Object.entries(composers))(
  'a name that the other side took over is its name, and ours is never asked for it: composed by %s',
  async ([, compose]) => {
    await using naming = await openSides({ sdl: namingSdl });
    const named = stitch(naming, supergraphOf(compose(sidesOf(undefined, namingSdl))).sdl);
    const answer = await named.ask(`{ agents(${weekArgument}, first: 3) { nodes { agentId name } } }`);
    expect(answer.errors).toBeUndefined();
    const { nodes } = (answer.data?.['agents'] ?? { nodes: [] }) as {
      readonly nodes: readonly { readonly agentId: string }[];
    };
    expect(nodes).toHaveLength(3);
    expect(nodes.map(({ agentId }) => ({ agentId, name: nameOf(naming.people, agentId) }))).toEqual(nodes);
    const toScores = named.asked.filter(({ to }) => to === 'scores').map(({ query }) => query);
    expect(toScores).toHaveLength(1);
    expect(toScores.filter((query) => /\bname\b/.test(query))).toEqual([]);
  },
);

function codesOf({ errors = [] }: Answered): readonly unknown[] {
  return errors.map(({ extensions }) => extensions?.['code']);
}

function neighboursOfNull() {
  return sides.people.cases[2]?.conversationIds.map((conversationId) =>
    conversationId === unknownConversationId
      ? null
      : { id: expect.any(String), koreEvaluationScore: scoreOf(conversationId), crmCase: { caseId: 'case-0002' } },
  );
}

/** Of the row of that id; the cases that are asked about have no conversation of several rows. */
function scoreOf(id: string): number | null {
  const rows = sides.rows.filter(({ conversationId }) => conversationId === id);
  expect(rows).toHaveLength(1);
  return rows[0]?.score ?? null;
}
