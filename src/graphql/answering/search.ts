import { Failure } from '../../errors.ts';
import type { Row } from '../../model/conversation.ts';
import type { SearchDemand } from '../asking/demand.ts';
import { segmentPrintOf } from '../ids.ts';
import type { AnswerParts } from './answer-parts.ts';

/**
 * The segments of one conversation in the newest day that holds it; none where all of the window was read and doesn't hold it. Throws NOT_LOCATED where
 * not all of it could be read.
 */
export async function answerSearch(
  { sought, window }: SearchDemand,
  { operation, defaultWindow }: AnswerParts,
): Promise<readonly Row[]> {
  const found = await operation.find(sought, window, defaultWindow);
  if (found.kind === 'found') return found.rows;
  if (found.kind === 'absent') return [];
  const { retryAfterSeconds } = found;
  throw new Failure('NOT_LOCATED', 'Not all of the window could be read, and what was read does not hold it', {
    ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
  });
}

/** What looking for a conversation by its global id asks. */
export function searchFor({ id }: { readonly id: string }): SearchDemand {
  return { kind: 'search', sought: { by: 'conversationId', id }, window: null };
}

/** The segment that an id means, else the first: its agents and queues may have changed since. */
export function segmentOf(rows: readonly Row[], segmentPrint: string | null): Row | null {
  const meant = rows.find(({ identity }) => segmentPrintOf(identity) === segmentPrint);
  return meant ?? rows[0] ?? null;
}
