import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requestBody, type WindowEnd, wireDates } from '../../src/kore/request.ts';
import type { PageRequest } from '../../src/reading/source.ts';

const seconds = (text: string): number => Date.parse(text) / 1000;
const later = Date.parse('2027-01-01T00:00:00Z');
const day = { from: seconds('2026-03-23T00:00:00Z'), until: seconds('2026-03-24T00:00:00Z') };
const plain = { windowEnd: 'inclusive-second', belowThresholdForm: 'boolean' } as const;

describe('the end of a window is sent as the upstream is taken to mean it', () => {
  test.for<[WindowEnd, string, string]>([
    ['inclusive-second', '2026-03-23 00:00:00', '2026-03-23 23:59:59'],
    ['inclusive-ms', '2026-03-23T00:00:00.000Z', '2026-03-23T23:59:59.999Z'],
    ['exclusive', '2026-03-23 00:00:00', '2026-03-24 00:00:00'],
  ])('%s', ([windowEnd, startDate, endDate]) => {
    expect(wireDates(day, windowEnd, later)).toStrictEqual({ startDate, endDate });
  });
});

describe('dates are UTC, also where clocks are put forward or back', () => {
  test.for<[string, string]>([
    ['2026-03-29T00:59:59Z', '2026-03-29 00:59:59'],
    ['2026-03-29T01:00:00Z', '2026-03-29 01:00:00'],
    ['2026-03-29T04:30:00+02:00', '2026-03-29 02:30:00'],
    ['2026-10-25T02:30:00+02:00', '2026-10-25 00:30:00'],
    ['2026-10-25T02:30:00+01:00', '2026-10-25 01:30:00'],
    ['2024-02-29T23:59:59Z', '2024-02-29 23:59:59'],
    ['2026-01-01T00:00:00Z', '2026-01-01 00:00:00'],
  ])('%s', ([instant, startDate]) => {
    const from = seconds(instant);
    expect(wireDates({ from, until: from + 3_600 }, 'inclusive-second', later).startDate).toBe(startDate);
  });
});

test('a window of one second is that second', () => {
  const window = { from: day.from, until: day.from + 1 };
  expect(wireDates(window, 'inclusive-second', later)).toStrictEqual({
    startDate: '2026-03-23 00:00:00',
    endDate: '2026-03-23 00:00:00',
  });
  expect(wireDates(window, 'exclusive', later)).toStrictEqual({
    startDate: '2026-03-23 00:00:00',
    endDate: '2026-03-23 00:00:01',
  });
});

test('windows that touch are sent without a gap and without an overlap', () => {
  const middle = seconds('2026-03-23T07:11:13Z');
  const ends = wireDates({ from: day.from, until: middle }, 'inclusive-second', later);
  const starts = wireDates({ from: middle, until: day.until }, 'inclusive-second', later);
  expect([ends.endDate, starts.startDate]).toStrictEqual(['2026-03-23 07:11:12', '2026-03-23 07:11:13']);
});

test('nothing later than a minute from now is ever sent, and no end before its start', () => {
  const windowEnds = fc.constantFrom<WindowEnd>('inclusive-second', 'inclusive-ms', 'exclusive');
  const spans = fc.tuple(fc.integer({ min: -200_000, max: 200_000 }), fc.integer({ min: 1, max: 400_000 }));
  fc.assert(
    fc.property(windowEnds, spans, fc.nat({ max: 999 }), (windowEnd, [offset, length], ms) => {
      const nowMs = Date.parse('2026-03-23T12:00:00Z') + ms;
      const from = seconds('2026-03-23T12:00:00Z') + offset;
      const { startDate, endDate } = wireDates({ from, until: from + length }, windowEnd, nowMs);
      const [start, end] = [instantOf(startDate), instantOf(endDate)];
      expect(end).toBeLessThanOrEqual(nowMs + 60_000);
      expect(windowEnd === 'exclusive' ? start < end : start <= end).toBe(true);
      if (offset < 0) expect(start).toBe(from * 1000);
    }),
  );
});

test('a body has exactly the published fields, in their published types', () => {
  expect(bodyOf({ offset: 99, limit: 100 })).toStrictEqual({
    offset: 99,
    limit: 100,
    startDate: '2026-03-23 00:00:00',
    endDate: '2026-03-23 23:59:59',
    include_below_threshold: false,
  });
});

test('a direction is sent in lower case, and both directions as none', () => {
  expect(bodyOf({}, { contactDirection: 'INBOUND' })).toHaveProperty('contact_direction', 'inbound');
  expect(bodyOf({}, { contactDirection: 'OUTBOUND' })).toHaveProperty('contact_direction', 'outbound');
  expect(bodyOf({})).not.toHaveProperty('contact_direction');
});

test.for<['boolean' | 'string', boolean, boolean | string]>([
  ['boolean', true, true],
  ['boolean', false, false],
  ['string', true, 'true'],
  ['string', false, 'false'],
])(
  'whether contacts below the threshold are meant is always sent: as %s, %j',
  ([belowThresholdForm, isIncluded, sent]) => {
    const body = requestBody(
      requestOf({}, { includeBelowThreshold: isIncluded }),
      { ...plain, belowThresholdForm },
      later,
    );
    expect(JSON.parse(body)).toHaveProperty('include_below_threshold', sent);
  },
);

function bodyOf(page: Partial<PageRequest>, question: Partial<PageRequest['question']> = {}): unknown {
  return JSON.parse(requestBody(requestOf(page, question), plain, later));
}

function requestOf(page: Partial<PageRequest>, question: Partial<PageRequest['question']>): PageRequest {
  return {
    offset: 0,
    limit: 100,
    ...page,
    question: { window: day, contactDirection: null, includeBelowThreshold: false, ...question },
  };
}

function instantOf(text: string): number {
  return Date.parse(text.endsWith('Z') ? text : `${text.replace(' ', 'T')}Z`);
}
