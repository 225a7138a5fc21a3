import { describe, expect, test } from 'vitest';
import { rowOfSerial } from '../simulator/layout.ts';
import type { Switches } from '../simulator/switches.ts';
import { spellRow } from '../simulator/wire.ts';
import { makeWorld, rowOf } from '../simulator/world.ts';
import { countDates, dateAt, mondayOf, startOfDate } from './calendar.ts';
import { pageBounds } from './connection.ts';
import { listOf, weekOf } from './dataset.ts';
import type { Filter } from './filter.ts';
import { type Facts, factsOf } from './rows.ts';
import { data, rows } from './sample.ts';

describe('lists', () => {
  test('under a filter go by day of the gateway’s zone, plain ones as the upstream has them', () => {
    const window = { from: '2026-03-01T00:00:00Z', until: '2026-04-01T00:00:00Z' };
    const backwards = { ...data, rows: rows.toReversed() };
    const ids = (filterBy: Filter) => listOf(backwards, { window, filterBy }).rows.map((each) => each.conversationId);
    expect(ids({})).toEqual(['c-4', 'c-2', 'c-1']);
    expect(ids({ isScored: true })).toEqual(['c-1', 'c-2', 'c-4']);
  });

  test.for<[Parameters<typeof pageBounds>[1], number, number]>([
    [{}, 0, 10],
    [{ first: 3 }, 0, 3],
    [{ last: 3 }, 7, 10],
    [{ first: 3, after: 'four' }, 5, 8],
    [{ last: 3, before: 'four' }, 1, 4],
    [{ first: 9, after: 'one', before: 'four' }, 2, 4],
    [{ last: 1, after: 'one', before: 'four' }, 3, 4],
    [{ first: 0 }, 0, 0],
    [{ last: 0 }, 10, 10],
  ])('the page %j is where Relay says', ([args, from, until]) => {
    const window = { from: '', until: '' };
    const places = new Map([
      ['one', { index: 1, window }],
      ['four', { index: 4, window }],
    ]);
    expect(pageBounds(10, args, places)).toEqual({ from, until });
  });
});

describe('the calendar', () => {
  test.for([
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-03-30', '2026-03-29T22:00:00.000Z'],
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00.000Z'],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z'],
    ['Pacific/Chatham', '2026-04-05', '2026-04-04T10:15:00.000Z'],
  ] as const)('a day of %s begins with its first second: %s', ([timeZone, date, instant]) => {
    expect(new Date(startOfDate(timeZone, date)).toISOString()).toBe(instant);
    expect(dateAt(timeZone, startOfDate(timeZone, date) - 1) < date).toBe(true);
  });

  test('weeks begin on Monday, a window touches the days that it holds a second of, and the default ends with today', () => {
    expect([mondayOf('2026-03-29'), mondayOf('2026-03-30')]).toEqual(['2026-03-23', '2026-03-30']);
    expect(countDates('Europe/Berlin', Date.parse('2026-03-28T22:59:59Z'), Date.parse('2026-03-29T22:00:00Z'))).toBe(2);
    expect(weekOf(data)).toEqual({ from: '2026-03-23T23:00:00.000Z', until: '2026-03-30T22:00:00.000Z' });
  });
});

/** Facts that stand on the wire under one key each, in the samples' spelling. */
const wireKeys: Readonly<Record<string, keyof Facts>> = {
  customConversationId: 'customConversationId',
  koreEvalutionScore: 'score',
  fatalErrorCount: 'fatalErrorCount',
  Language: 'language',
  notApplicableScoringTreatment: 'notApplicableScoringTreatment',
  AuditStatus: 'auditStatusLabel',
  AuditorName: 'auditor',
  AuditScore: 'auditScore',
  is_direction_defaulted: 'isDirectionDefaulted',
  custom_fields: 'customFields',
};

test.for<Partial<Switches>>([
  {},
  { quirks: false },
  { era: 'V1' },
  { era: 'V2' },
  { era: 'V3' },
  { era: 'V5' },
  { era: 'V6', tableOnlyFields: true },
  { tableOnlyFields: true },
])('a fact is known exactly where the wire states it: %j', (changes) => {
  const options = { seed: 2, epochMs: 0, dayCount: 3, listedPerDay: 300, belowThresholdShare: 0.1 };
  const world = makeWorld(options, changes);
  for (let serial = 0; serial < world.layout.countPerDay * 3; serial++) {
    const ref = rowOfSerial(world.layout, serial);
    if (ref === null) continue;
    const simulated = rowOf(world, ref);
    const wire = spellRow(simulated, world.switches);
    const facts = factsOf(simulated, world.switches);
    for (const [key, fact] of Object.entries(wireKeys)) expect([key, facts[fact]]).toEqual([key, wire[key] ?? null]);
    const words: readonly (keyof Facts)[] = ['contactDirection', 'durationStatus', 'evaluationStatus', 'channel'];
    const keys = ['contactDirection', 'duration_status', 'evaluation_status', 'channel'];
    expect(words.map((word) => facts[word])).toEqual(keys.map((key) => wire[key]?.toString().toUpperCase() ?? null));
    expect(facts.metrics.length).toBe(Object(wire['Metrics']).length);
    expect(facts.dispositions.length).toBe(Object(wire['Disposition'] ?? []).length);
  }
});
