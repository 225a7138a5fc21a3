import type { Clock } from '../model/ports.ts';
import type { CallAsk, CallWindow } from '../model/sharing.ts';
import { type Callers, createCallers, shareOf } from './callers.ts';
import { createKinds, type Kinds } from './kinds.ts';
import { createLearnedQuota } from './learned-quota.ts';

export type WindowSettings = {
  /** Calls in any rolling window. */
  readonly callsMax: number;
  readonly windowMs: number;
  /** Of these, what scans leave to lists that somebody waits for; a quarter at most. */
  readonly keptForDirect: number;
};

/** The rolling window of an account that this process has to itself: never more than `callsMax` calls in any span of `windowMs`. */
export function createOwnWindow(settings: WindowSettings, clock: Clock): CallWindow {
  const kinds = createKinds(settings, clock);
  const callers = createCallers(settings.windowMs, clock);
  const quota = createLearnedQuota(settings, clock);
  let shutUntil = Number.NEGATIVE_INFINITY;
  let waiting: readonly CallAsk[] = [];
  const expectedAt: CallWindow['expectedAt'] = (kind, ahead) =>
    Math.max(shutUntil, kinds.freeAt(kind, quota.callsMax(), ahead));
  const whyNot = (ask: CallAsk): 'full' | 'kind' | 'share' | 'shut' | null => {
    const callsMax = quota.callsMax();
    if (clock.elapsed() < shutUntil) return 'shut';
    if (!kinds.isOpenTo('direct', callsMax)) return 'full';
    if (!kinds.isOpenTo(ask.kind, callsMax)) return 'kind';
    return mustYield(ask, waiting, callsMax, { callers, kinds }) ? 'share' : null;
  };
  return {
    expectedAt,
    async take(ask, signal) {
      signal.throwIfAborted();
      const because = whyNot(ask);
      if (because !== null) return { kind: 'later', at: expectedAt(ask.kind, 0), because };
      const ends = [kinds.begin(ask.kind), callers.begin(ask.caller)];
      const end = () => {
        for (const endCall of ends) endCall();
      };
      return { kind: 'granted', slot: { end } };
    },
    waiting: (asks) => {
      waiting = asks;
    },
    refused(shutMs) {
      // Those that were under way are refused too: that says nothing new.
      if (shutUntil <= clock.elapsed()) quota.refusedAfter(kinds.all.count() - kinds.all.inFlightCount());
      shutUntil = Math.max(shutUntil, clock.elapsed() + shutMs);
    },
    state() {
      const wholeAt = Math.max(shutUntil, kinds.all.emptyAt());
      const left = Math.max(0, quota.callsMax() - kinds.all.count());
      return {
        callsMax: quota.callsMax(),
        remaining: clock.elapsed() < shutUntil ? 0 : left,
        wholeAt: wholeAt <= clock.elapsed() ? null : wholeAt,
      };
    },
    close: async () => undefined,
  };
}

/** Whether somebody waits who has had less than his share, and can be served: then one who had his, or whom nobody waits for, lets him go first. */
function mustYield(
  { kind, caller }: CallAsk,
  waiting: readonly CallAsk[],
  callsMax: number,
  { callers, kinds }: { readonly callers: Callers; readonly kinds: Kinds },
): boolean {
  const share = shareOf(callsMax, callers.activeCount(waiting.map((ask) => ask.caller)));
  if (kind !== 'background' && callers.count(caller) < share) return false;
  return waiting.some(
    (other) =>
      other.kind !== 'background' &&
      other.caller !== caller &&
      callers.count(other.caller) < share &&
      kinds.isOpenTo(other.kind, callsMax),
  );
}
