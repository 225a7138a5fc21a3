import { expect, test } from 'vitest';
import { idOfSerial, serialOfId } from './ids.ts';
import { rowOfSerial } from './layout.ts';
import type { SimulatedRow } from './row.ts';
import { scoreOf } from './score.ts';
import { spellRow } from './wire.ts';
import { makeWorld, rowOf, type World } from './world.ts';

const options = {
  seed: 11,
  epochMs: Date.parse('2026-01-01T00:00:00Z'),
  dayCount: 30,
  listedPerDay: 500,
  belowThresholdShare: 0.08,
};

function rowsOf(world: World): readonly SimulatedRow[] {
  const serials = Array.from({ length: world.layout.countPerDay * options.dayCount }, (_, serial) => serial);
  return serials.flatMap((serial) => {
    const row = rowOfSerial(world.layout, serial);
    return row === null ? [] : [rowOf(world, row)];
  });
}

const world = makeWorld(options, {});
const rows = rowsOf(world);
const clean = rowsOf(makeWorld(options, { quirks: false }));

type Sign = (row: SimulatedRow) => boolean;
const quirks: readonly (readonly [string, Sign])[] = [
  [
    'a score that is null because nothing applied',
    ({ score, durationStatus, metrics }) => score === null && durationStatus === 'evaluated' && metrics.length > 0,
  ],
  ['a score whose key is absent, and no metrics', ({ absent, metrics }) => absent.has('score') && metrics.length === 0],
  ['an unknown duration', ({ durationStatus }) => durationStatus === 'duration_unavailable'],
  ['a null duration status', ({ durationStatus, absent }) => durationStatus === null && !absent.has('duration')],
  [
    'a null direction',
    ({ direction, absent }) => direction === null && !absent.has('direction') && !absent.has('tail'),
  ],
  ['an absent direction', ({ absent }) => absent.has('direction')],
  ['no queue', ({ queues }) => queues.length === 0],
  ['two queues', ({ queues }) => queues.length === 2],
  ['no agent', ({ agents }) => agents.length === 0],
  ['an agent under another name', ({ agents }) => agents.some(({ name }) => name === 'Transfer Desk')],
  [
    'a fatal error whose metric is not shown',
    ({ fatalErrorCount, metrics }) => fatalErrorCount > 0 && !metrics.some(({ isFatalError }) => isFatalError),
  ],
  ['one metric named twice', ({ metrics }) => new Set(metrics.map(({ id }) => id)).size < metrics.length],
  ['an audit state that no table has', ({ auditStatus }) => auditStatus === 'Escalated to QA Guild'],
  ['an audit date in epoch milliseconds', ({ auditDate }) => typeof auditDate === 'number'],
  ['an audit date with a blank', ({ auditDate }) => typeof auditDate === 'string' && auditDate.includes(' ')],
  ['a custom id that others have too', ({ customConversationId }) => customConversationId === 'feb2102'],
];

test.for(quirks)('with quirks there is, and without there is not: %s', ([, sign]) => {
  expect(rows.some(sign)).toBe(true);
  expect(clean.some(sign)).toBe(false);
});

const everywhere: readonly (readonly [string, Sign])[] = [
  ['a fatal zero', ({ score, fatalErrorCount }) => score === 0 && fatalErrorCount > 0],
  ['a negative score', ({ score }) => score !== null && score < 0],
  ['a fractional score', ({ score }) => score !== null && !Number.isInteger(score)],
  ['a fractional weight', ({ metrics }) => metrics.some(({ weight }) => !Number.isInteger(weight))],
  [
    'a negative weight above the positive',
    ({ metrics }) => metrics.some(({ weight, negativeWeight }) => negativeWeight > weight),
  ],
  ['a manual metric without an answer', ({ metrics }) => metrics.some(({ qualification }) => qualification === '-')],
  ['an unassigned audit', ({ auditStatus }) => auditStatus === 'Unassigned'],
  [
    'an audited conversation',
    ({ auditStatus, auditDate, auditorName }) =>
      auditStatus === 'Audited' && auditDate !== null && auditorName !== null,
  ],
  [
    'full weight for what does not apply',
    ({ notApplicableScoringTreatment }) => notApplicableScoringTreatment === 'considerFullWeight',
  ],
  ['no custom field', ({ customFields }) => Object.keys(customFields).length === 0],
  ['a number among custom fields, as text', ({ customFields }) => /^\d+$/.test(customFields['Duration_minutes'] ?? '')],
  ['a disposition set without a code', ({ dispositions }) => dispositions.some(({ codes }) => codes.length === 0)],
  [
    'two agents of one name',
    ({ agents }) => agents.length === 2 && agents[0]?.name === agents[1]?.name && agents[0]?.id !== agents[1]?.id,
  ],
  [
    'a row below the threshold, its metrics unqualified',
    ({ durationStatus, score, metrics }) =>
      durationStatus === 'below_threshold' &&
      score === null &&
      metrics.every(({ qualification }) => qualification === null),
  ],
];

test.for(everywhere)('with and without quirks there is %s', ([, sign]) => {
  expect(rows.some(sign)).toBe(true);
  expect(clean.some(sign)).toBe(true);
});

test('one metric id has different weights in different rows', () => {
  const weights = new Map<string, Set<number>>();
  for (const { id, weight } of rows.flatMap(({ metrics }) => metrics))
    weights.set(id, (weights.get(id) ?? new Set()).add(weight));
  expect(Math.max(...[...weights.values()].map(({ size }) => size))).toBeGreaterThan(2);
});

test('segments share an id, have other agents, are rare, and can be switched off', () => {
  const ids = Map.groupBy(rows, ({ conversationId }) => conversationId);
  const shared = [...ids.values()].filter(({ length }) => length > 1);
  expect(shared.length).toBeGreaterThan(50);
  expect(shared.length).toBeLessThan(rows.length / 100);
  for (const [first, second] of shared) {
    const names = new Set(first?.agents.map(({ id }) => id));
    expect(second?.agents.some(({ id }) => names.has(id))).toBe(false);
  }
  const whole = rowsOf(makeWorld(options, { segments: false }));
  expect(new Set(whole.map(({ conversationId }) => conversationId)).size).toBe(whole.length);
  expect(new Set(clean.map(({ conversationId }) => conversationId)).size).toBe(clean.length);
});

test('an id is opaque, is not a UUID, and leads back to its row alone', () => {
  for (const serial of [0, 1, 4711, 9_999_999]) {
    const id = idOfSerial(11, serial);
    expect(id).toMatch(/^c-[0-9a-f]{7}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(serialOfId(11, id)).toBe(serial);
    expect(serialOfId(12, id)).toBe(null);
  }
});

type Metric = Parameters<typeof scoreOf>[1][number];
const metric = (
  qualification: Metric['qualification'],
  weight: number,
  negativeWeight = 0,
  isFatalError = false,
): Metric => ({ qualification, weight, negativeWeight, isFatalError });
const percentage = { style: 'percentage', treatment: 'excludeFromScore', decimalCount: 0 } as const;
const points = { ...percentage, style: 'points' } as const;

test.for<[string, Parameters<typeof scoreOf>[0], readonly Metric[], number | null]>([
  ['the share of weight that was met', percentage, [metric('YES', 40), metric('YES', 40), metric('NO', 20)], 80],
  ['what does not apply is left out', percentage, [metric('YES', 47), metric('NO', 53), metric('NA', 900)], 47],
  ['nothing applied', percentage, [metric('NA', 50), metric('NA', 50)], null],
  ['nothing applied, at full weight', { ...percentage, treatment: 'considerFullWeight' }, [metric('NA', 50)], 100],
  ['manual and unanswered', points, [metric('YES', 50), metric('-', 50)], 100],
  ['negative weights do not count in percentages', percentage, [metric('YES', 50), metric('NO', 50, 50)], 50],
  ['points are taken off', points, [metric('YES', 28, 27), metric('NO', 72, 40)], -12],
  ['never below -100', points, [metric('NO', 25, 31)], -100],
  ['fatal', points, [metric('YES', 90), metric('NO', 10, 0, true)], 0],
  ['two decimals', { ...percentage, decimalCount: 2 }, [metric('YES', 1), metric('NO', 2)], 33.33],
])('a score is computed as the product does: %s', ([, form, metrics, score]) =>
  expect(scoreOf(form, metrics)).toBe(score),
);

test('every score follows from the metrics that the row shows', () => {
  const forms = new Map(world.tenant.queues.map((queue) => [queue.id, queue.forms]));
  const told = rows.filter(
    ({ queues, fatalErrorCount, durationStatus }) =>
      queues.length === 1 && fatalErrorCount === 0 && durationStatus === 'evaluated',
  );
  for (const { queues, direction, metrics, score } of told) {
    const form = forms.get(queues[0]?.id ?? '')?.[direction ?? 'inbound'];
    if (form !== undefined) expect(scoreOf(form, metrics)).toBe(score);
  }
  expect(told.length).toBeGreaterThan(10_000);
});

test('a touch changes the bytes of a row each time, and not its score', () => {
  const row = rowOfSerial(world.layout, 77);
  if (row === null) throw new Error('no row');
  const texts = [0, 1, 2, 3, 4, 5, 6, 7].map((version) => {
    world.overlay.versions.set(77, version);
    return JSON.stringify(spellRow(rowOf(world, row), world.switches));
  });
  for (let version = 1; version < texts.length; version++) expect(texts[version]).not.toBe(texts[version - 1]);
  expect(new Set(texts.map((text) => JSON.parse(text).koreEvalutionScore)).size).toBe(1);
});
