import { type Answer, type Field, type Fields, placeOf, ResolveInfo } from './field.ts';
import { chunkOf, failed, isPromise, settled } from './later.ts';
import type { Chunk } from './output.ts';
import type { Place } from './place.ts';
import type { Run } from './run.ts';

/**
 * Writes the answer of an object's fields: GraphQL specification, section 6.4 Executing Fields. Throws the error of a field that may not be null, once the others that
 * were begun have come to an end.
 */
export function executeFields(run: Run, fields: Fields, source: unknown, place: Place | undefined): Answer {
  const { list, labels, end } = fields;
  const { output } = run;
  const mark = output.length;
  for (let at = 0; at < list.length; at++) {
    output.bytes(labels[at] as Uint8Array);
    const answer = executeField(run, list[at] as Field, source, place);
    if (typeof answer !== 'string') return executeRest(run, fields, source, place, [at, output.take(mark), answer]);
  }
  output.bytes(end);
  return 'written';
}

/** The same from a field on that comes later. */
function executeRest(
  run: Run,
  { list, labels, end }: Fields,
  source: unknown,
  place: Place | undefined,
  [begunAt, written, begun]: readonly [number, Chunk, Promise<Chunk>],
): Promise<Chunk> {
  const { output } = run;
  const mark = output.length;
  const parts: (Chunk | Promise<Chunk>)[] = [written, begun];
  try {
    for (const [at, field] of list.entries()) {
      if (at <= begunAt) continue;
      output.bytes(labels[at] as Uint8Array);
      const answer = executeField(run, field, source, place);
      if (typeof answer !== 'string') parts.push(output.take(mark), answer);
    }
  } catch (error) {
    output.rewind(mark);
    const fail = () => Promise.reject<Chunk>(error);
    return Promise.all(parts).then(fail, fail);
  }
  output.bytes(end);
  parts.push(output.take(mark));
  return Promise.all(parts);
}

function executeField(run: Run, field: Field, source: unknown, prev: Place | undefined): Answer {
  const { output } = run;
  if (field.constant !== null) {
    output.bytes(field.constant);
    return 'written';
  }
  const { resolve, resolveShort } = field;
  const mark = output.length;
  // Made where it is needed; one and the same, for errors are told apart by it.
  let place: Place | undefined;
  try {
    if (resolve !== null && resolveShort === null) {
      place = placeOf(field, prev);
      const info = new ResolveInfo(run, field, place);
      return completed(run, field, place, resolve(source, field.argsOf(run), run.context, info));
    }
    const value =
      resolveShort === null
        ? propertyOf(source, field, run, prev)
        : resolveShort(source, field.argsOf(run), run.context);
    if (field.writeLeaf !== null) {
      if (value === null || value === undefined) {
        if (!field.isNonNull) {
          output.ascii('null');
          return 'nothing';
        }
      } else if (field.writeLeaf(output, value)) return 'written';
    }
    place = placeOf(field, prev);
    return completed(run, field, place, value);
  } catch (thrown) {
    output.rewind(mark);
    return failed(run, field, place ?? placeOf(field, prev), thrown, field.isNonNull);
  }
}

function completed(run: Run, field: Field, place: Place, value: unknown): Answer {
  const answer = isPromise(value)
    ? value.then((resolved) => chunkOf(run, () => field.complete(run, field, place, resolved)))
    : field.complete(run, field, place, value);
  return typeof answer === 'string' ? answer : settled(run, field, place, answer, field.isNonNull);
}

/** What graphql-js's default resolver gives: a property, or what a property that is a function returns. */
function propertyOf(source: unknown, field: Field, run: Run, prev: Place | undefined): unknown {
  if ((typeof source !== 'object' || source === null) && typeof source !== 'function') return undefined;
  const property = (source as { readonly [name: string]: unknown })[field.name];
  if (typeof property !== 'function') return property;
  const info = new ResolveInfo(run, field, placeOf(field, prev));
  return Reflect.apply(property, source, [field.argsOf(run), run.context, info]);
}
