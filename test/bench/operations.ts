/** `cold`: every request asks a window that nobody asked before. `held`: all ask the same. */
export type State = 'cold' | 'held';

/** An operation of the bench. `variables` of another `index` ask what nobody has asked before; the same index asks the same again. */
export type Operation = {
  readonly name: OperationName;
  readonly title: string;
  readonly query: string;
  variables(index: number): Readonly<Record<string, unknown>>;
  /** Requests of each round. Rounds are short and many: what disturbs one contender's turn then disturbs the next one's too. */
  readonly requestCount: Readonly<Record<State, number>>;
};

export const operationNames = ['page100', 'page10', 'aliases', 'filter', 'leaderboard'] as const;
export type OperationName = (typeof operationNames)[number];

const dayMs = 86_400_000;

/** Conversations of a day. Not a multiple of a page: of a full last page ours asks once more, to be sure that the day ends there. */
export const conversationsPerDay = 450;

/** Every field of a conversation but its global id, which only ours has. */
const allFields = `
  conversationId customConversationId koreEvaluationScore unscoredReason fatalErrorCount language channel contactDirection isDirectionDefaulted
  durationStatus evaluationStatus evaluatedAt notApplicableScoringTreatment customFields
  agents { agentId name }
  queues { queueId name }
  metrics { metric { metricId } metricName weight negativeWeight qualification isFatalError auditorResponse }
  audit { status statusLabel score auditor auditedAt }
  dispositions { setId setName codes { id name colour } }`;

const list = (fields: string) => `{ totalCount nodes { ${fields} } pageInfo { hasNextPage } }`;

const page = `query Page($window: TimeWindow!, $first: Int!) {
  conversations(window: $window, first: $first) ${list(allFields)}
}`;

/** What a page that shows a list, a summary of its head and a column of scores would ask at once. */
const aliases = `query Aliases($window: TimeWindow!) {
  page: conversations(window: $window, first: 100) ${list('conversationId koreEvaluationScore agents { agentId name } audit { status }')}
  head: conversations(window: $window, first: 10) ${list(allFields)}
  scores: conversations(window: $window, first: 50) ${list('conversationId koreEvaluationScore fatalErrorCount')}
}`;

const filter = `query Filter($window: TimeWindow!) {
  conversations(window: $window, filterBy: { auditStatuses: [AUDITED, RESOLVED, CLOSED], koreEvaluationScore: { max: 90 } }, first: 25) ${list(
    'conversationId koreEvaluationScore fatalErrorCount agents { agentId name } audit { status auditor auditedAt }',
  )}
}`;

const leaderboard = `query Leaderboard($window: TimeWindow!) {
  agents(window: $window, orderBy: { field: AVERAGE_SCORE, direction: DESC }, first: 10) {
    edges { node { agentId name } summary { conversationCount scoredCount averageScore fatalConversationCount } }
  }
}`;

/** The operations in the order in which they are measured. No two ask the same window, so that none finds what another left behind. */
export const operations: readonly Operation[] = [
  {
    name: 'page100',
    title: 'a page of 100 conversations, every field',
    query: page,
    variables: (index) => ({ window: beginningAt('2025-03-03', index), first: 100 }),
    requestCount: { cold: 50, held: 50 },
  },
  {
    name: 'page10',
    title: 'a page of 10, every field',
    query: page,
    variables: (index) => ({ window: beginningAt('2025-03-10', index), first: 10 }),
    requestCount: { cold: 120, held: 120 },
  },
  {
    name: 'aliases',
    title: 'three lists over one window in one operation',
    query: aliases,
    variables: (index) => ({ window: beginningAt('2025-03-17', index) }),
    requestCount: { cold: 50, held: 50 },
  },
  {
    name: 'filter',
    title: `a filter that the upstream does not have, over a day of ${conversationsPerDay}`,
    query: filter,
    variables: (index) => ({ window: dayAfter('2022-01-01', index) }),
    requestCount: { cold: 20, held: 60 },
  },
  {
    name: 'leaderboard',
    title: `the ten best agents of a day of ${conversationsPerDay}`,
    query: leaderboard,
    variables: (index) => ({ window: dayAfter('2023-06-01', index) }),
    requestCount: { cold: 20, held: 60 },
  },
];

/** Windows of nearly a day that begin a second later each. */
function beginningAt(date: string, index: number) {
  const dayStart = Date.parse(`${date}T00:00:00Z`);
  return windowOf(dayStart + index * 1000, dayStart + dayMs);
}

/** Whole days, one after another. */
function dayAfter(date: string, index: number) {
  const from = Date.parse(`${date}T00:00:00Z`) + index * dayMs;
  return windowOf(from, from + dayMs);
}

function windowOf(fromMs: number, untilMs: number) {
  return { from: new Date(fromMs).toISOString(), until: new Date(untilMs).toISOString() };
}
