import { createHash } from 'node:crypto';
import { Failure } from '../errors.ts';
import { Refusal, UnknownDocument } from './refusal.ts';

/** How a request says which document it means. */
export type Named = {
  readonly query: string | undefined;
  readonly documentId: string | undefined;
  readonly extensions: { readonly [name: string]: unknown } | undefined;
};

export type Found = { readonly query: string; readonly isTrusted: boolean };

/** The documents that are known beforehand. */
export type TrustedDocuments = {
  /** The text of the document that is meant. Throws a refusal where it may not run, or nobody knows it. Whoever is the router brings documents of its own. */
  find(named: Named, isRouter: boolean): Found;
};

export type TrustedSettings = {
  /** By id; null where there is no list. */
  readonly documents: ReadonlyMap<string, string> | null;
  /** Whether nothing else runs. */
  readonly isExclusive: boolean;
};

/** Finds documents by id or by their very text. */
export function createTrustedDocuments({ documents, isExclusive }: TrustedSettings): TrustedDocuments {
  const texts = new Set(documents?.values());
  return {
    find({ query, documentId, extensions }, isRouter) {
      const id = documentId ?? hashIn(extensions);
      const listed = id === undefined ? undefined : (documents?.get(id) ?? documents?.get(withoutPrefix(id)));
      if (listed !== undefined) {
        if (query !== undefined && query !== listed) throw otherDocument();
        return { query: listed, isTrusted: true };
      }
      if (query !== undefined && texts.has(query)) return { query, isTrusted: true };
      if (id !== undefined && documents === null) throw new UnknownDocument('PERSISTED_QUERY_NOT_SUPPORTED');
      if (id !== undefined && query === undefined) throw new UnknownDocument('PERSISTED_QUERY_NOT_FOUND');
      if (isExclusive && !isRouter) throw untrusted();
      if (query === undefined || query === '') throw noDocument();
      if (id !== undefined && documentId === undefined && sha256(query) !== withoutPrefix(id)) throw otherDocument();
      return { query, isTrusted: false };
    },
  };
}

/** The id that Apollo's clients send; undefined where there is none. */
function hashIn(extensions: Named['extensions']): string | undefined {
  const persisted = extensions?.['persistedQuery'] ?? undefined;
  if (persisted === undefined) return undefined;
  const hash =
    typeof persisted === 'object' && persisted !== null && 'sha256Hash' in persisted ? persisted.sha256Hash : null;
  if (typeof hash === 'string') return hash;
  throw refused('`extensions.persistedQuery` must have a `sha256Hash`', 'REQUEST');
}

/** An id that is said to be a hash (GraphQL over HTTP, persisted documents) without that it is said. A list may have it either way. */
function withoutPrefix(id: string): string {
  return id.replace(/^sha256:/, '');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function noDocument(): Refusal {
  return refused('A request must have a `query`', 'REQUEST');
}

function otherDocument(): Refusal {
  return refused('`query` is not the document that the id names', 'DOCUMENT_ID');
}

/** The same for whatever is not listed, be it well-formed or not: nothing is told of the schema. */
function untrusted(): Refusal {
  return new Refusal(
    new Failure('FORBIDDEN', 'This gateway runs the documents of its list alone', { reason: 'UNTRUSTED_DOCUMENT' }),
  );
}

function refused(message: string, reason: string): Refusal {
  return new Refusal(new Failure('BAD_USER_INPUT', message, { reason }));
}
