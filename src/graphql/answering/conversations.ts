import { Failure } from '../../errors.ts';
import type { ListAnswer } from '../../model/range.ts';
import { rowAt } from '../../model/table.ts';
import { checkOwner, type Keyset } from '../../paging/keyset.ts';
import type { SliceReport } from '../../reading/report.ts';
import { isScanRemedy } from '../../reading/scan.ts';
import type { PickedRows } from '../../selection/keyset.ts';
import type { Place } from '../../selection/order.ts';
import { isAnythingWanted } from '../asking/cost.ts';
import type { ConversationsDemand, Owner } from '../asking/demand.ts';
import { isOfEveryRow } from '../asking/question.ts';
import type { ConnectionModel } from '../models.ts';
import type { AnswerParts } from './answer-parts.ts';
import { areKnown, coverageOf, nothingToRead, refuseUnread } from './coverage.ts';
import { directConnection } from './direct-connection.ts';
import { emptyPage, pageInfoOf } from './page.ts';
import { pickSlices } from './pick.ts';
import { placeOf, sealPlace } from './places.ts';
import type { Rows, SliceRows } from './rows.ts';
import { type WalkDemand, walkSlices } from './slice-walk.ts';

/** A page of conversations, by whichever door: the upstream's own list, or a scan of the window. Throws BAD_CURSOR for another owner's cursor. */
export async function answerConversations(
  demand: ConversationsDemand,
  owner: Owner | null,
  parts: AnswerParts,
): Promise<ConnectionModel> {
  checkOwners(demand, owner);
  const { question } = demand;
  const direct = demand.isDirect ? await readDirectly(demand, parts) : null;
  if (direct !== null) return directConnection(question, direct, parts);
  if (question.isImpossible || !isAnythingWanted(demand)) {
    const { window } = question.list;
    const coverage = nothingToRead(parts.calendar.countDays(window));
    return {
      edges: [],
      pageInfo: emptyPage,
      totalCount: question.isImpossible ? 0 : null,
      window,
      coverage,
      question,
      owner,
    };
  }
  return scannedConnection(demand, owner, parts);
}

/** Throws BAD_CURSOR where a cursor is of another owner's list. */
export function checkOwners(
  { range: { after, before } }: Pick<ConversationsDemand, 'range'>,
  owner: Owner | null,
): void {
  for (const cursor of [after, before]) if (cursor?.kind === 'keyset') checkOwner(cursor.keyset, owner?.id ?? null);
}

/** What the upstream's own list answers; null where it turned out to have no firm order, and can be scanned instead. */
async function readDirectly(demand: ConversationsDemand, { direct }: AnswerParts): Promise<ListAnswer | null> {
  try {
    return (await direct.get(demand)) ?? null;
  } catch (error) {
    if (!(error instanceof Failure) || !isScanRemedy(error)) throw error;
    const { after, before } = demand.range;
    if (after === null && before === null) return null;
    const message = 'The upstream lists its rows in another order by now; start anew';
    throw new Failure('BAD_CURSOR', message, { reason: 'ORDER_CHANGED', cause: error });
  }
}

/** A page, what was looked at for it, and what was passed of it. */
type Scanned = PickedRows & { readonly reports: readonly SliceReport[]; readonly isTornAt: (place: Place) => boolean };

async function scannedConnection(
  demand: ConversationsDemand,
  owner: Owner | null,
  parts: AnswerParts,
): Promise<ConnectionModel> {
  const { question, wants, order, range, list } = demand;
  const { window } = question.list;
  const rows = parts.rows.rowsOf(question, owner);
  const all = order !== null || wants.totalCount ? await rows.all() : null;
  const wasPartial = [range.after, range.before].some((cursor) => cursor?.kind === 'keyset' && cursor.keyset.isPartial);
  const page = await scanPage(demand, rows, all, parts);
  const reports = all?.map(({ report }) => report) ?? page.reports;
  refuseUnread(reports);
  const coverage = coverageOf(reports, { sliceCount: rows.sliceCount, isPartial: wasPartial });
  const edges = page.rows.map(({ table, index, place }) => {
    const isPartial = wasPartial || page.isTornAt(place);
    const keyset: Keyset = { window, owner: owner?.id ?? null, place: sealPlace(place), isPartial };
    return { row: rowAt(table, index), cursor: () => parts.cursors.sealKeyset(list, keyset) };
  });
  const isPending = reports.some((report) => report.isPending);
  const cursors = edges.map(({ cursor }) => cursor);
  return {
    edges,
    pageInfo: pageInfoOf(cursors, page, { complete: coverage.complete, isPending }, demand),
    totalCount:
      all === null || !wants.totalCount
        ? null
        : totalOf(all, owner === null && !parts.isLimited && isOfEveryRow(question)),
    window,
    coverage,
    question,
    owner,
  };
}

/** The rows of a page, with every slice that had to be looked at for it. */
async function scanPage(
  demand: ConversationsDemand,
  rows: Rows,
  all: readonly SliceRows[] | null,
  { folding }: AnswerParts,
): Promise<Scanned> {
  const { order, range } = demand;
  if (order !== null) {
    const picked = await pickSlices(all ?? [], order, placesOf(range), folding);
    const isTorn = (all ?? []).some(({ report }) => !report.isWhole);
    return { ...picked, reports: [], isTornAt: () => isTorn };
  }
  const walked = await walkSlices(all === null ? rows : readAlready(rows, all), walkOf(demand));
  const isTornAt = ({ slice }: Place) =>
    walked.torn.some((torn) => (range.side === 'first' ? torn <= slice : slice <= torn));
  return { ...walked, isTornAt };
}

/** How a list without an order is walked over. */
export function walkOf({ range, wants }: ConversationsDemand): WalkDemand {
  return { range: placesOf(range), needsMoreAfter: wants.hasNextPage, needsMoreBefore: wants.hasPreviousPage };
}

function placesOf(range: ConversationsDemand['range']): WalkDemand['range'] {
  return { ...range, after: placeOf(range.after), before: placeOf(range.before) };
}

function readAlready(rows: Rows, all: readonly SliceRows[]): Rows {
  return { ...rows, slice: async (index) => all[index] ?? rows.slice(index) };
}

/** How many rows a list has; null while it isn't known. Of every row, the upstream counts also those that could not be read: they may be anybody's. */
function totalOf(slices: readonly SliceRows[], isOfAll: boolean): number | null {
  const reports = slices.map(({ report }) => report);
  if (isOfAll ? !reports.every(({ isWhole }) => isWhole) : !areKnown(reports)) return null;
  return slices.reduce((sum, { report, selected }) => {
    const counted = selected.reduce((count, { indices }) => count + indices.length, 0);
    return sum + (isOfAll ? (report.total ?? counted) : counted);
  }, 0);
}
