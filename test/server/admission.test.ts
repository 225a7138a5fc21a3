import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAdmission, type Entered } from '../../src/server/admission.ts';

/** How many of so many that ask at once are let in, and why the first that isn't is refused. */
function fill(placesMax: number, callers: readonly string[]): { counts: Map<string, number>; refusals: string[] } {
  const admission = createAdmission(placesMax);
  const counts = new Map<string, number>();
  const refusals: string[] = [];
  for (const caller of callers) {
    const entered = admission.enter(caller);
    if (typeof entered === 'string') refusals.push(entered);
    else counts.set(caller, (counts.get(caller) ?? 0) + 1);
  }
  return { counts, refusals };
}

test('one caller alone has half of the places, however many he asks for', () => {
  const { counts, refusals } = fill(10, Array<string>(50).fill('greedy'));
  expect(counts.get('greedy')).toBe(5);
  expect(new Set(refusals)).toEqual(new Set(['callerShare']));
});

test('beside one who has taken all that he may, there is place for whoever comes next', () => {
  const { counts } = fill(12, [...Array<string>(50).fill('greedy'), 'second', 'third', 'fourth']);
  expect(Object.fromEntries(counts)).toEqual({ greedy: 6, second: 1, third: 1, fourth: 1 });
});

test.for<[count: number, each: number]>([
  [1, 1],
  [2, 4],
  [3, 3],
  [5, 2],
])(
  'callers who ask in turns have equal shares, and leave as many again: %i callers have %i each of 12',
  ([count, each]) => {
    const names = Array.from({ length: count }, (_, at) => `caller ${at}`);
    const { counts } = fill(12, Array.from({ length: 50 }, () => names).flat());
    if (count === 1) expect(counts.get('caller 0')).toBe(6);
    else expect([...counts.values()]).toEqual(Array(count).fill(each));
  },
);

test('all places are taken by as many callers, and then the gateway is full for everybody', () => {
  const { counts, refusals } = fill(3, ['one', 'two', 'three', 'four']);
  expect([...counts.values()]).toEqual([1, 1, 1]);
  expect(refusals).toEqual(['inFlight']);
});

test('a place comes back once, however often it is left', () => {
  const admission = createAdmission(1);
  const entered = admission.enter('one');
  expect(admission.enter('two')).toBe('inFlight');
  for (let time = 0; time < 3; time++) if (typeof entered !== 'string') entered.leave();
  expect(admission.count()).toBe(0);
  expect(typeof admission.enter('two')).toBe('object');
  expect(admission.enter('one')).toBe('inFlight');
});

test('whatever comes and goes: never more than there are places, and none is lost', () => {
  const steps = fc.array(fc.record({ caller: fc.constantFrom('a', 'b', 'c'), leaves: fc.boolean() }), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), steps, (placesMax, taken) => {
      const admission = createAdmission(placesMax);
      const inside: Entered[] = [];
      for (const { caller, leaves } of taken) {
        const entered = leaves ? 'left' : admission.enter(caller);
        if (leaves) inside.shift()?.leave();
        else if (typeof entered !== 'string') inside.push(entered);
        expect(admission.count()).toBe(inside.length);
        expect(inside.length).toBeLessThanOrEqual(placesMax);
      }
      for (const { leave } of inside) leave();
      expect(admission.count()).toBe(0);
    }),
  );
});
