import {
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import { type AbstractType, runtimeTypeOf } from './abstract.ts';
import { executeFields } from './execute-fields.ts';
import type { Answer, Complete, Field, Fields } from './field.ts';
import type { Keeping } from './kept.ts';
import { chunkOf, failed, isPromise, settled } from './later.ts';
import type { Chunk } from './output.ts';
import { itemPlace, type Place } from './place.ts';
import type { Run } from './run.ts';

/** The fields that are selected of a field's object, by its type. */
export type Select = (type: GraphQLObjectType, run: Run) => Fields;

/** How values of a type are completed: GraphQL specification, section 6.4.3. `keepingItem`: how what is answered of a list's items is kept. */
export function completionOf(
  type: GraphQLOutputType,
  select: Select,
  keepingItem: (complete: Complete) => Keeping = (complete) => ({ complete, writeKept: () => false }),
): Complete {
  if (isNonNullType(type)) return nonNull(completionOf(type.ofType, select, keepingItem));
  if (isListType(type))
    return whereThere(listOf(keepingItem(completionOf(type.ofType, select)), isNonNullType(type.ofType)));
  if (isLeafType(type)) return whereThere(leafOf(type));
  if (isObjectType(type))
    return whereThere((run, _, place, value) => executeFields(run, select(type, run), value, place));
  return whereThere(abstractOf(type, select));
}

function nonNull(complete: Complete): Complete {
  return (run, field, place, value) => {
    const completed = complete(run, field, place, value);
    if (completed !== 'nothing') return completed;
    throw new Error(`Cannot return null for non-nullable field ${field.parentType.name}.${field.name}.`);
  };
}

/** Null for what isn't there; an error that was returned is thrown. */
function whereThere(complete: Complete): Complete {
  return (run, field, place, value) => {
    if (value === null || value === undefined) {
      run.output.ascii('null');
      return 'nothing';
    }
    if (value instanceof Error) throw value;
    return complete(run, field, place, value);
  };
}

function leafOf(type: GraphQLLeafType): Complete {
  return ({ output }, _field, _place, value) => {
    const serialized: unknown = type.serialize(value);
    if (serialized !== null && serialized !== undefined) {
      output.value(serialized);
      return 'written';
    }
    throw new Error(
      `Expected \`${type.name}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${serialized}`,
    );
  };
}

/** Each item fails by itself, where it may be null. */
function listOf({ complete, writeKept }: Keeping, isItemNonNull: boolean): Complete {
  return (run, field, place, value) => {
    if (!isIterableObject(value)) {
      const name = `${field.parentType.name}.${field.name}`;
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${name}".`);
    }
    const { output } = run;
    const mark = output.length;
    const parts: (Chunk | Promise<Chunk>)[] = [];
    let count = 0;
    output.ascii('[');
    try {
      for (const each of value) {
        if (count > 0) output.ascii(',');
        const isKept = writeKept(output, each);
        const item = isKept ? 'written' : completeItem(run, field, itemPlace(place, count), each);
        if (typeof item !== 'string') parts.push(output.take(mark), item);
        count += 1;
      }
    } catch (error) {
      // The list has failed already: nobody waits for its other items, and they may fail too.
      void Promise.allSettled(parts);
      throw error;
    }
    output.ascii(']');
    if (parts.length === 0) return 'written';
    parts.push(output.take(mark));
    return Promise.all(parts);
  };

  function completeItem(run: Run, field: Field, place: Place, value: unknown): Answer {
    const mark = run.output.length;
    try {
      const answer = isPromise(value)
        ? value.then((resolved) => chunkOf(run, () => complete(run, field, place, resolved)))
        : complete(run, field, place, value);
      return typeof answer === 'string' ? answer : settled(run, field, place, answer, isItemNonNull);
    } catch (thrown) {
      run.output.rewind(mark);
      return failed(run, field, place, thrown, isItemNonNull);
    }
  }
}

function abstractOf(type: AbstractType, select: Select): Complete {
  return (run, field, place, value) => {
    const answer = (named: GraphQLObjectType) => executeFields(run, select(named, run), value, place);
    const named = runtimeTypeOf(type, run, field, place, value);
    return isPromise(named) ? named.then((type) => chunkOf(run, () => answer(type))) : answer(named);
  };
}

function isIterableObject(value: unknown): value is Iterable<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Symbol.iterator in value &&
    typeof value[Symbol.iterator] === 'function'
  );
}
