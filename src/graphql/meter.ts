import { Failure } from '../errors.ts';
import type { Demand } from './asking/demand.ts';

export type MeterLimits = {
  readonly rowsPerOperationMax: number;
  /** Leaves of its answer. */
  readonly valuesPerOperationMax: number;
};

/** Counts what is only known while it is answered: throws COST_LIMIT_EXCEEDED at what exceeds an operation's bounds. */
export type Meter = {
  takeRows(count: number): void;
  takeValues(count: number): void;
  /** Why the operation is refused; null while it isn't. What it asks from then on is not worth an answer, for none is given. */
  failure(): Failure | null;
};

/** A meter of one operation that has taken nothing yet. */
export function createMeter({ rowsPerOperationMax, valuesPerOperationMax }: MeterLimits): Meter {
  let [rowCount, valueCount] = [0, 0];
  let failure: Failure | null = null;
  const refuse = (what: string, countMax: number, reason: string): never => {
    failure ??= tooMuch(what, countMax, reason);
    throw failure;
  };
  return {
    failure: () => failure,
    takeRows(count) {
      rowCount += count;
      if (rowsPerOperationMax < rowCount) refuse('rows', rowsPerOperationMax, 'ROWS_PER_OPERATION');
    },
    takeValues(count) {
      valueCount += count;
      if (valuesPerOperationMax < valueCount) refuse('values', valuesPerOperationMax, 'VALUES_PER_OPERATION');
    },
  };
}

/** Whether a field's answers are counted as they come: how long they are, or how often they are asked for, isn't known before. */
export function isMetered({ kind }: Demand): boolean {
  return kind === 'conversations' || kind === 'directory' || kind === 'breakdown' || kind === 'items';
}

function tooMuch(what: string, countMax: number, reason: string): Failure {
  const message = `One operation may answer ${countMax} ${what}, and this one asks for more`;
  return new Failure('COST_LIMIT_EXCEEDED', message, { reason });
}
