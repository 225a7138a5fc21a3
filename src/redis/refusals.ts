import type { Clock } from '../model/ports.ts';
import { toUs } from './server-clock.ts';
import type { Channel } from './window-channel.ts';
import { shutScript } from './window-scripts.ts';

/** Refusals of the upstream, which shut the window for everybody. */
export type Refusals = {
  /** Until when this replica makes no call, whatever the others know. By Clock.elapsed. */
  shutUntil(): number;
  note(shutMs: number): void;
  /** Tells the others what they don't know yet. False: they couldn't be told. */
  tell(): Promise<boolean>;
};

/** It never refused. */
export function createRefusals(channel: Channel, clock: Clock, flush: () => Promise<boolean>): Refusals {
  let shutUntil = Number.NEGATIVE_INFINITY;
  let untold = Number.NEGATIVE_INFINITY;
  const tell = async (): Promise<boolean> => {
    const telling = untold;
    const leftMs = telling - clock.elapsed();
    if (leftMs <= 0) return true;
    // What it teaches is reckoned from the calls that have ended.
    if (!(await flush()) || (await channel.run(shutScript, [toUs(leftMs), 1])) === null) return false;
    if (untold === telling) untold = Number.NEGATIVE_INFINITY;
    return true;
  };
  return {
    shutUntil: () => shutUntil,
    note(shutMs) {
      shutUntil = Math.max(shutUntil, clock.elapsed() + shutMs);
      untold = shutUntil;
      void tell();
    },
    tell,
  };
}
