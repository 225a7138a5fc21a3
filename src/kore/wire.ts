import { Failure } from '../errors.ts';
import type { Row } from '../model/conversation.ts';
import type { Page } from '../reading/source.ts';
import type { DriftCounter } from './drift.ts';
import { createReader, fieldAt } from './fields.ts';
import { noneTaken, type TakenLists } from './items.ts';
import { decodeRow } from './row.ts';
import { envelopeSpelling, fold } from './spelling.ts';
import { count, flag, isObject, items } from './values.ts';

/** A response, row by row. Rows that could not be read keep their places. */
export type DecodedPage = Omit<Page, 'table'> & { readonly rows: readonly Row[] };

const readEnvelope = createReader(envelopeSpelling);
type EnvelopeField = keyof NonNullable<ReturnType<typeof readEnvelope>>['keys'];

/**
 * Decodes a response, in any published spelling (contract section 2). A row that can't be read keeps its place without a conversation,
 * and costs nothing else; a field that can't be read is null and counted. Throws UPSTREAM_BAD_RESPONSE for a body that is no page:
 * reason ENCRYPTED for an encrypted envelope, NO_TOTAL for a list that isn't counted, else NOT_A_PAGE.
 */
export function decodePage(body: unknown, drift: DriftCounter, taken: TakenLists = noneTaken): DecodedPage {
  if (!isPage(body)) {
    const reason = looksEncrypted(body) ? 'ENCRYPTED' : 'NOT_A_PAGE';
    throw new Failure('UPSTREAM_BAD_RESPONSE', 'The upstream answered with something that is no page of results', {
      reason,
    });
  }
  const envelope = readEnvelope(body, { path: '', drift });
  const fieldOf = (name: EnvelopeField) => (envelope === null ? undefined : fieldAt(envelope, envelope.keys[name]));
  const total = count(fieldOf('total'), { path: 'totalResults', drift });
  // Rows and their total are trusted first; `hasMore` is only heard where they can't tell.
  const hasMore = flag(fieldOf('hasMore'), { path: 'hasMore', drift }) ?? undefined;
  count(fieldOf('pageCount'), { path: 'totalPages', drift });
  if (total === null) {
    throw new Failure('UPSTREAM_BAD_RESPONSE', 'The upstream did not say how many results there are', {
      reason: 'NO_TOTAL',
    });
  }
  return {
    total,
    hasMore,
    rows: items(fieldOf('results'), { path: 'results', drift }).map((row) => decodeRow(row, drift, taken)),
  };
}

/** Whether a body claims to be a page: it has a list of results, and names no error beside it. */
export function isPage(body: unknown): body is { readonly [key: string]: unknown } {
  if (!isObject(body)) return false;
  const keys = Object.keys(body);
  const isList = keys.some((key) => envelopeSpelling.fields.get(fold(key)) === 'results' && Array.isArray(body[key]));
  return isList && !(Array.isArray(body['errors']) && body['errors'].length > 0);
}

const cipherKey = /cipher|encrypt|protected|^iv$|^tag$|payload|jwe/i;

function looksEncrypted(body: unknown): boolean {
  return isObject(body) && Object.keys(body).some((key) => cipherKey.test(key));
}
