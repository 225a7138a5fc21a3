import type { Clock, Patience } from '../model/ports.ts';
import type { CallAsk, CallKind, CallWindow, Slot } from '../model/sharing.ts';
import { createAlarm } from './alarm.ts';
import { createCallers } from './callers.ts';
import { askOf, createQueue, type Queue, type Waiter } from './queue.ts';

export type Budget = {
  /**
   * Waits for the right to make a call. Fails with UPSTREAM_BUDGET_EXHAUSTED, and the seconds after which it is worth asking again, as soon as no slot can be
   * had before the deadline, or when too many wait already.
   */
  take(patience: Patience): Promise<Slot>;
  /** Who waits, or what for, has changed: lets in who may come in by now. */
  look(): void;
  /** When a call of this kind that is asked for now could begin, as far as it is known: by Clock.elapsed, in milliseconds. */
  nextAt(kind: CallKind): number;
  /** The upstream refused for its rate: no call until then. Without a stated time, for a window. Says in how many milliseconds it opens. */
  close(retryAfterMs: number | undefined): number;
  state(): BudgetState;
};

export type BudgetState = {
  /** Calls of a window by now: fewer than were set while others seem to use the account. */
  readonly callsMax: number;
  readonly remaining: number;
  readonly queuedCalls: number;
  readonly queuedByKind: Readonly<Record<CallKind, number>>;
  readonly inFlightCalls: number;
  /** When all calls can be had again, in milliseconds since 1970; null: they can by now. */
  readonly resetAt: number | null;
};

export type BudgetSettings = {
  readonly windowMs: number;
  readonly inFlightMax: number;
  readonly queueMax: number;
  readonly queuedPerCallerMax: number;
};

/** The shortest time after which the window is asked again: what it says may be of a while ago. */
const againMsMin = 5;

/**
 * The gate that every call passes. Who has had less than a fair share of the window goes first, then lists before scans, then who came first; what nobody
 * waits for goes last. The window itself says whether there is a slot.
 */
export function createBudget(settings: BudgetSettings, window: CallWindow, clock: Clock): Budget {
  const callers = createCallers(settings.windowMs, clock);
  const queue = createQueue(settings, { callers, window, clock });
  const places = createPlaces(settings.inFlightMax);
  let shutUntil = Number.NEGATIVE_INFINITY;

  const slotFor = (slot: Slot, { kind, caller }: CallAsk): Slot => {
    const leavePlace = places.enter(kind);
    const endCall = callers.begin(caller);
    let isUnderWay = true;
    return {
      end() {
        if (!isUnderWay) return;
        isUnderWay = false;
        slot.end();
        leavePlace();
        endCall();
        pump.run();
      },
    };
  };
  const pump = createPump(async () => {
    const againAt = await admitAll({ queue, places, window, clock, slotFor });
    queue.sendAway();
    // Others need not let those go first who can't go.
    window.waiting(queue.asks().filter(({ kind }) => places.isOpenTo(kind)));
    alarm.set(Math.min(againAt, queue.earliestDeadline()));
  });
  const alarm = createAlarm(clock, pump.run);

  return {
    look: pump.run,
    nextAt: (kind) => window.expectedAt(kind, queue.aheadOf(kind)),
    close(retryAfterMs) {
      const shutMs = retryAfterMs ?? settings.windowMs;
      shutUntil = Math.max(shutUntil, clock.elapsed() + shutMs);
      window.refused(shutMs);
      pump.run();
      return shutUntil - clock.elapsed();
    },
    async take(patience) {
      patience.signal.throwIfAborted();
      return await queue.wait(patience, pump.run);
    },
    state: () => stateOf(window, queue, places, clock),
  };
}

function stateOf(window: CallWindow, queue: Queue, places: Places, clock: Clock): BudgetState {
  const { callsMax, remaining, wholeAt } = window.state();
  const queuedByKind = queue.countByKind();
  return {
    callsMax,
    remaining,
    queuedCalls: queuedByKind.direct + queuedByKind.scan + queuedByKind.background,
    queuedByKind,
    inFlightCalls: places.count(),
    resetAt: wholeAt === null ? null : Math.round(clock.now() + wholeAt - clock.elapsed()),
  };
}

type Admission = {
  readonly queue: Queue;
  readonly places: Places;
  readonly window: CallWindow;
  readonly clock: Clock;
  readonly slotFor: (slot: Slot, ask: CallAsk) => Slot;
};

/** Lets in whoever can be let in. Says when that may change with time; the end of a call changes it too. */
async function admitAll({ queue, places, window, clock, slotFor }: Admission): Promise<number> {
  const blockedKinds = new Set<CallKind>();
  const blockedCallers = new Set<string>();
  let againAt = Number.POSITIVE_INFINITY;
  const isBlocked = ({ kind, caller }: CallAsk) =>
    blockedKinds.has(kind) || blockedCallers.has(caller) || !places.isOpenTo(kind);
  for (;;) {
    const next = queue.first((waiter) => !isBlocked(askOf(waiter.patience)));
    if (next === undefined) return againAt;
    const ask = askOf(next.patience);
    queue.noteAsking(next);
    const answer = await window.take(ask, neverAborted);
    queue.noteAsking(null);
    if (answer.kind === 'granted') {
      hand(slotFor(answer.slot, ask), next, ask, queue);
      continue;
    }
    againAt = Math.min(againAt, Math.max(answer.at, clock.elapsed() + againMsMin));
    if (answer.because === 'kind') blockedKinds.add(ask.kind);
    else if (answer.because === 'share') blockedCallers.add(ask.caller);
    else return againAt;
  }
}

/** The window never waits, so there is nothing to abort. */
const neverAborted = new AbortController().signal;

/** Gives a slot to whom it was taken for; if he has left meanwhile, to the next of the kind, or back. */
function hand(slot: Slot, waiter: Waiter, { kind }: CallAsk, queue: Queue): void {
  const taker = queue.has(waiter) ? waiter : queue.first(({ patience }) => askOf(patience).kind === kind);
  if (taker === undefined) slot.end();
  else queue.admit(taker, slot);
}

/** Calls under way at once. Scans leave one place to lists. */
type Places = {
  isOpenTo(kind: CallKind): boolean;
  /** The function that is returned leaves the place. */
  enter(kind: CallKind): () => void;
  count(): number;
};

function createPlaces(placesMax: number): Places {
  const scanPlacesMax = Math.max(1, placesMax - 1);
  let [allCount, scanCount] = [0, 0];
  return {
    count: () => allCount,
    isOpenTo: (kind) => allCount < placesMax && (kind === 'direct' || scanCount < scanPlacesMax),
    enter(kind) {
      const scanWidth = kind === 'direct' ? 0 : 1;
      allCount += 1;
      scanCount += scanWidth;
      return () => {
        allCount -= 1;
        scanCount -= scanWidth;
      };
    },
  };
}

/** Runs one round after another, never two at once; a call meanwhile asks for one more. */
function createPump(round: () => Promise<void>): { run(): void } {
  let [isRunning, isWanted] = [false, false];
  const work = async (): Promise<void> => {
    isRunning = true;
    try {
      while (isWanted) {
        isWanted = false;
        await round();
      }
    } finally {
      isRunning = false;
    }
  };
  return {
    run() {
      isWanted = true;
      if (!isRunning) void work();
    },
  };
}
