import type { Clock } from '../model/ports.ts';
import type { CallAsk, CallWindow, Slot, SlotAnswer } from '../model/sharing.ts';
import type { Outbox } from './outbox.ts';
import type { Spans } from './window-settings.ts';

/** The calls of a replica that can't reach the others: a window of its own, of the share that they leave to it. */
export type Isolation = {
  /** Takes a slot of the share; null: nothing may be taken here for now. */
  take(ask: CallAsk, share: number, signal: AbortSignal): Promise<SlotAnswer | null>;
  /** Its own window, while there is one. */
  window(): CallWindow | null;
  /** Notes all calls that still count for the others. Nothing is taken here until `goOn`. */
  handOver(): void;
  goOn(): void;
  /** The others know of all of them: the next isolation begins with none. */
  forget(): void;
};

export type IsolationParts = {
  readonly createOwnWindow: (callsMax: number) => CallWindow;
  readonly nextMember: (ask: CallAsk) => string;
  /** Who waits here. */
  readonly asks: () => readonly CallAsk[];
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly spans: Spans;
};

/** No call was made alone yet. */
export function createIsolation(parts: IsolationParts): Isolation {
  const { createOwnWindow, asks } = parts;
  let own: CallWindow | null = null;
  let isPaused = false;
  let calls = createLoneCalls(parts);
  return {
    window: () => (isPaused ? null : own),
    async take(ask, share, signal) {
      if (isPaused || share < 1) return null;
      own ??= createOwnWindow(share);
      const taking = own;
      taking.waiting(asks());
      const answer = await taking.take(ask, signal);
      if (answer.kind === 'later') return answer;
      if (!isPaused && taking === own) return { kind: 'granted', slot: calls.begin(ask, answer.slot) };
      // The others are just being told of all calls, and not of this one.
      answer.slot.end();
      return null;
    },
    handOver() {
      isPaused = true;
      calls.tell();
    },
    goOn() {
      isPaused = false;
      calls.tellNoMore();
    },
    forget() {
      isPaused = false;
      own = null;
      calls = createLoneCalls(parts);
    },
  };
}

/** Calls that the others don't know of. */
type LoneCalls = {
  begin(ask: CallAsk, slot: Slot): Slot;
  /** Notes all of them that still count, and each end from now on. */
  tell(): void;
  tellNoMore(): void;
};

function createLoneCalls({ nextMember, outbox, clock, spans }: IsolationParts): LoneCalls {
  /** Until when each counts; Infinity while it is under way. */
  const untilAts = new Map<string, number>();
  let isTold = false;
  const dropOld = (): void => {
    const now = clock.elapsed();
    for (const [member, untilAt] of untilAts) if (untilAt <= now) untilAts.delete(member);
  };
  return {
    begin(ask, slot) {
      dropOld();
      const member = nextMember(ask);
      untilAts.set(member, Number.POSITIVE_INFINITY);
      return {
        end() {
          if (untilAts.get(member) !== Number.POSITIVE_INFINITY) return;
          const untilAt = clock.elapsed() + spans.countsMs;
          untilAts.set(member, untilAt);
          slot.end();
          if (isTold) outbox.note(member, untilAt);
        },
      };
    },
    tell() {
      isTold = true;
      dropOld();
      for (const [member, untilAt] of untilAts) outbox.note(member, untilAt);
    },
    tellNoMore() {
      isTold = false;
    },
  };
}
