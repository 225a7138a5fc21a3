import { Failure } from './errors.ts';
import type { Clock } from './model/ports.ts';
import { closeDoor, type Requests } from './server/leaving.ts';

type Door = Parameters<typeof closeDoor>[0];

/** How far a gateway is with stopping. */
export type Stopping = {
  /** Whether new requests are welcome. */
  isWelcoming(): boolean;
  /** Whether it closes connections with their answers. */
  isClosing(): boolean;
  /** Aborts when it is over for whatever is under way by then. */
  readonly over: AbortSignal;
  /**
   * Isn't ready from now on, goes on as before for so long, then takes no more requests, and ends when those in flight are finished; those that can't be in time are told that it is
   * over. Never rejects.
   */
  stop(noticeMs: number, app: Door, requests: Requests): Promise<void>;
};

/** What of the time for stopping is kept for the last answers, for what was read to be written, and for the last spans. */
const lastStepsMsMax = 4_000;
const lastStepsShare = 0.2;

/** Nobody has asked it to stop. */
export function createStopping(stopWithinMs: number, clock: Clock): Stopping {
  const over = new AbortController();
  let [isWelcoming, isClosing] = [true, false];
  return {
    isWelcoming: () => isWelcoming,
    isClosing: () => isClosing,
    over: over.signal,
    async stop(noticeMs, app, requests) {
      isWelcoming = false;
      const finished = new AbortController();
      const pass = (waitMs: number) => clock.wait(waitMs, finished.signal);
      const isOver = () => over.abort(new Failure('SHUTTING_DOWN', 'This gateway is shutting down'));
      const lateMs = stopWithinMs - Math.min(lastStepsMsMax, stopWithinMs * lastStepsShare);
      pass(lateMs).then(isOver, () => undefined);
      if (noticeMs > 0) await pass(noticeMs);
      isClosing = true;
      await closeDoor(app, { requests, wait: clock.wait, late: over.signal });
      finished.abort();
      isOver();
    },
  };
}
