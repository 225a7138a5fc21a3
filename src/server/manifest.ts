import { readFileSync } from 'node:fs';
import { type GraphQLSchema, Kind, parse, validate } from 'graphql';
import { type DocumentLimits, documentFault } from './document-limits.ts';
import { parseStrictJson } from './strict-json.ts';

export type ManifestParts = { readonly schema: GraphQLSchema; readonly limits: DocumentLimits };

/** Both forms have fewer objects and lists within each other. */
const depthMax = 8;

type Listed = { readonly id: string; readonly body: string };

/**
 * The documents of a list, by id: Apollo's manifest, or an object with a document by each id, as Relay and GraphQL Code Generator write it. Throws where the file can't be
 * read or is neither, or where a document could not run here; names the file and the document.
 */
export function readManifest(path: string, parts: ManifestParts): ReadonlyMap<string, string> {
  const documents = new Map<string, string>();
  for (const { id, body } of listedIn(jsonOf(path), path)) {
    if (documents.has(id)) throw new Error(`${path}: the id ${id} comes twice`);
    const problem = problemOf(body, parts);
    if (problem !== null) throw new Error(`${path}: document ${id}: ${problem}`);
    documents.set(id, body);
  }
  if (documents.size === 0) throw new Error(`${path} lists no document`);
  return documents;
}

/** Read as strictly as a request: of two documents by one id JSON.parse would keep the second without a word. */
function jsonOf(path: string): unknown {
  const read = parseStrictJson(textOf(path), depthMax);
  if (read.kind === 'fault') throw new Error(`${path} can't be read as JSON, or has a key twice`);
  return read.value;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`${path} can't be read`, { cause });
  }
}

function listedIn(value: unknown, path: string): readonly Listed[] {
  if (!isObject(value)) throw new Error(`${path} is no list of documents`);
  if (!Object.hasOwn(value, 'format')) return Object.entries(value).map(([id, body]) => listed(id, body, path));
  const { format, version, operations } = value;
  if (format !== 'apollo-persisted-query-manifest' || version !== 1 || !Array.isArray(operations))
    throw new Error(`${path} is of a format that isn't known`);
  return operations.map((each: unknown) => {
    const { id, body } = isObject(each) ? each : {};
    return listed(id, body, path);
  });
}

function listed(id: unknown, body: unknown, path: string): Listed {
  if (typeof id !== 'string' || id === '' || typeof body !== 'string')
    throw new Error(`${path} has an entry that is no document with an id`);
  return { id, body };
}

/** Why a document could not run; null for one that can. */
function problemOf(body: string, { schema, limits }: ManifestParts): string | null {
  const fault = documentFault(body, limits);
  if (fault !== null) return fault.message;
  try {
    const document = parse(body, { maxTokens: limits.tokensMax });
    const [error] = validate(schema, document);
    if (error !== undefined) return error.message;
    const kinds = document.definitions.map((each) =>
      each.kind === Kind.OPERATION_DEFINITION ? each.operation : each.kind,
    );
    return kinds.some((kind) => kind !== 'query' && kind !== Kind.FRAGMENT_DEFINITION)
      ? 'there are only queries here'
      : null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
