import { Failure } from '../errors.ts';
import type { Clock } from '../model/ports.ts';
import type { Window } from '../model/window.ts';
import { createLane, type Lane } from './lane.ts';
import type { Pages, PageWant } from './pages.ts';
import type { PageSource } from './source.ts';
import type { SeenPage, SpanParts, SpanWant } from './span.ts';
import { letLeave, turnAway, type Waiting } from './waiters.ts';

export type CallerParts = {
  readonly pages: Pages;
  readonly source: PageSource;
  readonly clock: Clock;
  readonly limits: CallerLimits;
  /** Aborts when the program ends. */
  readonly ending: AbortSignal;
  /** All readings that are under way. */
  readonly readings: () => readonly Waiting[];
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
  #backgroundCount = 0;

  constructor(parts: CallerParts) {
    this.#parts = parts;
    this.#lane = createLane(parts.limits.callsInFlightMax);
  }

  /** Somebody waits for a scan: the background has its calls anew. */
  attend(): void {
    this.#backgroundCount = 0;
  }

  /** Lets those leave for whom nothing is coming any more. To be called whenever a reading has ended. */
  look(): void {
    const { source, clock, readings } = this.#parts;
    letLeave(readings(), Math.max(1, Math.ceil((source.nextCallAt() - clock.elapsed()) / 1000)));
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
    waiting.openCount += 1;
    try {
      const [held] = await this.#parts.pages.held([want], this.#parts.ending);
      if (held !== undefined) return { page: { ...held, failure: null }, isNew: false };
      const called = this.#lane.run(rank, () => this.#call(want, waiting));
      this.look();
      return await called;
    } finally {
      waiting.openCount -= 1;
      this.look();
    }
  }

  /** One call, on the account of who waits; whoever can't have it in time is turned away, and then it is made in the background. */
  async #call(want: PageWant, waiting: Waiting): Promise<SeenPage> {
    turnAway(waiting, this.#parts.source.nextCallAt());
    if (waiting.waiters.size === 0) return await this.#callBehind(want, waiting);
    waiting.calledCount += 1;
    try {
      return await this.#ask(want, waiting);
    } catch (error) {
      if (!isRefused(error)) throw error;
      turnAway(waiting, Number.POSITIVE_INFINITY);
    } finally {
      waiting.calledCount -= 1;
    }
    return await this.#callBehind(want, waiting);
  }

  async #callBehind(want: PageWant, waiting: Waiting): Promise<SeenPage> {
    this.look();
    if (this.#parts.limits.backgroundCallsMax <= this.#backgroundCount) throw backgroundSpent();
    return await this.#ask(want, waiting);
  }

  async #ask(want: PageWant, { waiters }: Waiting): Promise<SeenPage> {
    const { ending, pages } = this.#parts;
    ending.throwIfAborted();
    const deadlines = () => [...waiters].map((waiter) => waiter.patience.deadlineAt());
    const patience = {
      signal: ending,
      deadlineAt: () => Number.POSITIVE_INFINITY,
      slotBefore: () => (waiters.size === 0 ? Number.POSITIVE_INFINITY : Math.max(...deadlines())),
      isBackground: () => waiters.size === 0,
    };
    const { page } = await pages.readRaw(want, patience, () => {
      const [first] = waiters;
      if (first === undefined) this.#backgroundCount += 1;
      else first.onCall();
    });
    return { page, isNew: true };
  }
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
