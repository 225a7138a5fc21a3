import { connectionOf, partlyReadCoverage, wholeCoverage } from './connection.ts';
import { type Dataset, type List, type ListArgs, listOf } from './dataset.ts';
import { eitherWay, Fitting, instant, upTo } from './expected.ts';
import { compareValues, type Order } from './order.ts';
import type { Facts, Sighting } from './rows.ts';
import { adherenceOf, metricIdsOf, percentile, summaryOf } from './summary.ts';

/** The objects of the SDL as the oracle knows them: fields are values, or functions of their arguments. */

/** The one global id of a thing: the one that it had when it was first seen, and nobody else's. */
export function globalId({ globalIds }: Dataset, thing: string): Fitting {
  const known = globalIds.get(thing);
  return new Fitting({
    saying: `the id of ${JSON.stringify(thing)}: ${known ?? 'one that is nobody else’s'}`,
    fits: (actual) => {
      if (typeof actual !== 'string' || actual === '') return false;
      return known === undefined ? ![...globalIds.values()].includes(actual) : known === actual;
    },
    sample: Buffer.from(thing).toString('base64url'),
    learn: (actual) => globalIds.set(thing, String(actual)),
  });
}

export function conversationOf(data: Dataset, row: Facts) {
  return {
    __typename: 'Conversation',
    ...row,
    facts: row,
    id: globalId(data, row.identity),
    agents: row.agents.map(({ id }) => agentOf(data, id)),
    queues: row.queues.map(({ id }) => queueOf(data, id)),
    koreEvaluationScore: row.score,
    evaluatedAt: instant(row.evaluatedAtMs),
    metrics: row.metrics.map((metric) => ({
      ...metric,
      metric: metric.metricId === null ? null : metricOf(data, metric.metricId),
    })),
    audit: {
      status: row.auditStatus,
      statusLabel: row.auditStatusLabel,
      score: row.auditScore,
      auditor: row.auditor,
      auditedAt: instant(row.auditedAtMs),
    },
  };
}

export function agentOf(data: Dataset, agentId: string) {
  const isOf = (row: Facts) => row.agents.some(({ id }) => id === agentId);
  return {
    __typename: 'Agent',
    id: globalId(data, `agent ${agentId}`),
    agentId,
    name: nameOf(data, agentId, ({ agents }) => agents),
    conversations: (args: ListArgs) => conversationsOf(data, args, isOf),
    summary: (args: ListArgs) => summaryOfList(data, listOf(data, args, isOf)),
  };
}

export function queueOf(data: Dataset, queueId: string) {
  const isOf = (row: Facts) => row.queues.some(({ id }) => id === queueId);
  return {
    __typename: 'Queue',
    id: globalId(data, `queue ${queueId}`),
    queueId,
    name: nameOf(data, queueId, ({ queues }) => queues),
    conversations: (args: ListArgs) => conversationsOf(data, args, isOf),
    summary: (args: ListArgs) => summaryOfList(data, listOf(data, args, isOf)),
    agents: (args: ListArgs) => agentsOf(data, args, isOf),
  };
}

export function metricOf(data: Dataset, metricId: string) {
  const isOf = (row: Facts) => row.metrics.some((metric) => metric.metricId === metricId);
  return {
    __typename: 'Metric',
    id: globalId(data, `metric ${metricId}`),
    metricId,
    name: nameOf(data, metricId, ({ metrics }) =>
      metrics.map((metric) => ({ id: metric.metricId ?? '', name: metric.metricName })),
    ),
    conversations: (args: ListArgs) => conversationsOf(data, args, isOf),
    adherence: (args: ListArgs) => adherenceOfList(data, listOf(data, args, isOf), metricId),
  };
}

/** A connection of conversations; `isOf` is what a parent adds. */
export function conversationsOf(data: Dataset, args: ListArgs, isOf: ((row: Facts) => boolean) | null = null) {
  const list = listOf(data, args, isOf);
  const nodeAt = (index: number) => ({ node: conversationOf(data, at(list.rows, index)) });
  const connection = connectionOf({
    size: list.rows.length,
    item: nodeAt,
    nameAt: (index) => at(list.rows, index).conversationId,
    args,
    places: data.places,
    isOrdered: list.isOrdered,
    isOrderFirm: data.isOrderFirm || list.isOrdered,
  });
  return {
    ...connection,
    ...(list.isTotalKnown ? {} : asTold(connection.pageInfo)),
    window: { from: instant(Date.parse(list.window.from)), until: instant(Date.parse(list.window.until)) },
    coverage: partlyReadCoverage(list.coverage),
    summary: () => summaryOfList(data, list),
  };
}

// What a plain list says of its size is the upstream's word.
function asTold(pageInfo: object) {
  return {
    totalCount: upTo(Number.MAX_SAFE_INTEGER),
    pageInfo: { ...pageInfo, hasNextPage: eitherWay, hasPreviousPage: eitherWay },
  };
}

export function agentsOf(data: Dataset, args: ListArgs, isOf: ((row: Facts) => boolean) | null = null) {
  return namedConnection(data, args, listOf(data, { ...args, orderBy: null }, isOf), ({ agents }) => agents, agentOf);
}

export function queuesOf(data: Dataset, args: ListArgs) {
  return namedConnection(data, args, listOf(data, { ...args, orderBy: null }), ({ queues }) => queues, queueOf);
}

/** Agents or queues with summaries of theirs, by id or by a figure. */
function namedConnection(
  data: Dataset,
  args: ListArgs,
  list: List,
  namesOf: (row: Facts) => readonly Sighting[],
  thingOf: (data: Dataset, id: string) => unknown,
) {
  const ids = [...new Set(list.rows.flatMap((row) => namesOf(row).map(({ id }) => id)))];
  const entries = ids.map((id) => {
    const rows = list.rows.filter((row) => namesOf(row).some((named) => named.id === id));
    return { id, rows, value: figureOf(rows, args.orderBy ?? null, nameOf(data, id, namesOf)) };
  });
  return rankedConnection(data, args, list, entries, ({ id, rows }) => ({
    node: thingOf(data, id),
    summary: summaryOfList(data, { ...list, rows }),
  }));
}

export function metricsOf(data: Dataset, args: ListArgs) {
  const list = listOf(data, { ...args, orderBy: null });
  const { orderBy } = args;
  const entries = metricIdsOf(list.rows).map((id) => {
    const figures: Readonly<Record<string, unknown>> = { ...adherenceOf(list.rows, id), name: metricOf(data, id).name };
    return { id, rows: list.rows, value: orderBy ? (figures[camelCase(orderBy.field)] ?? null) : null };
  });
  return rankedConnection(data, args, list, entries, ({ id }) => ({
    node: metricOf(data, id),
    adherence: adherenceOfList(data, list, id),
  }));
}

type Entry = { readonly id: string; readonly rows: readonly Facts[]; readonly value: unknown };

function rankedConnection(
  data: Dataset,
  args: ListArgs,
  list: List,
  entries: readonly Entry[],
  itemOf: (entry: Entry) => { readonly node: unknown; readonly [field: string]: unknown },
) {
  const ranked = entries.toSorted(
    (one, other) =>
      compareValues(one.value, other.value, args.orderBy?.direction ?? 'ASC') || compareValues(one.id, other.id),
  );
  const item = (index: number) => itemOf(at(ranked, index));
  return {
    ...connectionOf({
      size: ranked.length,
      item,
      nameAt: (index) => at(ranked, index).id,
      args,
      places: data.places,
      isOrdered: true,
      isOrderFirm: true,
    }),
    coverage: wholeCoverage(list.coverage),
  };
}

/** A summary of a list's rows, with the coverage that it rests on. Of the metrics all, or one alone. */
export function summaryOfList(data: Dataset, list: List, onlyMetricId?: string | null) {
  const ids = metricIdsOf(list.rows).filter((id) => onlyMetricId === undefined || id === onlyMetricId);
  return {
    ...summaryOf(list.rows),
    metrics: () => ids.map((id) => adherenceOfList(data, list, id)),
    coverage: wholeCoverage(list.coverage),
  };
}

function adherenceOfList(data: Dataset, list: List, metricId: string) {
  return {
    ...adherenceOf(list.rows, metricId),
    metric: metricOf(data, metricId),
    coverage: wholeCoverage(list.coverage),
  };
}

function figureOf(rows: readonly Facts[], order: Order | null, name: string | null): unknown {
  if (order === null) return null;
  if (order.field === 'NAME') return name;
  const scores = rows.flatMap(({ score }) => (score === null ? [] : [score])).toSorted((one, other) => one - other);
  if (order.field === 'MEDIAN_SCORE') return percentile(scores, 0.5);
  const figures: Readonly<Record<string, unknown>> = summaryOf(rows);
  return figures[camelCase(order.field)] ?? null;
}

// Only where each id has one name in all rows is a name certain; questions ask for it nowhere else.
function nameOf(data: Dataset, id: string, namesOf: (row: Facts) => readonly Sighting[]): string | null {
  for (const row of data.rows)
    for (const named of namesOf(row)) if (named.id === id && named.name !== null) return named.name;
  return null;
}

/** AVERAGE_SCORE is averageScore. */
function camelCase(words: string): string {
  return words.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function at<Value>(values: readonly Value[], index: number): Value {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no place ${index}`);
  return value;
}
