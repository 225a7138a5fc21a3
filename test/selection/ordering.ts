import fc from 'fast-check';
import type { Conversation, Row } from '../../src/model/conversation.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import type { ConversationOrderField, Place, RowOrder } from '../../src/selection/order.ts';
import type { Part } from '../../src/selection/place.ts';

/** Rows of a slice as one response or several gave them. */
export type SliceRows = { readonly slice: number; readonly rows: readonly Row[] };

/** A row where a naive reading puts it. */
export type Standing = { readonly row: Row; readonly place: Place };

export const order: fc.Arbitrary<RowOrder> = fc.option(
  fc.record({
    field: fc.constantFrom<ConversationOrderField>(
      'KORE_EVALUATION_SCORE',
      'FATAL_ERROR_COUNT',
      'EVALUATED_AT',
      'AUDIT_SCORE',
      'AUDITED_AT',
      'CONVERSATION_ID',
    ),
    direction: fc.constantFrom('ASC', 'DESC'),
  }),
  { freq: 3 },
);

/** The parts of which the rows that fit are selected. */
export function partsOf(slices: readonly SliceRows[], fits: (row: Row) => boolean = () => true): readonly Part[] {
  return slices.map(({ slice, rows }) => ({
    slice,
    selected: {
      table: tableOf(rows),
      indices: Uint32Array.from(rows.flatMap((row, index) => (row.conversation !== null && fits(row) ? [index] : []))),
    },
  }));
}

/** Every row that can be read and fits, in order. */
export function standingsOf(
  slices: readonly SliceRows[],
  by: RowOrder,
  fits: (row: Row) => boolean = () => true,
): readonly Standing[] {
  const standings: Standing[] = [];
  const seen = new Map<string, number>();
  for (const { slice, rows } of slices) {
    for (const row of rows) {
      if (row.conversation === null) continue;
      const key = JSON.stringify([slice, row.identity]);
      const ordinal = seen.get(key) ?? 0;
      seen.set(key, ordinal + 1);
      const { conversationId } = row.conversation;
      const value = by === null ? null : orderedBy(row.conversation, by.field);
      standings.push({ row, place: { slice, value, conversationId, identity: row.identity, ordinal } });
    }
  }
  return standings.filter(({ row }) => fits(row)).sort((one, other) => comparePlaces(one.place, other.place, by));
}

/** Which of two places is first: a naive reading of the order. */
export function comparePlaces(one: Place, other: Place, by: RowOrder): number {
  const keys = (place: Place): readonly (number | string)[] =>
    by === null
      ? [place.slice, place.conversationId, place.identity, place.ordinal]
      : [place.conversationId, place.identity, place.slice, place.ordinal];
  if (by !== null && one.value !== other.value) {
    if (one.value === null || other.value === null) return one.value === null ? 1 : -1;
    return one.value < other.value === (by.direction === 'ASC') ? -1 : 1;
  }
  const others = keys(other);
  for (const [at, key] of keys(one).entries()) {
    const against = others[at] ?? '';
    if (key !== against) return key < against ? -1 : 1;
  }
  return 0;
}

function orderedBy(row: Conversation, field: ConversationOrderField): number | string | null {
  switch (field) {
    case 'KORE_EVALUATION_SCORE':
      return row.koreEvaluationScore;
    case 'FATAL_ERROR_COUNT':
      return row.fatalErrorCount;
    case 'EVALUATED_AT':
      return row.evaluatedAt;
    case 'AUDIT_SCORE':
      return row.audit.score;
    case 'AUDITED_AT':
      return row.audit.auditedAt;
    case 'CONVERSATION_ID':
      return row.conversationId;
  }
}
