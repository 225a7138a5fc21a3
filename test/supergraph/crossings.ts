import { callsOfWeek, weekArgument } from './sides.ts';

/** What a question costs: calls upstream, requests to each side, and how many objects each request for entities refers to. */
export type Cost = {
  readonly calls: number;
  readonly requests: readonly [scores: number, people: number];
  readonly references: { readonly scores: readonly number[]; readonly people: readonly number[] };
};

export type Crossing = readonly [title: string, question: string, cost: Cost];

const summary = `summary(${weekArgument}) { conversationCount averageScore coverage { complete } }`;

/** Questions that lead from one side to the other, each over sides that have read nothing yet. */
export const crossings: readonly Crossing[] = [
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
