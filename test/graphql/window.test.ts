import { expect, test } from 'vitest';
import { defaultWindow, windowOf } from '../../src/graphql/asking/window.ts';
import { createCalendar } from '../../src/model/calendar.ts';

const limits = { windowDaysMax: 92, windowDaysDefault: 7 };
const day = 86_400_000;
const utc = createCalendar('UTC');

test.for<[title: string, from: number, until: number]>([
  ['a day', 0, day],
  ['a second', 5_000, 6_000],
  ['the longest', 0, 92 * day],
  ['before 1970', -day, 0],
])('a window is in whole seconds: %s', ([, from, until]) => {
  expect(windowOf({ from, until }, utc, limits)).toEqual({ from: from / 1000, until: until / 1000 });
});

test.for<[title: string, from: number, until: number, reason: string]>([
  ['empty', day, day, 'WINDOW_REVERSED'],
  ['reversed', day, 0, 'WINDOW_REVERSED'],
  ['a second too long', 0, 92 * day + 1_000, 'WINDOW_TOO_LONG'],
  ['from within a second', 1, day, 'WINDOW_SUB_SECOND'],
  ['until within a second', 0, day - 1, 'WINDOW_SUB_SECOND'],
  ['from within a millisecond', 0.5, day, 'WINDOW_SUB_SECOND'],
  ['before 1970 within a second', -1_500, 0, 'WINDOW_SUB_SECOND'],
])('a window is refused with its reason: %s', ([, from, until, reason]) => {
  const refused = expect.objectContaining({ code: 'BAD_USER_INPUT', reason });
  expect(() => windowOf({ from, until }, utc, limits)).toThrow(refused);
});

test('a question without a window is about the days that end with today', () => {
  const now = Date.parse('2026-03-30T22:30:00Z');
  const berlin = defaultWindow(createCalendar('Europe/Berlin'), now, limits);
  expect(berlin.from * 1000).toBe(Date.parse('2026-03-24T23:00:00Z'));
  expect(berlin.until * 1000).toBe(Date.parse('2026-03-31T22:00:00Z'));
  const today = defaultWindow(createCalendar('UTC'), now, { ...limits, windowDaysDefault: 1 });
  expect([today.from, today.until].map((each) => each * 1000)).toEqual([
    Date.parse('2026-03-30T00:00:00Z'),
    Date.parse('2026-03-31T00:00:00Z'),
  ]);
});

test('a window may span as many days as the calendar counts, also where one of them gains an hour', () => {
  const berlin = createCalendar('Europe/Berlin');
  const [from, until] = [Date.parse('2026-08-31T22:00:00Z'), Date.parse('2026-12-01T23:00:00Z')];
  expect(berlin.countDays(windowOf({ from, until }, berlin, limits))).toBe(92);
  expect(() => windowOf({ from, until: until + 1_000 }, berlin, limits)).toThrow(
    expect.objectContaining({ reason: 'WINDOW_TOO_LONG' }),
  );
});
