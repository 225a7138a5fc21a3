import { type Failure, statusOf } from '../errors.ts';

/** A request is refused before GraphQL hears of it. What is wrong with its HTTP has a status of its own, besides the one of the code. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly failure: Failure;
  readonly status: number;

  constructor(failure: Failure, status = statusOf(failure.code)) {
    super(failure.message, { cause: failure });
    this.failure = failure;
    this.status = status;
  }
}

/** Codes that clients know from Apollo: after the first they send the text, after the second texts alone. */
type PersistedCode = 'PERSISTED_QUERY_NOT_FOUND' | 'PERSISTED_QUERY_NOT_SUPPORTED';

/** A document was asked for by an id that says nothing here. */
export class UnknownDocument extends Error {
  override readonly name = 'UnknownDocument';
  readonly code: PersistedCode;

  constructor(code: PersistedCode) {
    super(code === 'PERSISTED_QUERY_NOT_FOUND' ? 'PersistedQueryNotFound' : 'PersistedQueryNotSupported');
    this.code = code;
  }
}

/** What was refused, in words of closed vocabularies. */
export type Refused = { readonly code: string; readonly reason: string | undefined };

/** Whether an error refuses a request, and is no bug. */
export function isRefusal(error: unknown): error is Refusal | UnknownDocument {
  return error instanceof Refusal || error instanceof UnknownDocument;
}

/** What a refusal is called. */
export function wordsOf(error: Refusal | UnknownDocument): Refused {
  if (error instanceof UnknownDocument) return { code: error.code, reason: undefined };
  return { code: error.failure.code, reason: error.failure.reason };
}
