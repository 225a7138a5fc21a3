import { pageRowsMax, type Window } from './endpoint.ts';
import { type Conversation, decodeRow, type WirePage } from './wire.ts';

/** Reads one page of a window; how, is what the hand-written peers differ in. */
export type ReadPage = (window: Window, offset: number, limit: number) => Promise<WirePage>;

export type Filter = {
  readonly auditStatuses?: readonly string[] | null;
  readonly koreEvaluationScore?: { readonly min?: number | null; readonly max?: number | null } | null;
};
export type ListArguments = { readonly window: Window; readonly first: number; readonly filterBy?: Filter | null };
export type RankArguments = { readonly window: Window; readonly first: number };

/** Calls that a scan has under way at once, as many as ours. */
const callsInFlightMax = 8;

/** A page of conversations. Under a filter, which the endpoint doesn't have, all of the window is read, and sorted by id as the schema promises. */
export async function listConversations({ window, first, filterBy }: ListArguments, readPage: ReadPage) {
  if (filterBy === null || filterBy === undefined) {
    const { results, totalResults } = await readPage(window, 0, first);
    return connection(results.map(decodeRow), totalResults);
  }
  const rows = (await readWindow(window, readPage)).filter((row) => matches(row, filterBy));
  rows.sort((one, other) => (one.conversationId < other.conversationId ? -1 : 1));
  return connection(rows.slice(0, first), rows.length);
}

/** The agents of a window with their figures, the best average first, ties by id. */
export async function rankAgents({ window, first }: RankArguments, readPage: ReadPage) {
  const tallies = new Map<
    string,
    { name: string; conversations: number; scored: number; sum: number; fatal: number }
  >();
  for (const { agents, koreEvaluationScore, fatalErrorCount } of await readWindow(window, readPage)) {
    for (const { agentId, name } of agents) {
      const tally = tallies.get(agentId) ?? { name, conversations: 0, scored: 0, sum: 0, fatal: 0 };
      tally.conversations += 1;
      if (koreEvaluationScore !== null) {
        tally.scored += 1;
        tally.sum += koreEvaluationScore;
      }
      if (fatalErrorCount !== null && fatalErrorCount > 0) tally.fatal += 1;
      tallies.set(agentId, tally);
    }
  }
  const edges = [...tallies].map(([agentId, { name, conversations, scored, sum, fatal }]) => ({
    node: { agentId, name },
    summary: {
      conversationCount: conversations,
      scoredCount: scored,
      averageScore: scored === 0 ? null : sum / scored,
      fatalConversationCount: fatal,
    },
  }));
  edges.sort(
    (one, other) =>
      (other.summary.averageScore ?? Number.NEGATIVE_INFINITY) -
        (one.summary.averageScore ?? Number.NEGATIVE_INFINITY) || (one.node.agentId < other.node.agentId ? -1 : 1),
  );
  return { edges: edges.slice(0, first) };
}

/** All rows of a window: the first page says how many there are, the others are read `callsInFlightMax` at a time. */
export async function readWindow(window: Window, readPage: ReadPage): Promise<Conversation[]> {
  const head = await readPage(window, 0, pageRowsMax);
  const pageCount = Math.ceil(head.totalResults / pageRowsMax);
  const pages: Conversation[][] = [head.results.map(decodeRow)];
  let next = 1;
  const read = async () => {
    while (next < pageCount) {
      const index = next++;
      pages[index] = (await readPage(window, index * pageRowsMax, pageRowsMax)).results.map(decodeRow);
    }
  };
  await Promise.all(Array.from({ length: callsInFlightMax }, read));
  return pages.flat();
}

function connection(nodes: readonly Conversation[], totalCount: number) {
  return { totalCount, nodes, pageInfo: { hasNextPage: nodes.length < totalCount } };
}

function matches({ audit, koreEvaluationScore }: Conversation, filter: Filter): boolean {
  const { auditStatuses, koreEvaluationScore: range } = filter;
  if (auditStatuses && (audit.status === null || !auditStatuses.includes(audit.status))) return false;
  if (range === null || range === undefined) return true;
  if (koreEvaluationScore === null) return false;
  return (range.min ?? -100) <= koreEvaluationScore && koreEvaluationScore <= (range.max ?? 100);
}
