import type { Clock } from '../model/ports.ts';

const alarmMsMax = 60_000;

/** Rings once at the moment that was set last (by Clock.elapsed), or a minute from now if that is earlier. Infinity turns it off. */
export function createAlarm(clock: Clock, ring: () => void): { set(at: number): void } {
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
