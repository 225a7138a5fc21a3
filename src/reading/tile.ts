import type { Failure } from '../errors.ts';
import { type Conversation, identityOf, type Row } from '../model/conversation.ts';
import { cutTable } from '../model/cut.ts';
import { gatherTable } from '../model/gather.ts';
import type { Tile, Turns } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import { conversationIdAt, isReadable, type RowAt } from '../model/row-at.ts';
import { rowAt } from '../model/table.ts';
import { fittingRows } from './check.ts';
import type { SpanResult, WholeSpan } from './span.ts';

/** What came of reading a span. */
export type SpanOutcome = {
  /** Proven, in time order. */
  readonly tiles: readonly Tile[];
  readonly isWhole: boolean;
  /** What the upstream counts in the span; null where it couldn't be asked. */
  readonly total: number | null;
  readonly failure: Failure | null;
};

/** The outcome of a span that proven tiles cover. */
export function wholeOutcome(tiles: readonly Tile[]): SpanOutcome {
  return { tiles, isWhole: true, total: tiles.reduce((sum, { total }) => sum + total, 0), failure: null };
}

/** The outcome of a result. */
export async function outcomeOf(result: SpanResult, question: ListQuestion, turns: Turns): Promise<SpanOutcome> {
  if (result.kind === 'whole') {
    const tile = await tileOf(result, question, turns);
    return { tiles: [tile], isWhole: true, total: tile.total, failure: null };
  }
  const tiles = await Promise.all(result.wholes.map((whole) => tileOf(whole, question, turns)));
  return { tiles, isWhole: false, total: result.total, failure: result.failure };
}

/**
 * What was proven of a span, in its compact form: sorted, rows that state the opposite of a pushed filter left out of it and of its total, rows that
 * couldn't be read counted.
 */
export async function tileOf(
  { window, rows, total, readAt }: WholeSpan,
  question: ListQuestion,
  turns: Turns,
): Promise<Tile> {
  await turns.share();
  const fitting = fittingRows(rows, question);
  const readable = fitting.filter(isReadable);
  await turns.share();
  readable.sort(createOrder());
  await turns.share();
  return {
    window,
    table: await gatherTable(readable, turns),
    unreadableCount: fitting.length - readable.length,
    total: total - (rows.length - fitting.length),
    readAt,
  };
}

/** The order of `compareRows`, for one sorting. Rows are made only where two have one conversationId, and each of them once. */
function createOrder(): (one: RowAt, other: RowAt) => number {
  const made = new Map<RowAt, Row>();
  const rowOf = (at: RowAt): Row => {
    const row = made.get(at) ?? rowAt(at.table, at.index);
    made.set(at, row);
    return row;
  };
  return (one, other) =>
    compareText(conversationIdAt(one), conversationIdAt(other)) || compareRows(rowOf(one), rowOf(other));
}

/** The order of a tile's rows: by conversationId, then identity, then content; by code unit. */
export function compareRows(one: Row, other: Row): number {
  return (
    compareText(one.conversation?.conversationId ?? '', other.conversation?.conversationId ?? '') ||
    compareText(one.identity, other.identity) ||
    compareText(JSON.stringify(one.conversation), JSON.stringify(other.conversation))
  );
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/**
 * The tile of one direction, from one of both: only where every row states its direction, and could be read; else null, for the upstream may know more
 * than its rows say.
 */
export function tileOfDirection(tile: Tile, direction: NonNullable<Conversation['contactDirection']>): Tile | null {
  const { table, unreadableCount } = tile;
  const { codes, values } = table.columns.contactDirection;
  if (unreadableCount > 0 || values.some((value) => value === null)) return null;
  const indices = Uint32Array.from(codes.keys()).filter((index) => values[codes[index] ?? 0] === direction);
  return { ...tile, table: cutTable(table, indices), total: indices.length };
}

/** The rows of a conversation in a tile, in its order. Found by bisection. */
export function rowsOfConversation({ table }: Tile, conversationId: string): readonly Row[] {
  const ids = table.conversationIds;
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? '') < conversationId) low = middle + 1;
    else high = middle;
  }
  const rows: Row[] = [];
  for (let index = low; ids[index] === conversationId; index++) rows.push(rowAt(table, index));
  return rows;
}

/** Whether two tiles of disjoint spans show the same rows: then the upstream doesn't heed dates. A few rows tell too little. */
export function areSameRows(one: Tile, other: Tile): boolean {
  const [fewer, more] = one.table.rowCount < other.table.rowCount ? [one, other] : [other, one];
  const { rowCount, conversationIds } = fewer.table;
  if (rowCount < telltaleRows) return false;
  const step = Math.max(1, Math.floor(rowCount / sampleRows));
  for (let index = 0; index < rowCount; index += step) {
    const identity = identityOf(rowConversation(fewer, index));
    const others = rowsOfConversation(more, conversationIds[index] ?? '');
    if (!others.some((row) => row.identity === identity)) return false;
  }
  return true;
}

const telltaleRows = 3;
const sampleRows = 20;

function rowConversation({ table }: Tile, index: number): Conversation {
  const { conversation } = rowAt(table, index);
  if (conversation === null) throw new RangeError('a tile holds rows that could be read');
  return conversation;
}
