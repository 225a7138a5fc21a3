import { expect, test } from 'vitest';
import { type Answered, referenceCounts, requestCount } from './asked.ts';
import { composers, sidesOf, supergraphOf } from './compose.ts';
import { emailOf } from './people/data.ts';
import { callsOfWeek, openSides, type Sides, weekArgument } from './sides.ts';
import { stitch } from './stitched.ts';

const sdl = sdlOf('apollo');

/** What a question costs: calls upstream, requests to each side, and how many objects each request for entities refers to. */
type Cost = {
  readonly calls: number;
  readonly requests: readonly [scores: number, people: number];
  readonly references: { readonly scores: readonly number[]; readonly people: readonly number[] };
};

type Case = readonly [title: string, question: string, cost: Cost];

const summary = `summary(${weekArgument}) { conversationCount averageScore coverage { complete } }`;

/** Each over sides that have read nothing yet. */
const cases: readonly Case[] = [
  [
    'fifty agents of five teams with their summaries are one request of fifty and one reading',
    `{ teams(first: 5) { nodes { title members { agentId email name ${summary} } } } }`,
    { calls: callsOfWeek, requests: [1, 1], references: { scores: [50], people: [] } },
  ],
  [
    'fifty agents with pages of their conversations are no more',
    `{ teams(first: 5) { nodes { members { conversations(${weekArgument}, first: 2) { nodes { conversationId } totalCount } } } } }`,
    { calls: callsOfWeek, requests: [1, 1], references: { scores: [50], people: [] } },
  ],
  [
    'a leaderboard with team and email asks the other side once',
    `{ agents(${weekArgument}, first: 10, orderBy: { field: AVERAGE_SCORE, direction: DESC }) {
       edges { summary { averageScore } node { name email team { title lead { fullName } } } } } }`,
    { calls: callsOfWeek, requests: [1, 1], references: { scores: [], people: [10] } },
  ],
  [
    'the owner of every queue likewise',
    `{ queues(${weekArgument}, first: 50) { nodes { name owner { fullName } } } }`,
    { calls: callsOfWeek, requests: [1, 1], references: { scores: [], people: [12] } },
  ],
  [
    'from a case to its conversations, to their agents, to their team is three steps',
    '{ case(caseId: "case-0003") { subject conversations { koreEvaluationScore agents { name team { title } } } } }',
    { calls: callsOfWeek, requests: [1, 2], references: { scores: [4], people: [5] } },
  ],
  [
    'from a list to the cases of its conversations and back: those were seen in the list, and cost nothing more',
    `{ conversations(${weekArgument}, first: 4) { nodes { crmCase { subject conversations { audit { status } } } } } }`,
    { calls: 1, requests: [2, 1], references: { scores: [3], people: [4] } },
  ],
  [
    'names of agents and metrics alone cost no call',
    '{ team(teamId: "t-1") { members { name } } metric(metricId: "em-1") { metricId } }',
    { calls: 0, requests: [2, 1], references: { scores: [10], people: [] } },
  ],
  [
    'what the other side answers alone does not ask ours',
    '{ teams(first: 2) { nodes { title members { email } } pageInfo { hasNextPage endCursor } } }',
    { calls: 0, requests: [0, 1], references: { scores: [], people: [] } },
  ],
];

const questions = [
  ...cases.map(([title, ...rest]) => [title, 'Apollo', sdl, ...rest] as const),
  ...cases.slice(0, 1).map(([title, ...rest]) => [title, 'The Guild', sdlOf('theGuild'), ...rest] as const),
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
