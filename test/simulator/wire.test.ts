import { expect, test } from 'vitest';
import { rowOfSerial } from './layout.ts';
import type { SimulatedRow } from './row.ts';
import type { Era } from './spelling.ts';
import { defaultSwitches, type Switches } from './switches.ts';
import { spellRow } from './wire.ts';
import { makeWorld, rowOf } from './world.ts';

const world = makeWorld({ seed: 1, epochMs: 0, dayCount: 20, listedPerDay: 1000, belowThresholdShare: 0.08 }, {});

function find(sign: (row: SimulatedRow) => boolean): SimulatedRow {
  for (let serial = 0; serial < world.layout.countPerDay * 20; serial++) {
    const row = rowOfSerial(world.layout, serial);
    const facts = row === null ? null : rowOf(world, row);
    if (facts !== null && sign(facts)) return facts;
  }
  throw new Error('no such row');
}

const spell = (row: SimulatedRow, switches: Partial<Switches> = {}) =>
  spellRow(row, { ...defaultSwitches, ...switches });
const whole = find(
  ({ customConversationId, absent, metrics, dispositions }) =>
    customConversationId !== null &&
    absent.size === 0 &&
    metrics[0]?.qualification === 'YES' &&
    dispositions.length === 1 &&
    dispositions[0]?.codes.length === 1,
);

test('the default row has the keys of the newest sample, in its order', () => {
  expect(Object.keys(spell(whole))).toEqual([
    ...[
      'conversationId',
      'customConversationId',
      'Queues',
      'Agents',
      'koreEvalutionScore',
      'fatalErrorCount',
      'Language',
      'duration_status',
    ],
    ...[
      'notApplicableScoringTreatment',
      'Metrics',
      'contactDirection',
      'AuditStatus',
      'AuditDate',
      'Disposition',
      'AuditorName',
      'custom_fields',
    ],
  ]);
  expect(spell(whole)).toMatchObject({
    Queues: [{ 'Queue ID': whole.queues[0]?.id, 'Queue Name': whole.queues[0]?.name }],
    Agents: [{ 'Agent ID': whole.agents[0]?.id, 'Agent Name': whole.agents[0]?.name }],
    Disposition: [{ setId: 'dst-42ee086-0001', code: [{ id: expect.any(String) }] }],
  });
});

test('a metric has the keys of the sample, and none for its outcome where nothing was evaluated', () => {
  const keys = [
    'Metric ID',
    'Metric Name',
    'Metric Weight',
    'Metric Negative Weight',
    'Qualification',
    'isFatalError',
    'Auditor Response',
  ];
  const metricKeys = (row: SimulatedRow) => Object.keys(Object(spell(row)['Metrics'])[0]);
  expect(metricKeys(whole)).toEqual(keys);
  const short = find(({ durationStatus }) => durationStatus === 'below_threshold');
  expect(metricKeys(short)).toEqual(keys.filter((key) => key !== 'Qualification' && key !== 'Auditor Response'));
});

test('a row without a form has an empty list of metrics and no key for its score', () => {
  const bare = find(({ absent }) => absent.has('tail') && absent.has('score'));
  expect(Object.keys(spell(bare)).filter((key) => key !== 'customConversationId')).toEqual([
    'conversationId',
    'Queues',
    'Agents',
    'Language',
    'Metrics',
  ]);
});

const first = ['conversationId', 'Queues', 'Agents', 'koreEvalutionScore', 'Metrics'];
const second = [...first, 'customConversationId', 'Language'];
const third = [...second, 'fatalErrorCount', 'duration_status'];
const fifth = [...third, 'contactDirection', 'AuditStatus', 'AuditDate', 'AuditorName', 'custom_fields'];
test.for<[Era, readonly string[]]>([
  ['V1', first],
  ['V2', second],
  ['V3', third],
  ['V5', fifth],
  ['V6', [...fifth, 'Disposition']],
  ['V7', [...fifth, 'Disposition', 'notApplicableScoringTreatment']],
])('an era has the keys that its page prints: %s', ([era, keys]) => {
  expect(Object.keys(spell(whole, { era })).sort()).toEqual([...keys].sort());
});

test('colour is of V6 alone, and names of metrics that were met are not of V1', () => {
  expect(JSON.stringify(spell(whole, { era: 'V6' }))).toContain('"colour":"#');
  expect(JSON.stringify(spell(whole))).not.toContain('colour');
  expect(Object.keys(Object(spell(whole, { era: 'V1' })['Metrics'])[0])).toEqual(['Metric ID', 'Qualification']);
});

test('the table spelling has no blank in any key, and fields that were never sampled come on demand', () => {
  const text = JSON.stringify(spell({ ...whole, customFields: {} }, { spelling: 'table', tableOnlyFields: true }));
  expect(text.match(/"[^"]*"(?=:)/g)?.filter((key) => key.includes(' '))).toEqual([]);
  expect(spell(whole, { spelling: 'table', tableOnlyFields: true })).toMatchObject({
    koreEvaluationScore: whole.score,
    contact_direction: whole.direction,
    evaluation_status: whole.evaluationStatus,
    channel: whole.channel,
    is_direction_defaulted: expect.any(Boolean),
    evaluatedAt: expect.stringMatching(/Z$/),
  });
});

test('mixed spelling changes from row to row', () => {
  const keys = [whole, { ...whole, serial: whole.serial + 1 }].map(
    (row) => 'Queues' in spell(row, { spelling: 'mixed' }),
  );
  expect(keys.sort()).toEqual([false, true]);
});
