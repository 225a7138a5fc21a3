import type { ListQuestion } from './range.ts';

/** What replicas share beside what they hold: the account's quota, and what each learned by the way. One process alone shares it with itself. */

/** What a call is for: a list that somebody waits for, a scan that somebody waits for, or nobody by now. */
export type CallKind = 'direct' | 'scan' | 'background';

/** Who asks for a call. Callers have equal shares of the quota while others wait. */
export type CallAsk = {
  readonly kind: CallKind;
  /** An opaque word for the one who waits; empty for nobody in particular. */
  readonly caller: string;
};

/** The right to make one call, which counts from now until a window after `end`. */
export type Slot = { end(): void };

export type SlotAnswer =
  | { readonly kind: 'granted'; readonly slot: Slot }
  /**
   * Not now. `at`: when it is worth asking again, as far as it is known (by Clock.elapsed). `full`: there is no slot for anybody; `kind`: none for this kind
   * of call; `share`: others wait who had fewer; `shut`: the upstream has refused, or nobody knows what was called lately; `lost`: what replicas share
   * can't be reached.
   */
  | { readonly kind: 'later'; readonly at: number; readonly because: 'full' | 'kind' | 'share' | 'shut' | 'lost' };

export type CallWindowState = {
  /** Calls of a window by now: fewer than were set while others seem to use the account. */
  readonly callsMax: number;
  readonly remaining: number;
  /** When all of them can be had again (by Clock.elapsed); null: they can by now. */
  readonly wholeAt: number | null;
};

/** The account's rolling window of calls: never more than it allows fall in any span of its length, whoever takes them. */
export type CallWindow = {
  /** Takes a slot, if there is one for this kind and caller. Never waits for one. Rejects with the reason of the signal alone. */
  take(ask: CallAsk, signal: AbortSignal): Promise<SlotAnswer>;
  /** Says that somebody waits here for these calls, or waits no more: others that had their share let them go first. */
  waiting(asks: readonly CallAsk[]): void;
  /** When a call of this kind that is asked for now, after `ahead` others, could begin, as far as it is known (by Clock.elapsed). */
  expectedAt(kind: CallKind, ahead: number): number;
  /** The upstream refused for its rate: no call for `shutMs`. It learns from it how many calls others seem to make. */
  refused(shutMs: number): void;
  state(): CallWindowState;
  /** Takes leave of the others; nothing can be taken any more. */
  close(): Promise<void>;
};

/** What an id was called on the newest day on which it was seen. */
export type KnownName = {
  readonly kind: 'agent' | 'queue' | 'metric';
  readonly id: string;
  readonly name: string;
  /** Where that day or list begins, in seconds since 1970. */
  readonly day: number;
};

/** What was learned by the way: names, and spans of lists that were proven. */
export type News = { readonly names: readonly KnownName[]; readonly spans: readonly ListQuestion[] };

/** A conversation by one of its two ids. */
export type ConversationKey = { readonly by: 'conversationId' | 'customConversationId'; readonly id: string };

/** A page of a list. */
export type PagePlace = { readonly question: ListQuestion; readonly index: number };

/** What replicas learn from one another. Nothing here rejects, and what isn't there or is of no use isn't told. */
export type Learned = {
  /** Tells the others; false: they can't be told now. What they were told already isn't told again. */
  tell(news: News): Promise<boolean>;
  /** What the others have told since this was asked last, of each name and span the last; at first all that is kept. */
  hear(): Promise<News>;
  /** Tells the others on which page conversations stand. */
  saw(keys: readonly ConversationKey[], place: PagePlace): void;
  /** On which page a conversation was seen last, by whomever. */
  whereSeen(key: ConversationKey, signal: AbortSignal): Promise<PagePlace | undefined>;
};

/** Work that is done once, though several replicas want it. */
export type Leases = {
  /**
   * Takes the lease of a piece of work; null: somebody has it, here or elsewhere. Its token is greater than `atLeast`, and than that of every lease that was ever
   * given out: what is written under an older one doesn't take the place of what was written under a newer one. Never rejects: where the others can't be reached
   * for a while, everybody has it.
   */
  take(key: string, atLeast: number): Promise<Lease | null>;
};

export type Lease = {
  readonly token: number;
  /** Lets others have it, once what was written under it can be seen by them. Until then it is renewed by itself; with its holder it ends within seconds. */
  release(): Promise<void>;
};

/** Spans that are being read, so that another replica can go on with them when their reader is gone. */
export type Agenda = {
  note(question: ListQuestion): void;
  done(question: ListQuestion): void;
  /** Spans that nobody reads any more, and that nobody has finished. Never rejects. */
  orphans(): Promise<readonly ListQuestion[]>;
};
