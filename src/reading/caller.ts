import { Failure } from '../errors.ts';
import type { Clock } from '../model/ports.ts';
import type { Window } from '../model/window.ts';
import { createLane, type Lane } from './lane.ts';
import { graceMs, type Pages, type PageWant } from './pages.ts';
import type { PageSource } from './source.ts';
import type { SeenPage, SpanParts, SpanWant } from './span.ts';
import { advance, firstOf, letLeave, type SpanWaiter, standingOf, turnAway, type Waiting } from './waiters.ts';

export type CallerParts = {
  readonly pages: Pages;
  readonly source: PageSource;
  readonly clock: Clock;
  readonly limits: CallerLimits;
  /** Aborts when the program ends. */
  readonly ending: AbortSignal;
};

export type CallerLimits = {
  readonly callsInFlightMax: number;
  /** Calls in the background since somebody last waited. */
  readonly backgroundCallsMax: number;
};

/** Makes the calls of scans: so many at a time, those of the oldest reading first, on the account of who waits. */
export class Caller {
  readonly #parts: CallerParts;
  readonly #lane: Lane;
  /** Those who can't have another call of some reading. */
  readonly #turnedAway = new Set<SpanWaiter>();
  #backgroundCount = 0;
  #ranking: Promise<void> | undefined;
  #looking: Promise<void> | undefined;

  constructor(parts: CallerParts) {
    this.#parts = parts;
    this.#lane = createLane(parts.limits.callsInFlightMax);
  }

  /** Somebody waits for a scan: the background has its calls anew. */
  attend(): void {
    this.#backgroundCount = 0;
  }

  /**
   * Lets those go first that somebody waits for by now, and those end that were dropped; soon, and once for many. To be called when another comes first of
   * those who wait for a reading, for it stands in the middle of the other's line; and when nobody waits for it any more, for its calls then leave their places.
   */
  rank(): void {
    this.#ranking ??= Promise.resolve().then(() => {
      this.#ranking = undefined;
      this.#lane.look();
      this.#parts.source.look();
    });
  }

  /** Lets those leave for whom nothing is coming any more; soon, and once for many. To be called whenever a reading has ended. */
  look(): void {
    if (this.#turnedAway.size === 0) return;
    this.#looking ??= Promise.resolve().then(() => {
      const { source, clock } = this.#parts;
      this.#looking = undefined;
      letLeave(this.#turnedAway, () => Math.max(1, Math.ceil((source.nextCallAt() - clock.elapsed()) / 1000)));
    });
  }

  /**
   * Another replica reads it. Whoever can't have a call of his own in time is turned away, for then the other has none either; not before a moment has passed, for it may be
   * nearly there. Where a call can be had now, and somebody waits, it is read here too (true): the other may read it for nobody. Throws when nobody waits here any more: the
   * other reads it to its end.
   */
  waitElsewhere(waiting: Waiting, waitedMs: number): boolean {
    const { waiters, leavers, isKept } = waiting;
    if (waiters.size + leavers.size === 0 && !isKept) throw backgroundSpent();
    if (waitedMs < graceMs) return false;
    const nextCallAt = this.#parts.source.nextCallAt();
    if (waiters.size > 0 && nextCallAt <= this.#parts.clock.elapsed()) return true;
    advance(waiting, { isElsewhere: true });
    this.#turnAway(waiting, nextCallAt);
    this.look();
    return false;
  }

  /** How a reading asks for its pages: what is held first. Readings of a lower rank go first. */
  open({ question, newerThan }: SpanWant, rank: number, waiting: Waiting): SpanParts['page'] {
    const floors = new Map<string, number>();
    return async (window: Window, index: number, isAfresh: boolean) => {
      const key = `${window.from}-${window.until}|${index}`;
      const floor = isAfresh ? (floors.get(key) ?? newerThan) : newerThan;
      const seen = await this.#seek({ question: { ...question, window }, index, newerThan: floor }, rank, waiting);
      floors.set(key, seen.page.sequence);
      return seen;
    };
  }

  async #seek(want: PageWant, rank: number, waiting: Waiting): Promise<SeenPage> {
    advance(waiting, { openCount: waiting.openCount + 1, isElsewhere: false });
    try {
      const [held] = await this.#parts.pages.held([want], this.#parts.ending, true);
      if (held !== undefined) return { page: { ...held, failure: null }, isNew: false };
      const entrant = { rank, standing: () => standingOf(waiting), caller: () => callerOf(waiting.waiters) };
      for (;;) {
        const called = this.#lane.run(entrant, () => this.#call(want, waiting));
        this.look();
        const seen = await called;
        if (seen !== null) return seen;
        // All who waited were turned away: it waits for its place in the background, or for the next who waits.
      }
    } finally {
      advance(waiting, { openCount: waiting.openCount - 1 });
      this.look();
    }
  }

  /**
   * One call, on the account of who waits, or in the background if nobody does. Whoever can't have it in time is turned away; null: by now nobody waits, and
   * it gives its place to others.
   */
  async #call(want: PageWant, waiting: Waiting): Promise<SeenPage | null> {
    if (waiting.waiters.size === 0) return await this.#callBehind(want, waiting);
    this.#turnAway(waiting, this.#parts.source.nextCallAt());
    if (waiting.waiters.size === 0) return null;
    advance(waiting, { calledCount: waiting.calledCount + 1 });
    try {
      return await this.#ask(want, waiting, Number.NEGATIVE_INFINITY);
    } catch (error) {
      if (!isRefused(error)) throw error;
      this.#turnAway(waiting, Number.POSITIVE_INFINITY);
      return null;
    } finally {
      advance(waiting, { calledCount: waiting.calledCount - 1 });
    }
  }

  #turnAway(waiting: Waiting, callAt: number): void {
    for (const waiter of turnAway(waiting, callAt)) this.#turnedAway.add(waiter);
  }

  async #callBehind(want: PageWant, waiting: Waiting): Promise<SeenPage> {
    this.look();
    const isSpent = !waiting.isKept && this.#parts.limits.backgroundCallsMax <= this.#backgroundCount;
    if (waiting.isDropped || isSpent) throw backgroundSpent();
    return await this.#ask(want, waiting, Number.POSITIVE_INFINITY);
  }

  /** `slotBehindBefore`: until when a slot is worth waiting for once nobody waits for the answer. */
  async #ask(want: PageWant, { waiters, isKept }: Waiting, slotBehindBefore: number): Promise<SeenPage> {
    const { ending, pages } = this.#parts;
    ending.throwIfAborted();
    const deadlines = () => [...waiters].map((waiter) => waiter.patience.deadlineAt());
    const patience = {
      signal: ending,
      deadlineAt: () => Number.POSITIVE_INFINITY,
      slotBefore: () => (waiters.size === 0 ? slotBehindBefore : Math.max(...deadlines())),
      isBackground: () => waiters.size === 0,
      isScan: () => true,
      caller: () => callerOf(waiters),
    };
    const { page } = await pages.readRaw(want, patience, {
      onCall: () => {
        const first = firstOf(waiters);
        if (first !== undefined) first.onCall();
        else if (!isKept) this.#backgroundCount += 1;
      },
      onSend: (waitedMs) => firstOf(waiters)?.onSend(waitedMs),
    });
    return { page, isNew: true };
  }
}

function callerOf(waiters: ReadonlySet<SpanWaiter>): string {
  return firstOf(waiters)?.caller ?? '';
}

/** No slot in time, or the upstream itself refused for its rate. */
function isRefused(error: unknown): boolean {
  return error instanceof Failure && error.code === 'UPSTREAM_BUDGET_EXHAUSTED';
}

function backgroundSpent(): Failure {
  return new Failure('UPSTREAM_BUDGET_EXHAUSTED', 'Nobody has waited for this for long', {
    reason: 'BACKGROUND',
    retryAfterSeconds: 1,
  });
}
