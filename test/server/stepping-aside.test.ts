import { expect, test } from 'vitest';
import { createSteppingAside } from '../../src/server/stepping-aside.ts';

function makeDesk(countMax: number) {
  let [nowMs, callerAt] = [0, 0];
  const aside = createSteppingAside(countMax, () => nowMs);
  return {
    aside,
    pass: (ms: number) => {
      nowMs += ms;
    },
    /** Refuses so many, of two callers in turns. Says how often it was told that these were too many. */
    refuse: (count: number) => {
      const notes = Array.from({ length: count }, () => aside.note(`caller ${callerAt++ % 2}`));
      return notes.filter((isTooMany) => isTooMany).length;
    },
  };
}

test('it is heavy once so many are refused within five seconds, says so once, and for ten seconds', () => {
  const desk = makeDesk(10);
  expect(desk.refuse(9)).toBe(0);
  expect(desk.aside.isHeavy()).toBe(false);
  expect(desk.refuse(1)).toBe(1);
  expect(desk.aside.isHeavy()).toBe(true);
  expect(desk.refuse(50)).toBe(0);
  desk.pass(9_999);
  expect(desk.aside.isHeavy()).toBe(true);
  desk.pass(1);
  expect(desk.aside.isHeavy()).toBe(false);
});

test('a few now and then are not too many', () => {
  const desk = makeDesk(10);
  for (let round = 0; round < 20; round++) {
    desk.refuse(9);
    desk.pass(5_000);
    expect(desk.aside.isHeavy()).toBe(false);
  }
});

test('five seconds begin with a refusal, whenever it comes', () => {
  const desk = makeDesk(10);
  desk.pass(4_000);
  desk.refuse(5);
  desk.pass(4_999);
  desk.refuse(5);
  expect(desk.aside.isHeavy()).toBe(true);
});

test('one caller alone never makes it heavy, and two do', () => {
  const { aside } = makeDesk(10);
  for (let at = 0; at < 1_000; at++) aside.note('flood');
  expect(aside.isHeavy()).toBe(false);
  for (let at = 0; at < 5; at++) aside.note('other');
  expect(aside.isHeavy()).toBe(true);
});

test('nought means never, and two is the least', () => {
  const least = makeDesk(2);
  expect([least.refuse(1), least.refuse(1)]).toEqual([0, 1]);
  const desk = makeDesk(0);
  desk.refuse(1_000);
  expect(desk.aside.isHeavy()).toBe(false);
});
