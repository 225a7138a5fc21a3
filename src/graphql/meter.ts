import { Failure } from '../errors.ts';
import type { Demand } from './asking/demand.ts';

export type MeterLimits = {
  readonly rowsPerOperationMax: number;
  /** Leaves, objects and lists of its answer. */
  readonly valuesPerOperationMax: number;
  /** Days that its answers look through, those of each answer counted. */
  readonly slicesPerOperationMax: number;
};

/** Counts what is only known while it is answered: throws COST_LIMIT_EXCEEDED at what exceeds an operation's bounds. */
export type Meter = {
  takeRows(count: number): void;
  takeValues(count: number): void;
  takeSlices(count: number): void;
  /** Why the operation is refused; null while it isn't. What it asks from then on is not worth an answer, for none is given. */
  failure(): Failure | null;
};

/** A meter of one operation that has taken nothing yet. */
export function createMeter({ rowsPerOperationMax, valuesPerOperationMax, slicesPerOperationMax }: MeterLimits): Meter {
  let [rowCount, valueCount, sliceCount] = [0, 0, 0];
  let failure: Failure | null = null;
  const refuse = (what: string, reason: string): never => {
    failure ??= tooMuch(what, reason);
    throw failure;
  };
  return {
    failure: () => failure,
    takeRows(count) {
      rowCount += count;
      if (rowsPerOperationMax < rowCount) refuse(`answer ${rowsPerOperationMax} rows`, 'ROWS_PER_OPERATION');
    },
    takeValues(count) {
      valueCount += count;
      if (valuesPerOperationMax < valueCount) refuse(`answer ${valuesPerOperationMax} values`, 'VALUES_PER_OPERATION');
    },
    takeSlices(count) {
      sliceCount += count;
      if (slicesPerOperationMax < sliceCount)
        refuse(`look through ${slicesPerOperationMax} days, those of each answer counted`, 'SLICES_PER_OPERATION');
    },
  };
}

/** Whether a field's answers are counted as they come: how long they are, or how often they are asked for, isn't known before. */
export function isMetered({ kind }: Demand): boolean {
  return kind === 'conversations' || kind === 'directory' || kind === 'breakdown' || kind === 'items';
}

function tooMuch(what: string, reason: string): Failure {
  const message = `One operation may ${what}, and this one asks for more`;
  return new Failure('COST_LIMIT_EXCEEDED', message, { reason });
}
