import type { Clock } from '../model/ports.ts';
import type { Leases } from '../model/sharing.ts';

/** A piece of work that several replicas may want at the same time. */
export type Errand<T> = {
  readonly key: string;
  /** What is done bears a greater number. */
  readonly atLeast: number;
  readonly signal: AbortSignal;
  /** Whether it is done by now, as the others can see it. */
  look(): Promise<T | undefined>;
  /** Told again and again while another replica does it, and for how many milliseconds so far: whether to wait no longer and `goOn`. Throws, to give up. */
  onWait(waitedMs: number): boolean;
  /** Does it beside the other. */
  goOn(): Promise<T>;
  /** Does it, under a number that is greater than that of all who did it before. */
  work(number: number): Promise<T>;
};

export type OnceParts = { readonly leases: Leases; readonly clock: Clock };

const waitMsMin = 25;
const waitMsMax = 1_000;
const waitGrowth = 1.5;

/**
 * Does a piece of work once, however many replicas want it: who has its lease looks whether it is done, and does it; the others wait for what he brings, or
 * for the lease. Where nothing is shared by now, everybody has every lease. Rejects as the work does, with what `onWait` throws, or with the signal's reason.
 */
export async function once<T>(errand: Errand<T>, { leases, clock }: OnceParts): Promise<T> {
  const { key, atLeast, signal } = errand;
  const beganAt = clock.elapsed();
  for (let waitMs = waitMsMin; ; waitMs = Math.min(waitMsMax, waitMs * waitGrowth)) {
    const lease = await leases.take(key, atLeast);
    if (lease !== null) {
      try {
        return (await errand.look()) ?? (await errand.work(lease.token));
      } finally {
        // Once what was written can be seen by the others. Nobody's answer waits for that.
        lease.release().catch(() => undefined);
      }
    }
    if (errand.onWait(clock.elapsed() - beganAt)) return await errand.goOn();
    await clock.wait(waitMs, signal);
    const done = await errand.look();
    if (done !== undefined) return done;
  }
}
