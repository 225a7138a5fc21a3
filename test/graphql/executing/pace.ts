import { setImmediate } from 'node:timers/promises';
import { type Chance, chanceOf } from '../../chance.ts';

/** Lets what comes later come one by one, in an order of chance that a seed repeats; and at once where that is wanted. */
export type Pace = {
  /** What `make` returns or throws, later. */
  later(make: () => unknown): Promise<unknown>;
  /** Waits for an answer, and lets all come meanwhile. */
  until<T>(answer: T | Promise<T>): Promise<T>;
  /** Lets all come that is still waited for, also by nobody. */
  drain(): Promise<void>;
};

/** A pace by a seed; with `isAtOnce` all comes as soon as promises do, in their own order. */
export function createPace(seed: number, isAtOnce: boolean): Pace {
  const chance = chanceOf(seed);
  const waiting: (() => void)[] = [];
  return {
    later(make) {
      const promise = isAtOnce
        ? Promise.resolve().then(make)
        : new Promise<void>((come) => waiting.push(come)).then(make);
      // A value that nobody looks at fails for nobody.
      promise.catch(() => undefined);
      return promise;
    },
    async until(answer) {
      let isThere = false;
      const noted = Promise.resolve(answer).finally(() => {
        isThere = true;
      });
      noted.catch(() => undefined);
      for (let turn = 0; turn < turnsMax; turn++) {
        await setImmediate();
        if (isThere) return await noted;
        letOneCome(waiting, chance);
      }
      throw new Error('an answer that never comes');
    },
    async drain() {
      for (let turn = 0; turn < turnsMax && waiting.length > 0; turn++) {
        letOneCome(waiting, chance);
        await setImmediate();
      }
    },
  };
}

const turnsMax = 100_000;

function letOneCome(waiting: (() => void)[], chance: Chance): void {
  if (waiting.length === 0) return;
  const [come] = waiting.splice(chance.below(waiting.length), 1);
  come?.();
}
