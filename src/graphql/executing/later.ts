import { errorAt } from './errors.ts';
import type { Answer, Field } from './field.ts';
import type { Chunk } from './output.ts';
import type { Place } from './place.ts';
import type { Run } from './run.ts';

/** Writes null where what failed may be null; else its error, located, is thrown on to what it is a part of. GraphQL specification, section 6.4.4. */
export function failed(run: Run, field: Field, place: Place, thrown: unknown, isNonNull: boolean): Answer {
  const error = errorAt(thrown, field, place);
  if (isNonNull) throw error;
  run.errors.add(error, place);
  run.output.ascii('null');
  return 'nothing';
}

/** What comes later, with its failure seen to as `failed` does. */
export function settled(
  run: Run,
  field: Field,
  place: Place,
  later: Promise<Chunk>,
  isNonNull: boolean,
): Promise<Chunk> {
  return later.then(undefined, (thrown) => chunkOf(run, () => failed(run, field, place, thrown, isNonNull)));
}

/** What is written in one go, taken away; or what comes later. Throws what `write` throws, with all that it wrote unwritten. */
export function chunkOf({ output }: Run, write: () => Answer): Chunk | Promise<Chunk> {
  const mark = output.length;
  try {
    const answer = write();
    return typeof answer === 'string' ? output.take(mark) : answer;
  } catch (error) {
    output.rewind(mark);
    throw error;
  }
}

/** Whether a value comes later: whatever has a `then`, as graphql-js has it. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
