import { expect, test } from 'vitest';
import type { ScanDemand } from '../../src/reading/slice.ts';
import { partsAt } from '../../src/reading/split.ts';
import { dayLength, dayStart, days, listOf, openWorld } from './world.ts';

const weeks = (count: number) => Array.from({ length: count }, (_, week) => listOf(days(7, week * 7)));

/** How often it is looked at where a field must have its week cut, while as many fields read a week each. */
async function cutsLookedAt(fieldCount: number): Promise<number> {
  let lookCount = 0;
  const demands = weeks(fieldCount).map((question): ScanDemand => {
    const cuts = [question.window.from + 3_600];
    return {
      question,
      needsAll: true,
      get cuts() {
        lookCount += 1;
        return cuts;
      },
    };
  });
  const operation = openWorld({ rows: [] }).operate();
  operation.expect(demands);
  await Promise.all(demands.map(({ question }) => operation.scan(question).readAll()));
  return lookCount;
}

test('where slices are cut is found once for all of them: the work grows as the fields', async () => {
  expect((await cutsLookedAt(10)) / (await cutsLookedAt(5))).toBeLessThan(2.2);
});

/** How many cuts are looked at to find those of each day, where every day has one. */
function instantsLookedAt(dayCount: number): number {
  let lookCount = 0;
  const cuts = new Proxy(
    Array.from({ length: dayCount }, (_, day) => dayStart + day * dayLength + 3_600),
    {
      get: (target, key) => {
        if (typeof key === 'string' && /^\d+$/.test(key)) lookCount += 1;
        return Reflect.get(target, key);
      },
    },
  );
  for (let day = 0; day < dayCount; day++) {
    const { from, until } = days(1, day);
    expect(partsAt({ from, until }, cuts)).toEqual([
      { from, until: from + 3_600 },
      { from: from + 3_600, until },
    ]);
  }
  return lookCount;
}

test('the cuts of a slice are found without looking at all of them', () => {
  expect(instantsLookedAt(2_000) / instantsLookedAt(1_000)).toBeLessThan(2.2);
});

test('a cut at an edge is none, and the last instant within a span is one', () => {
  const { from, until } = days(1);
  expect(partsAt({ from, until }, [from - 1, from, until - 1, until, until + 1])).toEqual([
    { from, until: until - 1 },
    { from: until - 1, until },
  ]);
  expect(partsAt({ from, until }, [])).toEqual([{ from, until }]);
});
