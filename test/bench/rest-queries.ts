import type { OperationName } from './operations.ts';

type Variables = Readonly<Record<string, unknown>>;

/** An operation in the words of the endpoint itself, which are all that Hive Gateway is told. */
export type RestQuery = { readonly query: string; variables(ours: Variables): Variables };

/** Under our names as far as an alias reaches; `fromRest` does the rest when answers are compared. */
const allFields = `
  conversationId customConversationId koreEvaluationScore: koreEvalutionScore fatalErrorCount language: Language channel contactDirection
  isDirectionDefaulted: is_direction_defaulted durationStatus: duration_status evaluationStatus: evaluation_status evaluatedAt
  notApplicableScoringTreatment customFields: custom_fields
  agents: Agents { agentId: Agent_ID name: Agent_Name }
  queues: Queues { queueId: Queue_ID name: Queue_Name }
  metrics: Metrics {
    metricId: Metric_ID metricName: Metric_Name weight: Metric_Weight negativeWeight: Metric_Negative_Weight
    qualification: Qualification isFatalError auditorResponse: Auditor_Response
  }
  statusLabel: AuditStatus score: AuditScore auditor: AuditorName auditedAt: AuditDate
  dispositions: Disposition { setId setName codes: code { id name colour } }`;

const list = (fields: string) => `{ totalCount: totalResults hasNextPage: hasMore nodes: results { ${fields} } }`;

const page: RestQuery = {
  query: `query Page($input: PageRequest_Input!) { conversations: scores(input: $input) ${list(allFields)} }`,
  variables: ({ window, first }) => ({ input: inputOf(window, Number(first)) }),
};

const aliases: RestQuery = {
  query: `query Aliases($page: PageRequest_Input!, $head: PageRequest_Input!, $scores: PageRequest_Input!) {
    page: scores(input: $page) ${list('conversationId koreEvaluationScore: koreEvalutionScore agents: Agents { agentId: Agent_ID name: Agent_Name } statusLabel: AuditStatus')}
    head: scores(input: $head) ${list(allFields)}
    scores: scores(input: $scores) ${list('conversationId koreEvaluationScore: koreEvalutionScore fatalErrorCount')}
  }`,
  variables: ({ window }) => ({ page: inputOf(window, 100), head: inputOf(window, 10), scores: inputOf(window, 50) }),
};

/** Null: the endpoint has no such filter, and adds nothing up. */
export const restQueries: Readonly<Record<OperationName, RestQuery | null>> = {
  page100: page,
  page10: page,
  aliases,
  filter: null,
  leaderboard: null,
};

type Fields = Readonly<Record<string, unknown>>;
type RestList = { readonly totalCount: number; readonly hasNextPage: boolean; readonly nodes: readonly Fields[] };

/** An answer in the endpoint's shape as ours would be: what aliases can't do. It makes up nothing but what follows from the other fields. */
export function fromRest(data: Readonly<Record<string, RestList>>): Fields {
  return Object.fromEntries(
    Object.entries(data).map(([name, { totalCount, hasNextPage, nodes }]) => [
      name,
      { totalCount, nodes: nodes.map(nodeFrom), pageInfo: { hasNextPage } },
    ]),
  );
}

const auditFields = ['score', 'auditor', 'auditedAt'];
const wordFields = ['durationStatus', 'contactDirection', 'channel', 'evaluationStatus'];

function nodeFrom({ statusLabel, ...row }: Fields): Fields {
  const isWhole = 'metrics' in row;
  const words = wordFields.filter((name) => name in row).map((name) => [name, wordOf(row[name])]);
  const rest = Object.entries(row).filter(([name]) => !auditFields.includes(name));
  const audit = isWhole
    ? { status: wordOf(statusLabel), statusLabel, ...Object.fromEntries(auditFields.map((name) => [name, row[name]])) }
    : { status: wordOf(statusLabel) };
  const metrics = row['metrics'];
  return {
    ...Object.fromEntries([...rest, ...words]),
    ...(Array.isArray(metrics) ? { metrics: metrics.map(metricFrom) } : {}),
    ...(isWhole ? { unscoredReason: null } : {}),
    ...(statusLabel === undefined ? {} : { audit }),
  };
}

function metricFrom({ metricId, qualification, auditorResponse, ...metric }: Fields): Fields {
  return {
    ...metric,
    metric: { metricId },
    qualification: answerOf(qualification),
    auditorResponse: answerOf(auditorResponse),
  };
}

function answerOf(word: unknown): unknown {
  return word === '-' ? 'PENDING' : word === 'N/A' ? 'NA' : wordOf(word);
}

function wordOf(word: unknown): unknown {
  return typeof word === 'string' ? word.toUpperCase().replaceAll(' ', '_') : word;
}

function inputOf(window: unknown, limit: number) {
  const { from, until } = window as { readonly from: string; readonly until: string };
  return { startDate: wireDate(Date.parse(from)), endDate: wireDate(Date.parse(until) - 1000), offset: 0, limit };
}

function wireDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
