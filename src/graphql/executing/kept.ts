import { getNamedType, isLeafType, isObjectType } from 'graphql';
import type { Select } from './complete.ts';
import type { Complete, Field } from './field.ts';
import type { Output } from './output.ts';
import type { Run } from './run.ts';

/** What was answered of values, within a bound: one for all fields. */
export type Kept = {
  /** Whether a value was met before, by whichever field: most never are again, and nothing is kept of them. */
  isMetAgain(value: object): boolean;
  /** The answers of one field. */
  createRoom(): KeptRoom;
};

export type KeptRoom = {
  find(value: object): Uint8Array | undefined;
  /** Keeps an answer; where there is no room for it, all that is kept of all fields is forgotten before. */
  keep(value: object, bytes: Uint8Array): void;
};

/** What the entry for an answer takes beside its bytes, and what a field takes that has one or more. */
const [entryBytes, roomBytes] = [250, 500];

/**
 * Keeps so many bytes of answers. What is no longer there to be answered counts until all is forgotten; then rooms are emptied from here, for most fields are never asked again, and
 * would hold what is theirs.
 */
export function createKept(bytesMax: number): Kept {
  const met = new WeakSet<object>();
  const filled = new Set<{ answers: WeakMap<object, Uint8Array> | null }>();
  let usedBytes = 0;
  const forgetAll = () => {
    for (const each of filled) each.answers = null;
    filled.clear();
    usedBytes = 0;
  };
  return {
    isMetAgain(value) {
      if (met.has(value)) return true;
      met.add(value);
      return false;
    },
    createRoom() {
      const room: { answers: WeakMap<object, Uint8Array> | null } = { answers: null };
      return {
        find: (value) => room.answers?.get(value),
        keep(value, bytes) {
          const takenBytes = roomBytes + entryBytes + bytes.length;
          if (bytesMax < takenBytes) return;
          if (bytesMax < usedBytes + takenBytes) forgetAll();
          usedBytes += room.answers === null ? takenBytes : takenBytes - roomBytes;
          room.answers ??= new WeakMap();
          room.answers.set(value, bytes);
          filled.add(room);
        },
      };
    },
  };
}

/** How a value is completed: `passing` where its own answer isn't kept, but what is below it may be; `lasting` where it is kept as one, or nothing of it can be. */
export type Completions = { readonly passing: Complete; readonly lasting: Complete };

/** How values are completed and what is answered of them kept, and how what is kept is written. */
export type Keeping = {
  readonly complete: Complete;
  /** Writes what is kept of a value; false, with nothing written: nothing is. */
  writeKept(output: Output, value: unknown): boolean;
};

/**
 * Completes a value, and keeps what was answered of it where it is met again, by a program that is executed again: the same object is answered alike as long as
 * it's there. Only for values that never change, and only where the fields below are steady; what failed is answered anew.
 */
export function keeping(
  { passing, lasting }: Completions,
  select: Select,
  kept: Kept,
  isExecutedAgain: () => boolean,
): Keeping {
  let isSteady: boolean | undefined;
  const room = kept.createRoom();
  const writeKept: Keeping['writeKept'] = (output, value) => {
    const bytes = typeof value === 'object' && value !== null ? room.find(value) : undefined;
    if (bytes === undefined) return false;
    output.bytes(bytes);
    return true;
  };
  const complete: Complete = (run, field, place, value) => {
    isSteady ??= isSteadyBelow(field, select, run);
    if (!isSteady || typeof value !== 'object' || value === null) return lasting(run, field, place, value);
    const { output, errors } = run;
    if (writeKept(output, value)) return 'written';
    const [mark, errorCount] = [output.length, errors.found.length];
    const isLasting = kept.isMetAgain(value) && isExecutedAgain();
    const answer = (isLasting ? lasting : passing)(run, field, place, value);
    if (isLasting && answer === 'written' && errorCount === errors.found.length) room.keep(value, output.copy(mark));
    return answer;
  };
  return { complete, writeKept };
}

/** Whether the fields below are steady; not where a condition among them can't be evaluated: that is told where an object has them, and a list may have none. */
function isSteadyBelow(field: Field, select: Select, run: Run): boolean {
  try {
    return hasSteadyFields(field, select, run);
  } catch {
    return false;
  }
}

/** Whether what is answered of a field's values depends on nothing but them: it's leaves, or objects of one type whose fields are steady. */
function hasSteadyFields({ definition }: Pick<Field, 'definition'>, select: Select, run: Run): boolean {
  const type = getNamedType(definition.type);
  if (!isObjectType(type)) return isLeafType(type);
  return select(type, run).list.every(({ isSteady }) => isSteady(run));
}

/**
 * Whether a field is steady, and those below it: whether what is answered of an object is the same whenever, and by whomever, it's asked. So it is of properties, which are data
 * below fields that are kept, and of what a resolver says that names its object alone. It's found out when it's first asked, for all below is compiled then.
 */
export function steadinessOf(
  { definition, resolve }: Pick<Field, 'definition' | 'resolve'>,
  select: Select,
): (run: Run) => boolean {
  const isOwn = definition.args.length === 0 && (resolve === null || resolve.length === 1);
  let known: boolean | undefined;
  return (run) => {
    known ??= isOwn && hasSteadyFields({ definition }, select, run);
    return known;
  };
}
