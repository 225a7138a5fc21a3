import { expect, test } from 'vitest';
import { day } from './ask.ts';
import { readQuestion } from './request.ts';
import { defaultSwitches, type Switches } from './switches.ts';

test.for<[string, Partial<Switches>, object, number]>([
  ['over a hundred, as an error', { limitOver: 'error' }, { limit: 101 }, 412],
  ['a limit of nothing', {}, { limit: 0 }, 412],
  ['a negative offset', {}, { offset: -1 }, 412],
  ['a limit in quotes', {}, { limit: '100' }, 412],
  ['no start', {}, { startDate: undefined }, 412],
  ['end before start', {}, { endDate: '2026-03-22 00:00:00' }, 412],
  ['a day that no month has', {}, { startDate: '2026-02-30 00:00:00' }, 412],
  ['a zone that is not UTC', {}, { startDate: '2026-03-23T00:00:00+05:30' }, 412],
  ['ISO dates refused', { dates: 'blank' }, { startDate: '2026-03-23T00:00:00.000Z' }, 412],
  ['blank dates refused', { dates: 'iso' }, {}, 412],
  ['a range too long', { maxRangeDays: 7 }, { startDate: '2026-03-01 00:00:00' }, 412],
  ['an offset over the cap', { offsetCap: { at: 100, behaviour: 'error' } }, { offset: 101 }, 412],
  ['text for a boolean', {}, { include_below_threshold: 'true' }, 412],
  ['a boolean for text', { thresholdForm: 'string' }, { include_below_threshold: true }, 412],
  ['no threshold where one is required', { thresholdRequired: true }, {}, 412],
  ['an unknown direction', {}, { contact_direction: 'sideways' }, 403],
])('a body is refused: %s', ([, switches, body, status]) => {
  const read = readQuestion({ ...day, ...body }, { ...defaultSwitches, ...switches });
  expect(read).toMatchObject({ refusal: { kind: 'refused-body', status, code: status } });
});

test.for<[string, unknown]>([
  ['text', 'startDate'],
  ['a list', []],
  ['nothing', null],
])('a body that is no object is refused: %s', ([, body]) => {
  expect(readQuestion(body, defaultSwitches)).toMatchObject({ refusal: { status: 412 } });
});
