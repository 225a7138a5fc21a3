import { expect, test } from 'vitest';
import { answerQuestion } from './page.ts';
import { readQuestion } from './request.ts';
import type { Switches } from './switches.ts';
import { insertRows, makeWorld, removeConversation, setSwitches, type World } from './world.ts';

const options = {
  seed: 21,
  epochMs: Date.parse('2026-03-01T00:00:00Z'),
  dayCount: 30,
  listedPerDay: 250,
  belowThresholdShare: 0.08,
};
const day = { startDate: '2026-03-23 00:00:00', endDate: '2026-03-23 23:59:59', offset: 0, limit: 100 };

type Told = {
  readonly results: readonly (Record<string, unknown> | null)[];
  readonly totalResults: number;
  readonly hasMore: boolean;
  readonly totalPages: number;
};

const makeDay = (switches: Partial<Switches> = {}) => makeWorld(options, switches);

/** The page that a body gets, or the status of its refusal. */
function page(world: World, body: object = {}, callIndex = 0, nowMs = 0): Told {
  const read = readQuestion({ ...day, ...body }, world.switches);
  if ('refusal' in read) throw new Error(String(read.refusal.status));
  return JSON.parse(answerQuestion(world, read.value, callIndex, nowMs).body);
}

const idsOf = ({ results }: Told) => results.map((row) => String(row?.['conversationId']));

const walk = (world: World, limit: number) => {
  const pages: Told[] = [];
  for (let offset = 0; offset <= 300; offset += limit) pages.push(page(world, { offset, limit }, offset));
  return pages.flatMap(idsOf);
};

test('pages of any size are the list, in every stable order', () => {
  const world = makeDay({ segments: false });
  const ascending = walk(world, 100);
  expect(new Set(ascending).size).toBe(250);
  for (const limit of [7, 60, 99]) expect(walk(world, limit)).toEqual(ascending);
  setSwitches(world, { order: 'descending' });
  for (const limit of [7, 60, 99]) expect(walk(world, limit)).toEqual(ascending.toReversed());
});

test.for(['ties-shuffled', 'shuffled'] as const)(
  'a walk over an order that is %s loses rows and doubles others',
  (order) => {
    const ids = walk(makeDay({ order, tieSeconds: 7200, segments: false }), 100);
    expect(ids).toHaveLength(250);
    expect(new Set(ids).size).toBeLessThan(250);
  },
);

test.for<[string, object, Partial<Told> & { readonly count?: number }]>([
  ['the first page', {}, { totalResults: 250, totalPages: 3, hasMore: true, count: 100 }],
  ['the last page', { offset: 200 }, { totalResults: 250, totalPages: 3, hasMore: false, count: 50 }],
  ['past the end', { offset: 900 }, { totalResults: 250, totalPages: 3, hasMore: false, count: 0 }],
  ['by sevens', { limit: 7 }, { totalResults: 250, totalPages: 36, hasMore: true, count: 7 }],
  ['limits over a hundred are a hundred', { limit: 500 }, { totalPages: 3, count: 100 }],
  ['a hundred where no limit is stated', { limit: undefined }, { count: 100 }],
  ['below the threshold too', { include_below_threshold: true }, { totalResults: 270 }],
  ['one direction', { contact_direction: 'outbound' }, { totalResults: 75 }],
  [
    'the other, below the threshold too',
    { contact_direction: 'inbound', include_below_threshold: true },
    { totalResults: 167 + 13 },
  ],
  [
    'both dates in the other form',
    { startDate: '2026-03-23T00:00:00.000Z', endDate: '2026-03-23T23:59:59.000Z' },
    { totalResults: 250 },
  ],
  [
    'a window without rows',
    { startDate: '2020-01-01 00:00:00', endDate: '2020-01-02 00:00:00' },
    { totalResults: 0, totalPages: 0, hasMore: false, count: 0 },
  ],
])('totals are those of the whole list: %s', ([, body, { count, ...totals }]) => {
  const told = page(makeDay(), body);
  expect(told).toMatchObject(totals);
  if (count !== undefined) expect(told.results).toHaveLength(count);
});

test.for<[Switches['windowEnd'], readonly number[]]>([
  ['inclusive-second', [0, 500, 999]],
  ['inclusive-ms', [0]],
  ['exclusive', []],
])('a window ends as switched: %s', ([windowEnd, offsetsMs]) => {
  const world = makeWorld({ ...options, listedPerDay: 0 }, { windowEnd });
  const endMs = Date.parse('2026-03-23T10:00:00Z');
  const ids = [-1, 0, 500, 999, 1000].map((offsetMs) => insertRows(world, { startMs: endMs + offsetMs })[0]);
  const told = page(world, { startDate: '2026-03-23 09:00:00', endDate: '2026-03-23 10:00:00' });
  expect(idsOf(told)).toEqual([ids[0], ...offsetsMs.map((_, index) => ids[index + 1])]);
});

test.for<[string, Partial<Switches>, object, (told: Told) => void]>([
  [
    'text for the threshold',
    { thresholdForm: 'either' },
    { include_below_threshold: 'true' },
    (told) => expect(told.totalResults).toBe(270),
  ],
  [
    'an offset cap that clamps',
    { offsetCap: { at: 100, behaviour: 'clamp' } },
    { offset: 200 },
    (told) => expect(idsOf(told)).toEqual(idsOf(page(makeDay(), { offset: 100 }))),
  ],
  [
    'an offset cap that empties',
    { offsetCap: { at: 100, behaviour: 'empty' } },
    { offset: 200 },
    (told) => expect(told).toMatchObject({ results: [], totalResults: 250 }),
  ],
  [
    'a limit ignored',
    { limitIgnored: 10 },
    {},
    (told) => expect(told).toMatchObject({ totalPages: 25, results: { length: 10 } }),
  ],
  ['a limit ignored upwards', { limitIgnored: 200 }, {}, (told) => expect(told.results).toHaveLength(200)],
  [
    'a direction ignored',
    { ignoreDirection: true },
    { contact_direction: 'inbound' },
    (told) => expect(told.totalResults).toBe(250),
  ],
  ['a threshold ignored', { ignoreThreshold: true }, {}, (told) => expect(told.totalResults).toBe(270)],
  ['dates ignored', { ignoreDates: true }, {}, (told) => expect(told.totalResults).toBe(250 * 30)],
  [
    'another zone',
    { zoneOffsetMinutes: 330 },
    { endDate: '2026-03-23 23:59:59' },
    (told) => expect(idsOf(told)).not.toEqual(idsOf(page(makeDay()))),
  ],
  ['evaluated time', { dateField: 'evaluated' }, {}, (told) => expect(idsOf(told)).not.toEqual(idsOf(page(makeDay())))],
  ['endless', { hasMore: 'endless' }, { offset: 200 }, (told) => expect(told.hasMore).toBe(true)],
  ['never more', { hasMore: 'never' }, {}, (told) => expect(told.hasMore).toBe(false)],
  [
    'one page of nothing',
    { totalPagesWhenEmpty: 1 },
    { startDate: '2020-01-01 00:00:00', endDate: '2020-01-01 01:00:00' },
    (told) => expect(told.totalPages).toBe(1),
  ],
  [
    'empty pages',
    { emptyPages: true },
    {},
    (told) => expect(told).toMatchObject({ results: [], hasMore: true, totalResults: 250 }),
  ],
  [
    'rows of the page before',
    { duplicates: 3 },
    { offset: 100 },
    (told) =>
      expect(idsOf(told)).toEqual([...idsOf(page(makeDay())).slice(-3), ...idsOf(page(makeDay(), { offset: 100 }))]),
  ],
  [
    'rows of the page after',
    { surplusRows: 2 },
    {},
    (told) => expect(idsOf(told).slice(-2)).toEqual(idsOf(page(makeDay(), { offset: 100, limit: 2 }))),
  ],
  [
    'ciphertext',
    { encrypted: true },
    {},
    (told) => expect(Object.keys(told)).toEqual(['data', 'protectedKey', 'iv', 'authTag']),
  ],
])('the upstream does as it is told: %s', ([, switches, body, check]) => check(page(makeDay(switches), body)));

test('drifting totals go up and down, call by call', () => {
  const world = makeDay({ totals: 'drift', driftBy: 4 });
  expect([0, 1, 2].map((callIndex) => page(world, {}, callIndex).totalResults)).toEqual([254, 246, 254]);
});

test('stale totals see neither what came nor what went', () => {
  const world = makeDay({ totals: 'stale' });
  insertRows(world, { startMs: Date.parse('2026-03-23T10:00:00Z'), count: 5 });
  removeConversation(world, idsOf(page(world))[0] ?? '');
  expect(page(world).totalResults).toBe(250);
  setSwitches(world, { totals: 'honest' });
  expect(page(world).totalResults).toBe(254);
});

test('a live tail ends where the clock is', () => {
  const world = makeDay({ liveTail: true });
  const noonMs = Date.parse('2026-03-23T12:00:00Z');
  const atNoon = page(world, {}, 0, noonMs).totalResults;
  expect(atNoon).toBeLessThan(page(world, {}, 0, noonMs + 3_600_000).totalResults);
  expect(atNoon).toBe(page(makeDay({ windowEnd: 'exclusive' }), { endDate: '2026-03-23 12:00:00' }).totalResults);
});

test('every n-th row of the list is broken, wherever its page begins', () => {
  const world = makeDay({ corrupt: { every: 10, kind: 'null' } });
  const placesOf = (offset: number) =>
    page(world, { offset }).results.flatMap((row, index) => (row === null ? [offset + index] : []));
  expect(placesOf(0)).toEqual([9, 19, 29, 39, 49, 59, 69, 79, 89, 99]);
  expect(placesOf(95)).toEqual([99, 109, 119, 129, 139, 149, 159, 169, 179, 189]);
});

test('nothing of a page is drawn anew when it is asked for again', () => {
  expect(page(makeDay())).toEqual(page(makeDay()));
  expect(idsOf(page(makeWorld({ ...options, seed: 22 }, {})))).not.toEqual(idsOf(page(makeDay())));
});
