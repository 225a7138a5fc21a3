import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { type DocumentNode, execute, type GraphQLError, type GraphQLSchema, getOperationAST } from 'graphql';
import type { Execution, Executor } from '../../../src/graphql/executing/executor.ts';
import { type JsonBytes, piecesOf } from '../../../src/graphql/executing/output.ts';
import type { Pace } from './pace.ts';

/** An answer as far as it is compared: its bytes as text, and its errors in their order. */
export type Told = { readonly data: string | null; readonly errors: readonly object[] };

/** What is executed, with a context of its own each time. */
export type Operation = {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: { readonly [name: string]: unknown };
};

/** The answer of graphql-js. Rejections that it leaves unhandled (of items, where a list has failed by another) are its own affair. */
export async function toldByOracle(
  schema: GraphQLSchema,
  { document, operationName, variables }: Operation,
  contextValue: unknown,
  pace: Pace,
): Promise<Told> {
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', () => undefined);
  try {
    const { data, errors } = await pace.until(
      execute({ schema, document, operationName, variableValues: variables, contextValue }),
    );
    const told = {
      data: bytesAsText(Buffer.from(JSON.stringify(data ?? null))),
      errors: (errors ?? []).map(errorAsTold),
    };
    await pace.drain();
    await setImmediate();
    return told;
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
  }
}

/** The answer of the executor; null where it leaves the operation to graphql-js. */
export async function toldCompiled(
  executor: Executor,
  operation: Operation,
  context: unknown,
  pace: Pace,
): Promise<Told | null> {
  const answer = executor.execute(executionOf(operation, context));
  if (answer === null) return null;
  const { data, errors } = await pace.until(answer);
  const told = {
    data: dataAsText(data),
    errors: errors.map(errorAsTold),
  };
  await pace.drain();
  await setImmediate();
  return told;
}

/** The data of an answer as text. */
export function dataAsText(data: JsonBytes | null): string {
  return bytesAsText(data === null ? Buffer.from('null') : Buffer.concat(piecesOf(data.chunk)));
}

/** What an executor is handed for an operation. Throws where the document has none of this name. */
export function executionOf({ document, operationName, variables }: Operation, context: unknown): Execution {
  const operation = getOperationAST(document, operationName);
  if (operation === null || operation === undefined) throw new Error(`no operation ${operationName}`);
  return { document, operation, variables, context };
}

/** Bytes that are no UTF-8 would be told apart from those that they look like. */
function bytesAsText(bytes: Buffer): string {
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? text : bytes.toString('hex');
}

function errorAsTold(error: GraphQLError): object {
  const { originalError, nodes, locations, path, extensions, message } = error;
  return {
    message,
    path,
    locations,
    extensions,
    nodes: nodes?.map(({ kind, loc }) => [kind, loc?.start]),
    original: originalError === undefined ? null : [originalError.name, originalError.message, inspect(extensions)],
  };
}

/**
 * Which places were made null by errors: those that the error's path leads to as far as there is something. Null where an error tells a path of somewhere else, for which of
 * several has made null of a place may be decided by chance.
 */
export function nulledPlaces({ data, errors }: Told): readonly string[] | null {
  const root: unknown = JSON.parse(data ?? 'null');
  const places = errors.map((error) => {
    const { path = [] } = error as { readonly path?: readonly (string | number)[] };
    let at = root;
    for (const [index, step] of path.entries()) {
      if (at === null) return JSON.stringify(path.slice(0, index));
      at = Object(at)[step];
    }
    return at === null ? JSON.stringify(path) : elsewhere;
  });
  return places.includes(elsewhere) ? null : [...new Set(places)].sort();
}

const elsewhere = 'elsewhere';
