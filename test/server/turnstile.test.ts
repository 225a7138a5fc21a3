import { expect, test } from 'vitest';
import { waitersAllowed } from '../../src/server/queue-bound.ts';
import { createTurnstile } from '../../src/server/turnstile.ts';

/** A turnstile on a clock and an event loop that stand still until they are moved; each operation takes so long. */
function makeDesk({ waitMsMax = 100, eachMs = 2 } = {}) {
  let nowMs = 0;
  const turns: (readonly (() => void)[])[] = [];
  const told: string[] = [];
  const turnstile = createTurnstile({ waitMsMax, elapsed: () => nowMs, nextTurn: (steps) => turns.push(steps) });
  return {
    told,
    turnstile,
    ask: (caller: string, name = caller) =>
      turnstile.pass(
        caller,
        () => {
          told.push(`${name} begins`);
          nowMs += eachMs;
        },
        () => told.push(`${name} is refused`),
      ),
    pass: (ms: number) => {
      nowMs += ms;
    },
    /** The next turn of the event loop. Says what it came to. */
    turn: () => {
      const before = told.length;
      for (const step of turns.shift() ?? []) step();
      return told.slice(before);
    },
    isIdle: () => turns.length === 0,
  };
}

test('where nobody waits an operation begins at once', () => {
  const desk = makeDesk();
  desk.ask('one');
  expect(desk.told).toEqual(['one begins']);
  expect(desk.turn()).toEqual([]);
  expect(desk.isIdle(), 'an idle gateway is not kept turning').toBe(true);
  desk.ask('other');
  expect(desk.told).toEqual(['one begins', 'other begins']);
});

test('of many that come at once a few begin in each turn, and all of them do', () => {
  const desk = makeDesk();
  for (let at = 0; at < 7; at++) desk.ask('one', `${at}`);
  expect(desk.told).toEqual(['0 begins']);
  expect(desk.turnstile.count()).toBe(6);
  expect(desk.turn()).toEqual(['1 begins', '2 begins']);
  expect(desk.turn()).toEqual(['3 begins', '4 begins']);
  expect(desk.turn()).toEqual(['5 begins', '6 begins']);
  expect(desk.turnstile.count()).toBe(0);
});

test('of those who wait, whoever has begun the fewest lately goes first', () => {
  const desk = makeDesk({ eachMs: 3 });
  for (let at = 0; at < 4; at++) desk.ask('many', `many ${at}`);
  desk.ask('few');
  desk.ask('fewer');
  expect(desk.turn()).toEqual(['few begins']);
  expect(desk.turn()).toEqual(['fewer begins']);
  desk.ask('few', 'few again');
  expect(desk.turn(), 'one each: first come, first served').toEqual(['many 1 begins']);
  expect(desk.turn()).toEqual(['few again begins']);
});

test('what was begun long ago counts no more', () => {
  const desk = makeDesk({ eachMs: 3 });
  for (let at = 0; at < 3; at++) desk.ask('once', `once ${at}`);
  while (desk.turnstile.count() > 0) desk.turn();
  desk.pass(20_000);
  desk.turn();
  desk.turn();
  desk.ask('other', 'other 0');
  desk.ask('other', 'other 1');
  desk.ask('once', 'once again');
  expect(desk.turn()).toEqual(['once again begins']);
});

test('a rush is served as far as there is time for it, and beyond that whoever has begun the most is refused', () => {
  const desk = makeDesk({ waitMsMax: 60, eachMs: 10 });
  // Until some have begun, nobody knows how long one takes.
  for (let at = 0; at < 30; at++) {
    desk.ask('many');
    desk.ask('many');
    while (!desk.isIdle()) desk.turn();
  }
  for (let at = 0; at < 20; at++) desk.ask('many', `many ${at}`);
  const waiting = desk.turnstile.count();
  expect(waiting).toBeGreaterThan(2);
  expect(waiting).toBeLessThan(20);
  const before = desk.told.length;
  desk.ask('new');
  expect(desk.told.slice(before), 'the newcomer takes the place of the last of the many').toHaveLength(1);
  expect(desk.told.at(-1)).toMatch(/^many \d+ is refused$/);
  expect(desk.turn()).toEqual(['new begins']);
});

test('who has waited too long is refused, and who leaves is neither refused nor begun', () => {
  const desk = makeDesk({ waitMsMax: 50, eachMs: 3 });
  desk.ask('first');
  desk.ask('late');
  const leave = desk.ask('leaver');
  leave();
  desk.pass(51);
  expect(desk.turn()).toEqual(['late is refused']);
  expect(desk.turnstile.count()).toBe(0);
});

test.for([
  ['a rush', 100, 1_000, 2, 50],
  ['no rush any more', 100, 1_001, 2, 2],
  ['no rush any more, and quick ones', 100, 1_001, 0.5, 6],
  ['slow ones: two may always wait', 100, 0, 80, 2],
] as const)('how many may wait: %s', ([, waitMsMax, standingMs, eachMs, count]) => {
  expect(waitersAllowed(waitMsMax, standingMs, eachMs)).toBe(count);
});

test('a rush becomes none when there was no idle turn for a second, and is one again after the first', () => {
  const desk = makeDesk({ waitMsMax: 100, eachMs: 5 });
  const refusedOf = (count: number) => {
    const before = desk.told.length;
    for (let at = 0; at < count; at++) desk.ask('many');
    return desk.told.slice(before).filter((each) => each.endsWith('refused')).length;
  };
  desk.ask('many');
  for (let at = 0; at < 250; at++) {
    desk.ask('many');
    desk.turn();
  }
  expect(refusedOf(10), 'two may wait').toBe(8);
  while (!desk.isIdle()) desk.turn();
  desk.pass(101);
  expect(refusedOf(10)).toBe(0);
});
