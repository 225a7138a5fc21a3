import type { Patience } from '../model/ports.ts';

export type OperationOptions = {
  readonly patience: Patience;
  /** Nothing that was read before this operation began is good enough (`Cache-Control: no-cache`). */
  readonly isAfresh: boolean;
};

/** What an operation has cost. */
export type OperationFigures = {
  callCount: number;
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
