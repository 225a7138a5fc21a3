/** The account's quota, as those who make calls share it. */

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
   * of call; `share`: others wait who had fewer; `shut`: the upstream has refused.
   */
  | { readonly kind: 'later'; readonly at: number; readonly because: 'full' | 'kind' | 'share' | 'shut' };

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
};
