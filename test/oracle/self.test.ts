import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayMs } from '../simulator/layout.ts';
import { sliceRows } from '../simulator/listing.ts';
import type { Switches } from '../simulator/switches.ts';
import { makeWorld, rowOf } from '../simulator/world.ts';
import { queryOf } from './answer.ts';
import { hear } from './asking.ts';
import type { Dataset } from './dataset.ts';
import { judge } from './judge.ts';
import { poolOf } from './pool.ts';
import { type Question, questions } from './questions.ts';
import { type Facts, factsOf } from './rows.ts';
import { field, printDocument, projectRoot } from './selection.ts';
import { makeStandIn } from './stand-in.ts';

/** A small world without sockets: what the oracle holds of it. */
function datasetOf(switches: Partial<Switches>): Dataset {
  const epochMs = Date.parse('2026-03-26T00:00:00Z');
  const layout = { seed: 5, epochMs, dayCount: 5, listedPerDay: 40, belowThresholdShare: 0.1 };
  const world = makeWorld(layout, switches);
  const classIndexes = world.layout.classes.map((_, index) => index);
  const selection = { fromMs: epochMs, untilMs: epochMs + 5 * dayMs, classIndexes };
  const refs = sliceRows(world.data, selection, { kind: 'ascending' }, 0, 1_000);
  return {
    rows: refs.map((ref) => factsOf(rowOf(world, ref), world.switches)),
    timeZone: 'Europe/Berlin',
    nowMs: epochMs + 5.5 * dayMs,
    isOrderKnown: true,
    isOrderFirm: true,
    isTotalKnown: true,
    hasOneName: switches.quirks === false,
    isLimited: false,
    places: new Map(),
    globalIds: new Map(),
  };
}

const data = datasetOf({ tableOnlyFields: true });
const cleanData = datasetOf({ quirks: false, tableOnlyFields: true });
const seed = 20_261_125;

/** The first of some questions that a stand-in over other data answers wrongly, and how many were asked. */
async function hearAll(told: Dataset, judgedBy: Dataset, count: number): Promise<{ faults: number; first: unknown }> {
  let faults = 0;
  let first: unknown = null;
  // Cursors are handed out by the one and come back to the other.
  const fresh = { places: new Map(), globalIds: new Map() };
  const ask = makeStandIn({ ...told, ...fresh });
  const hearing = { data: { ...judgedBy, ...fresh }, law: 'whole', ask } as const;
  for (const question of fc.sample(questions(poolOf(judgedBy)), { numRuns: count, seed })) {
    const fault = await hear(hearing, question);
    if (fault === null) continue;
    faults += 1;
    first ??= fault;
  }
  return { faults, first };
}

describe('the oracle', () => {
  test.for([
    ['quirks', data],
    ['clean rows', cleanData],
  ] as const)('takes its own answers for right, given by GraphQL itself to valid documents: %s', async ([, each]) => {
    expect(await hearAll(each, each, 250)).toEqual({ faults: 0, first: null });
  });

  const change = (change: (row: Facts, index: number) => readonly Facts[]): Dataset => ({
    ...data,
    rows: data.rows.flatMap(change),
  });
  const one = (facts: Partial<Facts>) => change((row, index) => [index === 70 ? { ...row, ...facts } : row]);
  test.for<[string, Dataset]>([
    ['a row is missing', change((row, index) => (index === 70 ? [] : [row]))],
    ['a row is there twice', change((row, index) => (index === 70 ? [row, row] : [row]))],
    ['two rows are exchanged', change((row, index) => [data.rows[{ 70: 90, 90: 70 }[index] ?? index] ?? row])],
    ['a score is another', one({ score: -99.5 })],
    ['a score is none', one({ score: null })],
    ['an agent is left out', one({ agents: [] })],
    ['a metric is left out', one({ metrics: [] })],
    ['a direction isn’t stated', one({ contactDirection: null })],
    ['an audit is another', one({ auditStatus: 'UNKNOWN' })],
    ['rows are listed a second early', change((row) => [{ ...row, listedMs: row.listedMs - 1000 }])],
    ['days are those of UTC', { ...data, timeZone: 'UTC' }],
    ['rows below the threshold count', change((row) => [{ ...row, isListedBelowThreshold: false }])],
  ])('notices that %s', async ([, told]) => {
    expect((await hearAll(told, data, 100)).faults).toBeGreaterThan(0);
  });
});

describe('questions', () => {
  test('are the same for the same seed', () => {
    const asked = () => fc.sample(questions(poolOf(data)), { numRuns: 30, seed });
    expect(asked()).toEqual(asked());
  });

  test('mostly have filters that let some rows through and keep others', () => {
    const counts = fc.sample(questions(poolOf(data)), { numRuns: 1_500, seed }).flatMap((question) => {
      if (question.kind !== 'summary' || question.shape !== 'operation') return [];
      const root = { ...(question.roots[0] ?? field('scoreSummary')), fields: [field('conversationCount')] };
      return [Number(Object(projectRoot(queryOf(data), [root])['scoreSummary']).conversationCount)];
    });
    const shareOf = (holds: (count: number) => boolean) => counts.filter(holds).length / counts.length;
    expect(shareOf((count) => count > 0)).toBeGreaterThan(0.5);
    expect(shareOf((count) => count > 0 && count < 100)).toBeGreaterThan(0.25);
  });
});

type Path = readonly (string | number)[];

/** Every value of an answer that could be another, by its path; cursors and ids are anything. */
function leavesOf(value: unknown, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [path];
  const isAnything = (key: string) => key === 'id' || /cursor$/i.test(key);
  return Object.entries(value).flatMap(([key, item]) => (isAnything(key) ? [] : leavesOf(item, [...path, key])));
}

function withOther(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined)
    return typeof value === 'number' ? value + 1.5 : typeof value === 'boolean' ? !value : { no: 1 };
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? withOther(item, rest) : item));
  const entries = Object.entries(Object(value));
  return Object.fromEntries(entries.map(([key, item]) => [key, key === step ? withOther(item, rest) : item]));
}

const operations = questions(poolOf(data)).filter(
  (question): question is Question & { readonly shape: 'operation' } => question.shape === 'operation',
);

test('the judge refuses a right answer with any one value changed', async () => {
  let changedCount = 0;
  const standIn = makeStandIn(data);
  await fc.assert(
    fc.asyncProperty(operations, fc.nat(), async ({ roots }, chance) => {
      const expected = projectRoot(queryOf(data), roots);
      const right = await standIn(printDocument(roots));
      const places = leavesOf(right.data);
      const place = places[chance % Math.max(1, places.length)];
      if (place === undefined || right.errors !== undefined) return;
      changedCount += 1;
      const wrong = { data: Object(withOther(right.data, place)) as Record<string, unknown> };
      expect(judge(expected, wrong, 'whole'), place.join('.')).not.toBeNull();
    }),
    { numRuns: 300, seed },
  );
  expect(changedCount).toBeGreaterThan(200);
});
