import type { Table } from './table.ts';
import type { Window } from './window.ts';

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

/** One HTTP request, as the platform's `fetch` makes it: for the keys of an issuer alone, the upstream has a client of its own. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

export type FetchInit = {
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
};

/** One line of structured log. Fields hold no token, no body and no name of a person. */
export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** The pieces of work that are traced: `docs/metrics.md` says what each is. */
export type SpanName = 'gateway.operation' | 'gateway.plan' | 'gateway.reading' | 'gateway.call' | 'gateway.store';

/** What a span tells: counts, and words of closed vocabularies. Never a token, nor a text, an id or a name that somebody gave. Null: not told. */
export type SpanFacts = Readonly<Record<string, number | string | null>>;

export type Span = {
  note(facts: SpanFacts): void;
  /** It ended otherwise than it should. */
  fail(code: string): void;
};

/** Spans of what is done. Whatever work throws is recorded by its code alone, and thrown on. */
export type Tracing = {
  /** Does the work in a span, within the span that it is begun in. */
  span<T>(name: SpanName, work: (span: Span) => Promise<T>): Promise<T>;
  /** The same for work that doesn't wait. */
  step<T>(name: SpanName, work: (span: Span) => T): T;
  /** Begins a span of work that is shared, and of no one's trace. */
  apart(name: SpanName): SharedSpan;
  /** Ends when what was recorded has been handed on, or could not be. Never rejects. */
  flush(): Promise<void>;
};

export type SharedSpan = {
  /** Does the work in it, and ends it. To be called once. */
  run<T>(work: (span: Span) => Promise<T>): Promise<T>;
  /** Who runs now waits for it too: it is linked with his span. */
  join(): void;
};

/**
 * Lets others have their turn, if the work since the last turn has been long, and lets those go on first who have waited before. Long work awaits it between its steps, and
 * nothing in between: what is done until it shares again is what is counted.
 */
export type Turns = { share(): Promise<void> };

/** How long somebody is ready to wait: until the signal aborts, at the latest until `deadlineAt()` (by Clock.elapsed, in milliseconds). */
export type Patience = {
  readonly signal: AbortSignal;
  deadlineAt(): number;
  /** Until when a call must be able to begin, or is not worth waiting for (by Clock.elapsed). Left out: until `deadlineAt`. */
  slotBefore?(): number;
  /** Whether nobody waits for the answer by now: such work lets all other go first. Left out: somebody does. */
  isBackground?(): boolean;
  /** Whether it is a scan that waits: those leave some of the quota to lists. Left out: it is none. */
  isScan?(): boolean;
  /** An opaque word for who waits, for a fair share of the quota. Left out: nobody in particular. */
  caller?(): string;
};

/** A page as it was read: one response, one snapshot. */
export type HeldPage = {
  readonly index: number;
  /** Its rows, in their order. */
  readonly table: Table;
  /** All rows of the list as of this response. */
  readonly total: number;
  /** When its reading was begun, in milliseconds since 1970: what it shows isn't older than that. */
  readonly readAt: number;
  /** Grows with each reading that is begun. A page of a greater number than another was not sent for before that one's reading began. */
  readonly sequence: number;
};

/** A span of one list that was proven whole, as it was read. */
export type Tile = {
  readonly window: Window;
  /** The rows that could be read, ascending by conversationId, then identity, then content; each once. */
  readonly table: Table;
  readonly unreadableCount: number;
  /** How many rows the upstream counts in this span. */
  readonly total: number;
  /** When the reading of its oldest part was begun, in milliseconds since 1970. */
  readonly readAt: number;
};

export type TileHead = Pick<Tile, 'window' | 'readAt'>;

/** What can be read of what is held. */
export type StoreReads = {
  /** The pages of these keys, in their order. */
  readPages(keys: readonly string[], signal: AbortSignal): Promise<readonly (HeldPage | undefined)[]>;
  /** The tiles of a list that lie within a window, in no order. */
  findTiles(list: string, within: Window, signal: AbortSignal): Promise<readonly TileHead[]>;
  /** The tiles of exactly these windows, in their order. */
  readTiles(list: string, windows: readonly Window[], signal: AbortSignal): Promise<readonly (Tile | undefined)[]>;
};

/**
 * What is held between operations, under keys that carry their scope. What isn't held is `undefined`, and so is what is corrupt, foreign or of another
 * format: a store never throws for what it holds, and never waits longer than the signal. Writes are seen by the next read of this process.
 */
export type Store = StoreReads & {
  /** What can be read without asking anything outside of this process and its machine. */
  readonly near: StoreReads;
  /** All that is held, for those who would pay a call for what isn't found: where a store is slow, they wait for it longer. */
  readonly patient: StoreReads;
  /** Keeps a page, unless one of a later reading (a greater `sequence`) is held. */
  writePage(key: string, page: HeldPage): void;
  /** Keeps a tile, unless one of the same window that was read later is held. */
  writeTile(list: string, tile: Tile): void;
  /** A short text, such as what was learned of a stream. */
  readNote(key: string, signal: AbortSignal): Promise<string | undefined>;
  writeNote(key: string, text: string): void;
  /** Ends when all who read this store can see what was written so far, or it is lost to them. Never rejects. */
  settled(): Promise<void>;
  /** Ends when all that was written is where it belongs. */
  close(): Promise<void>;
};
