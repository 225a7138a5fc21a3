import type { Clock } from '../model/ports.ts';
import type { Agenda } from '../model/sharing.ts';
import type { Scanner } from './scanner.ts';

/** Goes on with what other replicas have begun to read and can't finish. */
export type Takeover = { close(): Promise<void> };

export type TakeoverParts = {
  readonly agenda: Agenda;
  readonly scanner: Pick<Scanner, 'readBehind'>;
  readonly clock: Clock;
  /** Whether it is this process that does it. */
  readonly isOurs: () => boolean;
};

const everyMs = 2_000;

/** Looks every two seconds. What is taken over is read in the background: whoever asked for it is gone with its reader, and asks again. */
export function createTakeover({ agenda, scanner, clock, isOurs }: TakeoverParts): Takeover {
  const ending = new AbortController();
  const { signal } = ending;
  const work = async (): Promise<void> => {
    while (!signal.aborted) {
      const orphans = isOurs() ? await agenda.orphans() : [];
      for (const question of orphans) scanner.readBehind({ question, newerThan: 0 });
      await clock.wait(everyMs, signal).catch(() => undefined);
    }
  };
  const working = work();
  return {
    async close() {
      ending.abort();
      await working;
    },
  };
}
