import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  isObjectType,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { coercedVariables } from '../coerced.ts';
import { createDocuments } from './documents.ts';
import { createErrors } from './errors.ts';
import { executeFields } from './execute-fields.ts';
import type { Args, Definition, Resolver } from './field.ts';
import { createKept } from './kept.ts';
import { chunkOf } from './later.ts';
import { type Chunk, JsonBytes, Output } from './output.ts';
import { createProgram, metaFields, type Program, type ProgramParts } from './program.ts';
import type { Run } from './run.ts';

export type Execution = {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the client sent them. */
  readonly variables: Args;
  readonly context: unknown;
};

/** An answer: what there is of its data, and what failed. */
export type Executed = { readonly data: JsonBytes | null; readonly errors: readonly GraphQLError[] };

/** Executes operations of one schema, and remembers what of each depends neither on variables nor on who asks and what is answered. */
export type Executor = {
  /**
   * The answer to a valid operation, as graphql-js gives it: its data as JSON, errors, and their order. Null for what is left to graphql-js, and then nothing was resolved: what is no
   * query, and variables that don't fit. Arguments are one and the same for all objects that have a field, and `info` is read by its names: resolvers change neither, and
   * copy no `info`.
   */
  execute(execution: Execution): Executed | Promise<Executed> | null;
};

export type ExecutorOptions = {
  /** Bytes that programs may take, by estimate. */
  readonly programBytesMax: number;
  /** Bytes of answers that are kept for values that never change. */
  readonly keptBytesMax: number;
  /** Fields, by their coordinates, whose values never change: objects and lists that are the same as long as they are there. */
  readonly steadyFields?: readonly string[];
};

/** What a character of a document and a compiled field are counted as, with all that they hold. */
const [bytesPerCharacter, bytesPerField] = [100, 1_000];

/**
 * An executor that keeps programs of about `programBytesMax`, those that were used last, and answers of `keptBytesMax`; all its executions write to `output`. What resolves fields is read now: whoever
 * wraps resolvers of the schema afterwards doesn't slow it down. Throws a RangeError for a schema that can't be executed so: one without queries, and one whose objects are asked what they are (`isTypeOf`).
 */
export function createExecutor(
  schema: GraphQLSchema,
  { programBytesMax, keptBytesMax, steadyFields = [] }: ExecutorOptions,
  output = new Output(),
): Executor {
  const rootType = schema.getQueryType() ?? undefined;
  if (rootType === undefined) throw new RangeError('a schema without queries has nothing to execute');
  const steady = new Set(steadyFields);
  const parts: ProgramParts = {
    resolverOf: readResolvers(schema),
    keeps: (coordinate) => steady.has(coordinate),
    kept: createKept(keptBytesMax),
  };
  const factsOf = createDocuments();
  const programs = new LRUCache<string, Program>({ maxSize: programBytesMax });

  return {
    execute({ document, operation, variables: given, context }) {
      if (operation.operation !== OperationTypeNode.QUERY) return null;
      const variables = coercedVariables(schema, operation, given);
      if (variables === null) return null;
      const { number, fragments, conditions, characterCount } = factsOf(document);
      const executed = { schema, operation, fragments };
      const outcome = conditions.map((name) => outcomeOf(variables[name]));
      const key = [number, operation.name?.value ?? '', ...outcome].join(' ');
      const program = programs.get(key) ?? createProgram(executed, rootType, parts);
      const knownCount = program.fieldCount();
      const keep = () => {
        const fieldCount = program.fieldCount();
        if (knownCount === fieldCount) return;
        // Of what is there already the cache would keep the former size.
        programs.delete(key);
        programs.set(key, program, { size: characterCount * bytesPerCharacter + fieldCount * bytesPerField + 1 });
      };
      const run: Run = { of: executed, context, variables, args: new Map(), errors: createErrors(), output };
      return answerOf(run, program, keep);
    },
  };
}

/** One of a few words: a variable that is a condition in one operation may be anything in another, and decides nothing there. */
function outcomeOf(value: unknown): string {
  return typeof value === 'boolean' || value === null ? `${value}` : 'other';
}

/** Section 6.2.1 Query: where the error of a field reaches the root, there is no data. */
function answerOf(run: Run, program: Program, onEnd: () => void): Executed | Promise<Executed> {
  const answer = (data: Chunk | null): Executed => {
    onEnd();
    return { data: data === null ? null : new JsonBytes(data), errors: run.errors.found };
  };
  const failed = (error: unknown): Executed => {
    run.errors.add(error as GraphQLError, undefined);
    return answer(null);
  };
  try {
    const data = chunkOf(run, () => executeFields(run, program.root(run), undefined, undefined));
    return data instanceof Promise ? data.then(answer, failed) : answer(data);
  } catch (error) {
    return failed(error);
  }
}

function readResolvers(schema: GraphQLSchema): (definition: Definition) => Resolver | null {
  const resolvers = new Map<Definition, Resolver>();
  const read = (definition: Definition) => {
    if (definition.resolve !== undefined) resolvers.set(definition, definition.resolve);
  };
  for (const meta of metaFields) read(meta);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    if (type.isTypeOf !== null && type.isTypeOf !== undefined)
      throw new RangeError(`${type.name} says itself what it is`);
    for (const field of Object.values(type.getFields())) read(field);
  }
  return (definition) => resolvers.get(definition) ?? null;
}
