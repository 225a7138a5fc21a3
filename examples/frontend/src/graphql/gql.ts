/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment AgentRow on AgentEdge {\n    node {\n      agentId\n      name\n    }\n    summary {\n      conversationCount\n      scoredCount\n      averageScore\n      medianScore: scorePercentile\n      fatalConversationCount\n      passRate\n    }\n  }\n": typeof types.AgentRowFragmentDoc,
    "\n  query ConversationPage(\n    $window: TimeWindow!\n    $filterBy: ConversationFilter\n    $orderBy: ConversationOrder\n    $first: Int!\n    $after: String\n  ) {\n    conversations(window: $window, filterBy: $filterBy, orderBy: $orderBy, first: $first, after: $after) {\n      totalCount\n      edges {\n        node {\n          ...ConversationRow\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      coverage {\n        ...CoverageLine\n      }\n    }\n  }\n": typeof types.ConversationPageDocument,
    "\n  fragment ConversationRow on Conversation {\n    id\n    conversationId\n    koreEvaluationScore\n    unscoredReason\n    fatalErrorCount\n    channel\n    agents {\n      agentId\n      name\n    }\n    queues {\n      queueId\n      name\n    }\n    audit {\n      status\n      statusLabel\n      auditor\n    }\n    metrics {\n      ...MetricRow\n    }\n  }\n": typeof types.ConversationRowFragmentDoc,
    "\n  fragment CoverageLine on Coverage {\n    complete\n    daysRead\n    daysExpected\n    conversationsRead\n    conversationsExpected\n    asOf\n    retryAfterSeconds\n  }\n": typeof types.CoverageLineFragmentDoc,
    "\n  fragment Headline on ScoreSummary {\n    conversationCount\n    scoredCount\n    averageScore\n    medianScore: scorePercentile\n    fatalConversationCount\n    passRate\n  }\n": typeof types.HeadlineFragmentDoc,
    "\n  query Leaderboard($window: TimeWindow!, $orderBy: SummaryOrder!, $first: Int!) {\n    scoreSummary(window: $window) {\n      ...Headline\n    }\n    scoreBreakdown(window: $window, by: [WINDOW_DAY]) {\n      ...Trend\n    }\n    agents(window: $window, orderBy: $orderBy, first: $first) {\n      totalCount\n      edges {\n        ...AgentRow\n      }\n      pageInfo {\n        hasNextPage\n      }\n      coverage {\n        ...CoverageLine\n      }\n    }\n  }\n": typeof types.LeaderboardDocument,
    "\n  fragment MetricRow on MetricResult {\n    metricName\n    qualification\n    weight\n    negativeWeight\n    isFatalError\n    auditorResponse\n  }\n": typeof types.MetricRowFragmentDoc,
    "\n  fragment Trend on ScoreBreakdown {\n    groups {\n      period\n      summary {\n        scoredCount\n        averageScore\n      }\n    }\n  }\n": typeof types.TrendFragmentDoc,
};
const documents: Documents = {
    "\n  fragment AgentRow on AgentEdge {\n    node {\n      agentId\n      name\n    }\n    summary {\n      conversationCount\n      scoredCount\n      averageScore\n      medianScore: scorePercentile\n      fatalConversationCount\n      passRate\n    }\n  }\n": types.AgentRowFragmentDoc,
    "\n  query ConversationPage(\n    $window: TimeWindow!\n    $filterBy: ConversationFilter\n    $orderBy: ConversationOrder\n    $first: Int!\n    $after: String\n  ) {\n    conversations(window: $window, filterBy: $filterBy, orderBy: $orderBy, first: $first, after: $after) {\n      totalCount\n      edges {\n        node {\n          ...ConversationRow\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      coverage {\n        ...CoverageLine\n      }\n    }\n  }\n": types.ConversationPageDocument,
    "\n  fragment ConversationRow on Conversation {\n    id\n    conversationId\n    koreEvaluationScore\n    unscoredReason\n    fatalErrorCount\n    channel\n    agents {\n      agentId\n      name\n    }\n    queues {\n      queueId\n      name\n    }\n    audit {\n      status\n      statusLabel\n      auditor\n    }\n    metrics {\n      ...MetricRow\n    }\n  }\n": types.ConversationRowFragmentDoc,
    "\n  fragment CoverageLine on Coverage {\n    complete\n    daysRead\n    daysExpected\n    conversationsRead\n    conversationsExpected\n    asOf\n    retryAfterSeconds\n  }\n": types.CoverageLineFragmentDoc,
    "\n  fragment Headline on ScoreSummary {\n    conversationCount\n    scoredCount\n    averageScore\n    medianScore: scorePercentile\n    fatalConversationCount\n    passRate\n  }\n": types.HeadlineFragmentDoc,
    "\n  query Leaderboard($window: TimeWindow!, $orderBy: SummaryOrder!, $first: Int!) {\n    scoreSummary(window: $window) {\n      ...Headline\n    }\n    scoreBreakdown(window: $window, by: [WINDOW_DAY]) {\n      ...Trend\n    }\n    agents(window: $window, orderBy: $orderBy, first: $first) {\n      totalCount\n      edges {\n        ...AgentRow\n      }\n      pageInfo {\n        hasNextPage\n      }\n      coverage {\n        ...CoverageLine\n      }\n    }\n  }\n": types.LeaderboardDocument,
    "\n  fragment MetricRow on MetricResult {\n    metricName\n    qualification\n    weight\n    negativeWeight\n    isFatalError\n    auditorResponse\n  }\n": types.MetricRowFragmentDoc,
    "\n  fragment Trend on ScoreBreakdown {\n    groups {\n      period\n      summary {\n        scoredCount\n        averageScore\n      }\n    }\n  }\n": types.TrendFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AgentRow on AgentEdge {\n    node {\n      agentId\n      name\n    }\n    summary {\n      conversationCount\n      scoredCount\n      averageScore\n      medianScore: scorePercentile\n      fatalConversationCount\n      passRate\n    }\n  }\n"): typeof import('./graphql.ts').AgentRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConversationPage(\n    $window: TimeWindow!\n    $filterBy: ConversationFilter\n    $orderBy: ConversationOrder\n    $first: Int!\n    $after: String\n  ) {\n    conversations(window: $window, filterBy: $filterBy, orderBy: $orderBy, first: $first, after: $after) {\n      totalCount\n      edges {\n        node {\n          ...ConversationRow\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      coverage {\n        ...CoverageLine\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ConversationPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ConversationRow on Conversation {\n    id\n    conversationId\n    koreEvaluationScore\n    unscoredReason\n    fatalErrorCount\n    channel\n    agents {\n      agentId\n      name\n    }\n    queues {\n      queueId\n      name\n    }\n    audit {\n      status\n      statusLabel\n      auditor\n    }\n    metrics {\n      ...MetricRow\n    }\n  }\n"): typeof import('./graphql.ts').ConversationRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CoverageLine on Coverage {\n    complete\n    daysRead\n    daysExpected\n    conversationsRead\n    conversationsExpected\n    asOf\n    retryAfterSeconds\n  }\n"): typeof import('./graphql.ts').CoverageLineFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Headline on ScoreSummary {\n    conversationCount\n    scoredCount\n    averageScore\n    medianScore: scorePercentile\n    fatalConversationCount\n    passRate\n  }\n"): typeof import('./graphql.ts').HeadlineFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Leaderboard($window: TimeWindow!, $orderBy: SummaryOrder!, $first: Int!) {\n    scoreSummary(window: $window) {\n      ...Headline\n    }\n    scoreBreakdown(window: $window, by: [WINDOW_DAY]) {\n      ...Trend\n    }\n    agents(window: $window, orderBy: $orderBy, first: $first) {\n      totalCount\n      edges {\n        ...AgentRow\n      }\n      pageInfo {\n        hasNextPage\n      }\n      coverage {\n        ...CoverageLine\n      }\n    }\n  }\n"): typeof import('./graphql.ts').LeaderboardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MetricRow on MetricResult {\n    metricName\n    qualification\n    weight\n    negativeWeight\n    isFatalError\n    auditorResponse\n  }\n"): typeof import('./graphql.ts').MetricRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Trend on ScoreBreakdown {\n    groups {\n      period\n      summary {\n        scoredCount\n        averageScore\n      }\n    }\n  }\n"): typeof import('./graphql.ts').TrendFragmentDoc;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
