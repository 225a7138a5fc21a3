import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How late the event loop is. */
export type Lateness = {
  /** Milliseconds by which it was late on average, half a second ago or less. */
  meanMs(): number;
  close(): void;
};

const resolutionMs = 10;
/** Long enough for one long step not to look like a loop that never comes round. */
const sampleMs = 500;

/** Watches the event loop until it is closed. */
export function watchLateness(): Lateness {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  let meanMs = 0;
  delays.enable();
  const timer = setInterval(() => {
    // Nothing was counted: the loop has been stuck for the whole of it.
    meanMs = delays.count === 0 ? sampleMs : Math.max(0, delays.mean / 1e6 - resolutionMs);
    delays.reset();
  }, sampleMs);
  timer.unref();
  return {
    meanMs: () => meanMs,
    close() {
      clearInterval(timer);
      delays.disable();
    },
  };
}
