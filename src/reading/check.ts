import { Failure } from '../errors.ts';
import type { Conversation } from '../model/conversation.ts';
import type { ListQuestion } from '../model/range.ts';
import { isReadable, type RowAt } from '../model/row-at.ts';
import { type Table, valueAt } from '../model/table.ts';
import type { Page, PageRequest } from './source.ts';

/**
 * Whether a response can be what it says: as many rows as its own total leaves for this offset, and no more promised behind the last. A short
 * or a surplus page is no page of the list that it counts, and nothing built on it could be proven. Returns the failure, or null for a sound page.
 */
export function countFailure(
  { offset, limit }: PageRequest,
  { table: { rowCount }, total, hasMore }: Page,
): Failure | null {
  const expected = Math.min(Math.max(total - offset, 0), limit);
  // Behind a page that isn't full there is nothing; of a full one that ends its total, `hasMore` may know better.
  const isDoubtful = rowCount === limit && total === offset + limit && hasMore === true;
  if (rowCount === expected && !isDoubtful) return null;
  return new Failure(
    'UPSTREAM_INCONSISTENT',
    'The upstream returned another number of rows than its own total leaves',
    {
      reason: 'ROW_COUNT',
    },
  );
}

/** Whether rows state the opposite of a pushed filter. Such a list is not the one that was asked for. */
export function filterFailure({ question }: PageRequest, { table }: Page): Failure | null {
  if (!saysOtherwise(table, question)) return null;
  return new Failure('UPSTREAM_INCONSISTENT', 'The upstream returned conversations that its own filter rules out', {
    reason: 'FILTER_IGNORED',
  });
}

/**
 * The rows that a list was asked for: without those that state the opposite of a pushed filter. Where one states the other direction, the upstream
 * doesn't heed it, and rows that state none are none of the list either.
 */
export function fittingRows(rows: readonly RowAt[], question: ListQuestion): readonly RowAt[] {
  const tables = new Set(rows.map(({ table }) => table));
  if (![...tables].some((table) => saysOtherwise(table, question))) return rows;
  const isHeeded = !rows.some((row) => isOpposite(statedAt(row), question));
  return rows.filter((row) => {
    const stated = statedAt(row);
    const isStated = isHeeded || stated === null || stated.contactDirection === question.contactDirection;
    return isStated && !contradicts(stated, question);
  });
}

/** Whether some row of a table states the opposite of what its list was asked for: what none says is no value of its columns. */
function saysOtherwise({ columns }: Table, question: ListQuestion): boolean {
  const { contactDirection, durationStatus } = columns;
  return (
    contactDirection.values.some((value) => isOpposite({ contactDirection: value }, question)) ||
    (!question.includeBelowThreshold && durationStatus.values.includes('BELOW_THRESHOLD'))
  );
}

/** What a row says of itself that the upstream filters by; null for a row that could not be read. */
type Stated = Pick<Conversation, 'contactDirection' | 'durationStatus'> | null;

function statedAt(row: RowAt): Stated {
  if (!isReadable(row)) return null;
  const { contactDirection, durationStatus } = row.table.columns;
  return {
    contactDirection: valueAt(contactDirection, row.index),
    durationStatus: valueAt(durationStatus, row.index),
  };
}

/** Whether a row states the opposite of what its list was asked for. */
function contradicts(stated: Stated, question: ListQuestion): boolean {
  return (
    isOpposite(stated, question) || (!question.includeBelowThreshold && stated?.durationStatus === 'BELOW_THRESHOLD')
  );
}

function isOpposite(
  stated: Pick<Conversation, 'contactDirection'> | null,
  { contactDirection }: ListQuestion,
): boolean {
  const direction = stated?.contactDirection ?? null;
  return contactDirection !== null && direction !== null && direction !== contactDirection;
}
