import type { Sight } from '../model/access.ts';
import type { Patience } from '../model/ports.ts';
import type { CallObserver } from './pages.ts';

export type OperationOptions = {
  readonly patience: Patience;
  /** Nothing that was read before this operation began is good enough (`Cache-Control: no-cache`). */
  readonly isAfresh: boolean;
  /** Whose conversations are shown; null: everybody's. What is read is the same for all. */
  readonly sight: Sight | null;
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
  /** Pages and spans that somebody else was having read already. */
  mergedReadCount: number;
  /** Of these, the spans; and the spans whose reading began for this operation. */
  mergedSpanCount: number;
  calledSpanCount: number;
  /** Slices as they were answered: see `SliceReport`. Neither whole nor pending: unproven. */
  wholeSliceCount: number;
  pendingSliceCount: number;
  unprovenSliceCount: number;
  rowCount: number;
  /** Until when all that it was answered from is fresh, in milliseconds since 1970: Infinity where nothing was read, 0 where something may be otherwise at any moment. */
  freshUntilMs: number;
};

/** An operation that has cost nothing yet. */
export function createFigures(): OperationFigures {
  return {
    callCount: 0,
    attemptCount: 0,
    waitedMs: 0,
    heldPageCount: 0,
    heldTileCount: 0,
    mergedReadCount: 0,
    mergedSpanCount: 0,
    calledSpanCount: 0,
    wholeSliceCount: 0,
    pendingSliceCount: 0,
    unprovenSliceCount: 0,
    rowCount: 0,
    freshUntilMs: Number.POSITIVE_INFINITY,
  };
}

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

/** Takes into account until when something is fresh that an operation is answered from. */
export function noteFresh(figures: OperationFigures, untilMs: number): void {
  figures.freshUntilMs = Math.min(figures.freshUntilMs, untilMs);
}

/** Counts a slice by how it was answered. */
export function countSlice(
  figures: OperationFigures,
  { isWhole, isPending }: { readonly isWhole: boolean; readonly isPending: boolean },
): void {
  if (isWhole) figures.wholeSliceCount += 1;
  else if (isPending) figures.pendingSliceCount += 1;
  else figures.unprovenSliceCount += 1;
}
