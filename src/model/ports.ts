import type { Row } from './conversation.ts';

/** The small interfaces that rooms ask for; main hands them in. */

/** Time. `now` may jump with the machine's clock; `elapsed` never goes back. Both in milliseconds. */
export type Clock = {
  now(): number;
  elapsed(): number;
  /** Ends after `waitMs`, or rejects with the signal's reason as soon as it aborts. */
  wait(waitMs: number, signal: AbortSignal): Promise<void>;
};

/** From 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/** One line of structured log. Fields hold no token, no body and no name of a person. */
export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** How long somebody is ready to wait: until the signal aborts, at the latest until `deadlineAt()` (by Clock.elapsed, in milliseconds). */
export type Patience = { readonly signal: AbortSignal; deadlineAt(): number };

/** A page as it was read: one response, one snapshot. */
export type HeldPage = {
  readonly index: number;
  readonly rows: readonly Row[];
  /** All rows of the list as of this response. */
  readonly total: number;
  /** When its reading was begun, in milliseconds since 1970: what it shows isn't older than that. */
  readonly readAt: number;
  /** Grows with each reading that is begun. A page of a greater number than another was not sent for before that one's reading began. */
  readonly sequence: number;
};

/** Where pages are kept between operations. What isn't held is `undefined`; a store never throws for what it holds. */
export type PageStore = {
  /** The pages of these keys, in their order. */
  readMany(keys: readonly string[], signal: AbortSignal): Promise<readonly (HeldPage | undefined)[]>;
  /** Keeps a page, unless one of a later reading is held. */
  write(key: string, page: HeldPage): void;
};
