import type { Turns } from '../../model/ports.ts';
import { type AdherenceTally, adherenceRate, pointsLost } from '../../selection/adherence.ts';
import type { OrderValue } from '../../selection/order.ts';
import { type RankKey, rankEntries } from '../../selection/ranking.ts';
import type { Selected } from '../../selection/rows.ts';
import {
  averageScore,
  fatalConversationCount,
  passRate,
  type ScoreTally,
  scoredCount,
  scorePercentile,
} from '../../selection/scores.ts';
import type { DirectoryDemand, DirectoryOrder, Owner } from '../asking/demand.ts';
import type {
  AgentConnectionModel,
  DirectoryModel,
  MetricConnectionModel,
  QueueConnectionModel,
  SummaryModel,
} from '../models.ts';
import type { AnswerParts } from './answer-parts.ts';
import { checkOwners } from './conversations.ts';
import { areKnown } from './coverage.ts';
import { pageInfoOf } from './page.ts';
import { pickPage } from './pick.ts';
import { rankOf, sealRank } from './places.ts';
import { readWhole, selectedOf, summarize, type WholeReading } from './summary.ts';

/** A page of the agents of some conversations, or of a queue's. */
export async function answerAgents(
  demand: DirectoryDemand,
  owner: Owner | null,
  parts: AnswerParts,
): Promise<AgentConnectionModel> {
  const nameOf = (id: string) => parts.names.agentName(id, null);
  const page = await answerSummaries(demand, owner, nameOf, parts);
  return withNodes(page, (agentId) => ({ agentId, name: null }));
}

/** A page of the queues of some conversations. */
export async function answerQueues(demand: DirectoryDemand, parts: AnswerParts): Promise<QueueConnectionModel> {
  const nameOf = (id: string) => parts.names.queueName(id, null);
  const page = await answerSummaries(demand, null, nameOf, parts);
  return withNodes(page, (queueId) => ({ queueId, name: null }));
}

/** A page of the metrics that some conversations were checked for. All of them are added up at once. */
export async function answerMetrics(demand: DirectoryDemand, parts: AnswerParts): Promise<MetricConnectionModel> {
  const reading = await readRanked(demand, null, parts);
  const tallies = await summarize(selectedOf(reading.slices), reading.coverage, parts.folding).adherence();
  const entries = [...tallies].map(([id, tally]) => ({
    id,
    value: demand.order === null ? null : metricFigure(demand.order, tally, () => parts.names.metricName(id, null)),
    figures: { metric: { metricId: id, name: null }, tally, coverage: reading.coverage },
  }));
  const page = pageOf(demand, null, entries, reading, parts);
  return withNodes(page, (metricId) => ({ metricId, name: null }));
}

/** Something of an id in its place, with its figures. */
type Entry<Figures> = RankKey & { readonly figures: Figures };

async function answerSummaries(
  demand: DirectoryDemand,
  owner: Owner | null,
  nameOf: (id: string) => string | null,
  parts: AnswerParts,
): Promise<DirectoryModel<string, SummaryModel>> {
  const reading = await readRanked(demand, owner, parts);
  const groups = await groupByOwner(demand, owner, reading, parts);
  const entries: Entry<SummaryModel>[] = [];
  for (const [id, selected] of groups) {
    const figures = summarize(selected, reading.coverage, parts.folding);
    entries.push({ id, value: await summaryFigure(demand.order, figures, () => nameOf(id)), figures });
  }
  return pageOf(demand, owner, entries, reading, parts);
}

function readRanked(demand: DirectoryDemand, owner: Owner | null, parts: AnswerParts): Promise<WholeReading> {
  checkOwners(demand, owner);
  return readWhole(demand.question, owner, parts, wasPartial(demand));
}

function wasPartial({ range: { after, before } }: DirectoryDemand): boolean {
  return [after, before].some((cursor) => cursor?.kind === 'keyset' && cursor.keyset.isPartial);
}

/** The rows of each agent or queue, of all slices. */
async function groupByOwner(
  { of, question }: DirectoryDemand,
  owner: Owner | null,
  { slices }: WholeReading,
  { rows, turns }: { readonly rows: AnswerParts['rows']; readonly turns: Turns },
): Promise<ReadonlyMap<string, readonly Selected[]>> {
  const groups = new Map<string, Selected[]>();
  for (const selected of selectedOf(slices)) {
    await turns.share();
    for (const [id, own] of rows.spread(question, owner, of, selected)) {
      const known = groups.get(id);
      if (known === undefined) groups.set(id, [own]);
      else known.push(own);
    }
  }
  return groups;
}

function pageOf<Figures>(
  demand: DirectoryDemand,
  owner: Owner | null,
  entries: readonly Entry<Figures>[],
  { slices, coverage, isWhole, isPending }: WholeReading,
  { cursors }: AnswerParts,
): DirectoryModel<string, Figures> {
  const { question, list, order, range } = demand;
  const places = { ...range, after: rankOf(range.after), before: rankOf(range.before) };
  const page = pickPage((one) => {
    const { entries: rows, ...more } = rankEntries(entries, order?.direction ?? 'ASC', one);
    return { rows, ...more };
  }, places);
  const isPartial = wasPartial(demand) || !isWhole;
  const edges = page.rows.map(({ id, value, figures }) => ({
    node: id,
    cursor: () =>
      cursors.sealKeyset(list, {
        window: question.list.window,
        owner: owner?.id ?? null,
        place: sealRank({ id, value }),
        isPartial,
      }),
    figures,
  }));
  const cursorsOfPage = edges.map(({ cursor }) => cursor);
  return {
    edges,
    pageInfo: pageInfoOf(cursorsOfPage, page, { complete: coverage.complete, isPending }, demand),
    totalCount: areKnown(slices.map(({ report }) => report)) ? entries.length : null,
    coverage,
  };
}

function withNodes<Node, Figures>(
  { edges, ...page }: DirectoryModel<string, Figures>,
  nodeOf: (id: string) => Node,
): DirectoryModel<Node, Figures> {
  return { ...page, edges: edges.map(({ node, ...edge }) => ({ ...edge, node: nodeOf(node) })) };
}

async function summaryFigure(
  order: DirectoryOrder | null,
  { scores }: SummaryModel,
  name: () => string | null,
): Promise<OrderValue> {
  if (order === null) return null;
  if (order.field === 'NAME') return name();
  const figure = summaryFigures[order.field];
  return figure === undefined ? null : figure(await scores());
}

const summaryFigures: { readonly [Field in DirectoryOrder['field']]?: (tally: ScoreTally) => number | null } = {
  CONVERSATION_COUNT: ({ conversationCount }) => conversationCount,
  SCORED_COUNT: scoredCount,
  AVERAGE_SCORE: averageScore,
  MEDIAN_SCORE: (tally) => scorePercentile(tally, 0.5),
  FATAL_CONVERSATION_COUNT: fatalConversationCount,
  PASS_RATE: passRate,
};

function metricFigure({ field }: DirectoryOrder, tally: AdherenceTally, name: () => string | null): OrderValue {
  return field === 'NAME' ? name() : (metricFigures[field]?.(tally) ?? null);
}

const metricFigures: { readonly [Field in DirectoryOrder['field']]?: (tally: AdherenceTally) => number | null } = {
  ADHERENCE_RATE: adherenceRate,
  NO_COUNT: ({ noCount }) => noCount,
  NOT_APPLICABLE_COUNT: ({ notApplicableCount }) => notApplicableCount,
  FATAL_COUNT: ({ fatalCount }) => fatalCount,
  POINTS_LOST: pointsLost,
};
