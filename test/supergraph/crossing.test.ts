import { expect, test } from 'vitest';
import { type Answered, referenceCounts, requestCount } from './asked.ts';
import { composers, sidesOf, supergraphOf } from './compose.ts';
import { crossings } from './crossings.ts';
import { emailOf } from './people/data.ts';
import { openSides, type Sides, weekArgument } from './sides.ts';
import { stitch } from './stitched.ts';

const sdl = sdlOf('apollo');

const questions = [
  ...crossings.map(([title, ...rest]) => [title, 'Apollo', sdl, ...rest] as const),
  ...crossings.slice(0, 1).map(([title, ...rest]) => [title, 'The Guild', sdlOf('theGuild'), ...rest] as const),
];

test.for(questions)('%s, composed by %s', async ([, , composed, question, cost]) => {
  await using sides = await openSides();
  const supergraph = stitch(sides, composed);
  const answer = await supergraph.ask(question);
  expect(answer.errors).toBeUndefined();
  const { asked } = supergraph;
  expect({
    calls: sides.kore.callCount,
    requests: [requestCount(asked, 'scores'), requestCount(asked, 'people')],
    references: { scores: referenceCounts(asked, 'scores'), people: referenceCounts(asked, 'people') },
  }).toEqual(cost);
});

test('agents of a team come in its order, each with what either side knows of it, those that nobody lists without a name', async () => {
  await using sides = await openSides();
  const supergraph = stitch(sides, sdl);
  const question = `{ teams { nodes { teamId members { agentId email name summary(${weekArgument}) { conversationCount } } } } }`;
  const members = membersOf(await supergraph.ask(question));
  const expected = sides.people.teams
    .flatMap(({ agentIds }) => agentIds)
    .map((agentId) => expectedMember(sides, agentId));
  expect(members).toEqual(expected);
  expect(members.filter(({ name }) => name === null).map(({ summary }) => summary)).toEqual([
    { conversationCount: 0 },
    { conversationCount: 0 },
  ]);
});

function sdlOf(composer: keyof typeof composers): string {
  return supergraphOf(composers[composer](sidesOf())).sdl;
}

type Member = {
  readonly agentId: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly summary: { readonly conversationCount: number };
};

function membersOf({ data }: Answered): readonly Member[] {
  const { nodes } = (data?.['teams'] ?? { nodes: [] }) as { readonly nodes: readonly { readonly members: Member[] }[] };
  return nodes.flatMap(({ members }) => members);
}

/** From the upstream's own rows; a name is any that a row gives. */
function expectedMember({ rows, people }: Pick<Sides, 'rows' | 'people'>, agentId: string): Member {
  const own = rows.filter(({ agents }) => agents.some(({ id }) => id === agentId));
  return {
    agentId,
    email: emailOf(people, agentId),
    name: own.length === 0 ? null : expect.any(String),
    summary: { conversationCount: own.length },
  };
}
