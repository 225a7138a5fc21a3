import { Failure } from '../errors.ts';
import type { Clock, Patience } from '../model/ports.ts';

/** The right to make one call. It counts against the budget from sending until a window after `end`. */
export type Slot = { end(): void };

export type Budget = {
  /**
   * Waits for the right to make a call, first come first served. Fails at once with UPSTREAM_BUDGET_EXHAUSTED, and the seconds after which it is
   * worth asking again, when no slot can be had before the deadline or too many wait already.
   */
  take(patience: Patience): Promise<Slot>;
  /** The upstream refused for its rate: no call until then. Without a stated time, for the rest of the window. */
  close(retryAfterMs: number | undefined): void;
  state(): { readonly remaining: number; readonly queuedCalls: number; readonly inFlightCalls: number };
};

export type BudgetSettings = {
  /** Calls in any rolling window. */
  readonly callsMax: number;
  readonly windowMs: number;
  readonly inFlightMax: number;
  readonly queueMax: number;
};

type Waiter = {
  readonly patience: Patience;
  readonly admit: (slot: Slot) => void;
  readonly refuse: (failure: Failure) => void;
};

/** A gate of one process: never more than `callsMax` calls in any span of `windowMs`, however they are spread. */
export function createBudget({ callsMax, windowMs, inFlightMax, queueMax }: BudgetSettings, clock: Clock): Budget {
  /** For each call that counts: when it stops counting; infinite while it is under way. Ascending. */
  let held: { freeAt: number }[] = [];
  let closedUntil = Number.NEGATIVE_INFINITY;
  let isWaking = false;
  const queue: Waiter[] = [];

  const inFlight = () => held.filter(({ freeAt }) => freeAt === Number.POSITIVE_INFINITY).length;
  const dropFreed = () => {
    held = held.filter(({ freeAt }) => clock.elapsed() < freeAt);
  };
  const isOpen = () => closedUntil <= clock.elapsed() && held.length < callsMax && inFlight() < inFlightMax;

  /** When the slot after `ahead` others will be free, as far as it is known: calls under way are taken to end now. */
  const expectedAt = (ahead: number): number => {
    const now = clock.elapsed();
    const freed = held.map(({ freeAt }) => Math.min(freeAt, now + windowMs)).sort((one, other) => one - other);
    const rounds = Math.floor(ahead / callsMax);
    const place = held.length + (ahead % callsMax) - callsMax;
    const slotAt = place < 0 ? now : (freed[place] ?? now + windowMs);
    return Math.max(slotAt + rounds * windowMs, closedUntil);
  };

  const begin = (): Slot => {
    const call = { freeAt: Number.POSITIVE_INFINITY };
    held.push(call);
    return {
      end: () => {
        if (call.freeAt !== Number.POSITIVE_INFINITY) return;
        call.freeAt = clock.elapsed() + windowMs;
        admit();
      },
    };
  };

  const admit = (): void => {
    dropFreed();
    while (isOpen()) {
      const waiter = queue.shift();
      if (waiter === undefined) return;
      waiter.admit(begin());
    }
    wake();
  };

  /** Looks again when the next slot falls free; a call that ends looks by itself. */
  const wake = (): void => {
    const waitsForWindow = clock.elapsed() < closedUntil || callsMax <= held.length;
    if (isWaking || queue.length === 0 || !waitsForWindow) return;
    const waitMs = Math.max(1, Math.min(expectedAt(0) - clock.elapsed(), windowMs));
    isWaking = true;
    const done = () => {
      isWaking = false;
      admit();
    };
    clock.wait(waitMs, queueSignal()).then(done, done);
  };
  const queueSignal = () => queue[0]?.patience.signal ?? new AbortController().signal;

  const exhausted = (at: number): Failure => {
    const retryAfterSeconds = Math.max(1, Math.ceil((at - clock.elapsed()) / 1000));
    return new Failure('UPSTREAM_BUDGET_EXHAUSTED', 'No upstream call can be had in time', {
      reason: 'QUOTA',
      retryAfterSeconds,
    });
  };

  return {
    state: () => {
      dropFreed();
      return { remaining: Math.max(0, callsMax - held.length), queuedCalls: queue.length, inFlightCalls: inFlight() };
    },
    close: (retryAfterMs) => {
      closedUntil = Math.max(closedUntil, clock.elapsed() + (retryAfterMs ?? windowMs));
      for (const waiter of queue.filter(({ patience }) => patience.deadlineAt() < closedUntil)) {
        waiter.refuse(exhausted(closedUntil));
      }
    },
    async take(patience) {
      patience.signal.throwIfAborted();
      dropFreed();
      if (queue.length === 0 && isOpen()) return begin();
      const at = expectedAt(queue.length);
      if (queueMax <= queue.length || patience.deadlineAt() < at) throw exhausted(at);
      const slot = waitInQueue(queue, patience, admit);
      wake();
      return await slot;
    },
  };
}

async function waitInQueue(queue: Waiter[], patience: Patience, admitNext: () => void): Promise<Slot> {
  const { promise, resolve, reject } = Promise.withResolvers<Slot>();
  const leave = (reason: unknown) => {
    const place = queue.indexOf(waiter);
    if (place === -1) return;
    queue.splice(place, 1);
    reject(reason);
    admitNext();
  };
  const waiter: Waiter = { patience, admit: resolve, refuse: leave };
  const onAbort = () => leave(patience.signal.reason);
  queue.push(waiter);
  patience.signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await promise;
  } finally {
    patience.signal.removeEventListener('abort', onAbort);
  }
}
