import { Failure } from '../errors.ts';
import type { Clock, Patience } from '../model/ports.ts';
import { createLedger, type Ledger, type LedgerSettings } from './ledger.ts';

/** The right to make one call. It counts against the budget from sending until a window after `end`. */
export type Slot = { end(): void };

export type Budget = {
  /**
   * Waits for the right to make a call, first come first served. Fails at once with UPSTREAM_BUDGET_EXHAUSTED, and the seconds after which it is
   * worth asking again, when no slot can be had before the deadline or too many wait already.
   */
  take(patience: Patience): Promise<Slot>;
  /** When a call that is asked for now could begin, as far as it is known, background work aside: by Clock.elapsed. */
  nextAt(): number;
  /** The upstream refused for its rate: no call until then. Without a stated time, for a window. Says in how many milliseconds it opens. */
  close(retryAfterMs: number | undefined): number;
  state(): { readonly remaining: number; readonly queuedCalls: number; readonly inFlightCalls: number };
};

export type BudgetSettings = LedgerSettings & { readonly queueMax: number };

type Waiter = {
  readonly patience: Patience;
  readonly admit: (slot: Slot) => void;
  readonly refuse: (reason: unknown) => void;
};

/**
 * A gate of one process: never more than `callsMax` calls in any span of `windowMs`, however they are spread. Work in the background waits until nobody
 * else does, and holds at most half of the slots.
 */
export function createBudget(settings: BudgetSettings, clock: Clock): Budget {
  const ledger = createLedger(settings, clock);
  const background = createLedger({ ...settings, callsMax: Math.max(1, Math.floor(settings.callsMax / 2)) }, clock);
  let queue: readonly Waiter[] = [];

  const begin = (patience: Patience): Slot =>
    slotOf(isBackground(patience) ? [ledger, background] : [ledger], () => look());

  const next = () => (ledger.isOpen() ? firstOf(queue, background) : undefined);

  /** Lets in the first ones while it is open, and wakes again when that may change with time. A call that ends looks by itself. */
  const look = (): void => {
    queue = sendAwayTheLate(queue, ledger, clock);
    for (let first = next(); first !== undefined; first = next()) {
      queue = without(queue, first);
      first.admit(begin(first.patience));
    }
    alarm.set(nextChangeAt(queue, ledger, background));
  };
  const alarm = createAlarm(clock, look);

  const leave = (waiter: Waiter): void => {
    queue = without(queue, waiter);
    waiter.refuse(waiter.patience.signal.reason);
    look();
  };
  const enter = (waiter: Waiter): void => {
    queue = [...queue, waiter];
    look();
  };

  return {
    state: () => stateOf(ledger, queue),
    close: (retryAfterMs) => {
      ledger.shutUntil(clock.elapsed() + (retryAfterMs ?? settings.windowMs));
      look();
      return ledger.state().shutUntil - clock.elapsed();
    },
    nextAt: () => ledger.expectedAt(countForeground(queue)),
    async take(patience) {
      patience.signal.throwIfAborted();
      const isFree = isBackground(patience) ? queue.length === 0 && background.isOpen() : countForeground(queue) === 0;
      if (isFree && ledger.isOpen()) return begin(patience);
      const at = ledger.expectedAt(countForeground(queue));
      if (settings.queueMax <= queue.length || isLate(patience, at)) throw exhausted(at, clock);
      return await waitInQueue(patience, enter, leave);
    },
  };
}

/** Who is next: the first that somebody waits for, else the first of the background, if that may have another. */
function firstOf(queue: readonly Waiter[], background: Ledger): Waiter | undefined {
  return queue.find(({ patience }) => !isBackground(patience)) ?? (background.isOpen() ? queue[0] : undefined);
}

function stateOf(ledger: Ledger, queue: readonly Waiter[]): ReturnType<Budget['state']> {
  const { remaining, inFlightCalls } = ledger.state();
  return { remaining, queuedCalls: queue.length, inFlightCalls };
}

function without(queue: readonly Waiter[], waiter: Waiter): readonly Waiter[] {
  return queue.filter((each) => each !== waiter);
}

function isBackground(patience: Patience): boolean {
  return patience.isBackground?.() === true;
}

function countForeground(queue: readonly Waiter[]): number {
  return queue.filter(({ patience }) => !isBackground(patience)).length;
}

/** A call that ends lets the next one in. */
function slotOf(ledgers: readonly Ledger[], onEnd: () => void): Slot {
  const ends = ledgers.map((ledger) => ledger.begin());
  return {
    end: () => {
      for (const endCall of ends) endCall();
      onEnd();
    },
  };
}

async function waitInQueue(
  patience: Patience,
  enter: (waiter: Waiter) => void,
  leave: (waiter: Waiter) => void,
): Promise<Slot> {
  const { promise, resolve, reject } = Promise.withResolvers<Slot>();
  const waiter: Waiter = { patience, admit: resolve, refuse: reject };
  const onAbort = () => leave(waiter);
  patience.signal.addEventListener('abort', onAbort, { once: true });
  enter(waiter);
  try {
    return await promise;
  } finally {
    patience.signal.removeEventListener('abort', onAbort);
  }
}

/** Refuses those who would wait past their deadlines, and returns the others. */
function sendAwayTheLate(queue: readonly Waiter[], ledger: Ledger, clock: Clock): readonly Waiter[] {
  const staying: Waiter[] = [];
  for (const waiter of queue) {
    const at = ledger.expectedAt(countForeground(staying));
    if (isLate(waiter.patience, at)) waiter.refuse(exhausted(at, clock));
    else staying.push(waiter);
  }
  return staying;
}

/** A slot at the very deadline, or after it, is of no use. */
function isLate(patience: Patience, slotAt: number): boolean {
  return latestAt(patience) <= slotAt;
}

function latestAt(patience: Patience): number {
  return patience.slotBefore?.() ?? patience.deadlineAt();
}

function exhausted(at: number, clock: Clock): Failure {
  const retryAfterSeconds = Math.max(1, Math.ceil((at - clock.elapsed()) / 1000));
  return new Failure('UPSTREAM_BUDGET_EXHAUSTED', 'No upstream call can be had in time', {
    reason: 'QUOTA',
    retryAfterSeconds,
  });
}

/** When a slot falls free with time, or somebody's patience ends. */
function nextChangeAt(queue: readonly Waiter[], ledger: Ledger, background: Ledger): number {
  if (queue.length === 0) return Number.POSITIVE_INFINITY;
  const freeAt = (each: Ledger) => (each.isShutByTime() ? each.expectedAt(0) : Number.POSITIVE_INFINITY);
  const isAllBackground = countForeground(queue) === 0;
  const slotAt =
    isAllBackground && background.isShutByTime()
      ? Math.max(background.expectedAt(0), ledger.expectedAt(0))
      : freeAt(ledger);
  return queue.reduce((earliest, { patience }) => Math.min(earliest, latestAt(patience)), slotAt);
}

const alarmMsMax = 60_000;

/** Rings once at the moment that was set last; early rather than never. Infinity turns it off. */
function createAlarm(clock: Clock, ring: () => void): { set(at: number): void } {
  let current: { readonly at: number; readonly off: AbortController } | undefined;
  return {
    set: (at) => {
      if (current?.at === at) return;
      current?.off.abort();
      current = undefined;
      if (at === Number.POSITIVE_INFINITY) return;
      const next = { at, off: new AbortController() };
      current = next;
      const waitMs = Math.min(Math.max(1, Math.ceil(at - clock.elapsed())), alarmMsMax);
      const wake = () => {
        if (current !== next) return;
        current = undefined;
        ring();
      };
      clock.wait(waitMs, next.off.signal).then(wake, () => undefined);
    },
  };
}
