import { Failure } from '../errors.ts';
import type { Clock } from '../model/ports.ts';

/** Spares an upstream that fails whatever it is asked: everybody would otherwise go on to ask it, and pay for each call. */
export type Breaker = {
  /**
   * Makes a call, unless the upstream has failed too often in a row: then throws what it has lately failed with. After a rest one call is let through, and all others wait for
   * what it is told. `isFirstPage`: a page behind the first may be refused for its offset alone.
   */
  guard<T>(isFirstPage: boolean, call: () => Promise<T>): Promise<T>;
};

/** As many as a lane has places: they are under way together, and none of them knows yet of the others. */
const failuresMax = 8;
/** After this long it is asked again. */
const restMsMin = 1_000;
/**
 * What no time mends, such as a credential that is refused, is asked about less and less often, down to once in so long: each call is one of the account's, and others of it have
 * calls that would be answered.
 */
const restMsMax = 60_000;

/** Lets everything through at first. */
export function createBreaker(clock: Clock): Breaker {
  let failures: readonly Failure[] = [];
  let restMs = restMsMin;
  let restUntil = Number.NEGATIVE_INFINITY;
  let probe: Promise<unknown> | undefined;
  const lately = () => (failuresMax <= failures.length ? failures[0] : undefined);

  const attempt = async <T>(isFirstPage: boolean, call: () => Promise<T>, isProbe = false): Promise<T> => {
    try {
      const result = await call();
      failures = [];
      restMs = restMsMin;
      return result;
    } catch (error) {
      if (error instanceof Failure && isUpstreamsOwn(error, isFirstPage)) {
        // Calls that were under way when it opened say nothing new.
        if (isProbe) restMs = isMendedByTime(error) ? restMsMin : Math.min(2 * restMs, restMsMax);
        failures = [error, ...failures].slice(0, failuresMax);
        restUntil = Math.max(restUntil, clock.elapsed() + (isProbe ? restMs : restMsMin));
      }
      throw error;
    }
  };

  return {
    async guard(isFirstPage, call) {
      // Each turn waits for one probe, and ends unless that one was left by who had sent it.
      for (let failure = lately(); failure !== undefined; failure = lately()) {
        if (clock.elapsed() < restUntil) throw failure;
        if (probe === undefined) {
          const result = attempt(isFirstPage, call, true);
          probe = result
            .catch(() => undefined)
            .finally(() => {
              probe = undefined;
            });
          return await result;
        }
        await probe;
      }
      return await attempt(isFirstPage, call);
    },
  };
}

function isMendedByTime({ code }: Failure): boolean {
  return code !== 'UPSTREAM_AUTH' && code !== 'UPSTREAM_FORBIDDEN' && code !== 'UPSTREAM_NOT_FOUND';
}

/** A failure of the upstream as a whole: not that of one page of a list, nor for want of quota. */
function isUpstreamsOwn({ code }: Failure, isFirstPage: boolean): boolean {
  switch (code) {
    case 'UPSTREAM_UNAVAILABLE':
    case 'UPSTREAM_TIMEOUT':
    case 'UPSTREAM_AUTH':
    case 'UPSTREAM_FORBIDDEN':
    case 'UPSTREAM_NOT_FOUND':
      return true;
    case 'UPSTREAM_BAD_RESPONSE':
    case 'UPSTREAM_TOO_LARGE':
      return isFirstPage;
    default:
      return false;
  }
}
