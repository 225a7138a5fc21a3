import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takeWalk, walks } from './walk.ts';

const seed = 20_261_122;
const walkCount = 1_200;

describe.for(['forward', 'backward'] as const)(
  'walking %s while rows come and go between any two readings',
  (direction) => {
    test('rows that stay are each returned once and in order, or the place of the cursor is truly lost', {
      timeout: 60_000,
    }, () => {
      let endCount = 0;
      fc.assert(
        fc.property(walks, (walk) => {
          const { ending, seen, stayed, isQuiet, isFindable } = takeWalk(walk, direction);
          const stays = new Set(stayed);
          const found = seen.filter((id) => stays.has(id));
          const from = direction === 'forward' ? 0 : stayed.length - found.length;
          expect(new Set(seen).size, 'no row twice').toBe(seen.length);
          expect(found, 'no row is passed over').toEqual(stayed.slice(from, from + found.length));
          expect(ending, 'rows never change places').not.toBe('reordered');
          if (ending === 'end') {
            endCount += 1;
            expect(found, 'the end is the end').toEqual(stayed);
          } else if (isQuiet) {
            expect(ending, 'a quiet list can be read').toBe('gone');
            expect(isFindable, 'a place that can be found is not gone').toBe(false);
          }
        }),
        { seed, numRuns: walkCount },
      );
      expect(endCount / walkCount).toBeGreaterThan(0.7);
    });
  },
);
