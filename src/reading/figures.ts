import type { Patience } from '../model/ports.ts';
import type { CallObserver } from './pages.ts';

export type OperationOptions = {
  readonly patience: Patience;
  /** Nothing that was read before this operation began is good enough (`Cache-Control: no-cache`). */
  readonly isAfresh: boolean;
};

/** What an operation has cost. */
export type OperationFigures = {
  /** Pages that were asked for. */
  callCount: number;
  /** Attempts that were sent for them. */
  attemptCount: number;
  /** What these waited for their slots, together, in milliseconds. */
  waitedMs: number;
  heldPageCount: number;
  heldTileCount: number;
  mergedReadCount: number;
  rowCount: number;
};

/** An operation as its readers know it. */
export type Begun = {
  readonly options: OperationOptions;
  readonly figures: OperationFigures;
  /** The newest reading when it began. */
  readonly sequence: number;
  /** The moment when it began, in milliseconds since 1970. */
  readonly atMs: number;
};

/** Counts what pages cost in an operation's figures. */
export function observerOf(figures: OperationFigures): CallObserver {
  return {
    onCall: () => {
      figures.callCount += 1;
    },
    onSend: (waitedMs) => {
      figures.attemptCount += 1;
      figures.waitedMs += waitedMs;
    },
  };
}
