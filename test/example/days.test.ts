import { expect, test } from 'vitest';
import { eachDay, isDay, lastDays, windowOf } from '../../examples/frontend/src/days.ts';

test.each([
  { zone: 'UTC', from: '2026-03-02', to: '2026-03-08', window: ['2026-03-02T00:00:00Z', '2026-03-09T00:00:00Z'] },
  {
    zone: 'Asia/Kolkata',
    from: '2026-03-02',
    to: '2026-03-02',
    window: ['2026-03-01T18:30:00Z', '2026-03-02T18:30:00Z'],
  },
  // The clocks go forward within it: a day of 23 hours.
  {
    zone: 'Europe/Berlin',
    from: '2026-03-29',
    to: '2026-03-29',
    window: ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
  },
  {
    zone: 'America/New_York',
    from: '2026-11-01',
    to: '2026-11-01',
    window: ['2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z'],
  },
  {
    zone: 'Pacific/Auckland',
    from: '2026-04-05',
    to: '2026-04-05',
    window: ['2026-04-04T11:00:00Z', '2026-04-05T12:00:00Z'],
  },
])('the days $from to $to of $zone begin and end at its midnights', ({ zone, from, to, window }) => {
  expect(Object.values(windowOf({ from, to }, zone))).toEqual(window);
});

test('the last days end with the zone’s own today', () => {
  const nowMs = Date.parse('2026-03-02T23:30:00Z');
  expect(lastDays(7, 'UTC', nowMs)).toEqual({ from: '2026-02-24', to: '2026-03-02' });
  expect(lastDays(7, 'Asia/Tokyo', nowMs)).toEqual({ from: '2026-02-25', to: '2026-03-03' });
});

test('every day is there once, over the end of a month and a change of clocks', () => {
  expect(eachDay({ from: '2026-02-27', to: '2026-03-02' })).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
    '2026-03-02',
  ]);
  expect(eachDay({ from: '2026-03-28', to: '2026-03-30' })).toHaveLength(3);
});

test.each(['2026-02-30', '2026-3-2', '', 'today', '2026-13-01'])('%j is no day', (text) => {
  expect(isDay(text)).toBe(false);
});
