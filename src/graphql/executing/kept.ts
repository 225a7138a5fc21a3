import { getNamedType, isLeafType, isObjectType } from 'graphql';
import type { Select } from './complete.ts';
import type { Complete, Field } from './field.ts';
import type { Run } from './run.ts';

/** How much is kept of what was answered, for all fields together. */
export type KeptBudget = {
  /** Takes room for so many bytes more; where there is none, all that was kept is forgotten before. */
  take(byteCount: number): void;
  /** Grows when all that was kept is forgotten. */
  age(): number;
};

/** Room for so many bytes. What is no longer there to be answered counts until all is forgotten. */
export function createKeptBudget(bytesMax: number): KeptBudget {
  let [usedBytes, age] = [0, 0];
  return {
    take(byteCount) {
      usedBytes += byteCount;
      if (usedBytes <= bytesMax) return;
      [usedBytes, age] = [byteCount, age + 1];
    },
    age: () => age,
  };
}

/** What the entry for an answer takes beside its bytes. */
const entryBytes = 200;

/**
 * Completes a value as `complete` does, and keeps what was answered of it, from the second time on: the same object is answered alike as long as it's there. Only for
 * values that never change, and only where the fields below are steady; what failed is answered anew.
 */
export function keeping(complete: Complete, select: Select, budget: KeptBudget): Complete {
  let isSteady: boolean | undefined;
  let age = budget.age();
  let kept = new WeakMap<object, Uint8Array | 'seen'>();
  return (run, field, place, value) => {
    isSteady ??= hasSteadyFields(field, select, run);
    if (!isSteady || typeof value !== 'object' || value === null) return complete(run, field, place, value);
    if (age !== budget.age()) [age, kept] = [budget.age(), new WeakMap()];
    const { output, errors } = run;
    const known = kept.get(value);
    if (known !== undefined && known !== 'seen') {
      output.bytes(known);
      return 'written';
    }
    const [mark, errorCount] = [output.length, errors.found.length];
    const answer = complete(run, field, place, value);
    if (answer !== 'written' || errorCount < errors.found.length) return answer;
    if (known === undefined) kept.set(value, 'seen');
    else {
      const bytes = output.copy(mark);
      budget.take(bytes.length + entryBytes);
      if (age === budget.age()) kept.set(value, bytes);
    }
    return answer;
  };
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
