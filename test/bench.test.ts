import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema as buildPlain, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { buildSchema } from '../src/graphql/schema.ts';
import { chartOf } from './bench/chart.ts';
import { goalsOf, ratioOf } from './bench/goals.ts';
import { percentile, rounded } from './bench/measure.ts';
import { operations } from './bench/operations.ts';
import { typeDefs } from './bench/peers/sdl.ts';
import type { ContenderName, Figures, OperationResult, Results } from './bench/results.ts';
import { placeOfDifference } from './bench/same.ts';
import { chartPath, comparisonOf, readmePath, resultsPath } from './bench/saved.ts';
import { digits, missesOf, spreadOf, tableOf, tablesOf } from './bench/table.ts';

const peersPath = 'test/bench/peers';
const saved = JSON.parse(readFileSync(resultsPath, 'utf8')) as Results;

test('the page and the drawing are what the saved run gives', () => {
  const page = readFileSync(readmePath, 'utf8');
  expect(/<!-- comparison -->\n(.*?)<!-- \/comparison -->/s.exec(page)?.[1]).toBe(comparisonOf(saved));
  expect(readFileSync(chartPath, 'utf8')).toBe(chartOf(saved));
});

test('the saved run measured every operation, cold and held', () => {
  const wanted = operations.flatMap(({ name }) => [`${name} cold`, `${name} held`]);
  expect(saved.operations.map(({ operation, state }) => `${operation} ${state}`)).toEqual(wanted);
});

test('this gateway and the peers that are written by hand are asked the same documents', () => {
  for (const schema of [buildSchema(), buildPlain(typeDefs)]) {
    for (const { query } of operations) expect(validate(schema, parse(query))).toEqual([]);
  }
});

test('the peers share nothing with src', () => {
  const programs = readdirSync(peersPath).filter((name) => name.endsWith('.ts'));
  expect(programs.length).toBeGreaterThan(5);
  for (const name of programs) expect(readFileSync(`${peersPath}/${name}`, 'utf8'), name).not.toMatch(/from '\.\./);
});

test('no two cold requests ask the same, and none what is held', () => {
  for (const { name, variables } of operations) {
    const asked = Array.from({ length: 400 }, (_, index) => JSON.stringify(variables(index)));
    expect(new Set(asked).size, name).toBe(asked.length);
  }
});

const figures = (cpuMs: number, callsPerRequest = 1): Figures => ({
  cpuMs,
  cpuMsByRound: [cpuMs * 0.9, cpuMs * 1.1],
  callsPerRequest,
  requestsPerSecond: 100,
  p50Ms: 1,
  p99Ms: 2,
});

const page = (state: 'cold' | 'held', its: Readonly<Partial<Record<ContenderName, Figures>>>): OperationResult => ({
  operation: 'page100',
  state,
  requestCount: 10,
  figures: its,
});

const scan = (rowsPerSecond: number) => ({
  rowsPerSecond,
  rowsPerSecondByRound: [rowsPerSecond],
  cpuMsPerThousand: 1,
});

/** A run that holds every goal, unless changed. */
const run = (changes: Partial<Results> = {}): Results => ({
  ...saved,
  operations: [
    page('cold', { ours: figures(6), floor: figures(4), apollo: figures(18), yoga: figures(9) }),
    page('held', { ours: figures(2, 0), floor: figures(4), apollo: figures(18), yoga: figures(9) }),
  ],
  scan: { ours: scan(800), floor: scan(1000) },
  programs: { ...saved.programs, ours: { residentMb: 1, residentMostMb: 1, startMs: 1999 } },
  ...changes,
});

const withoutFloor = ({ floor: _, ...others }: OperationResult['figures']) => others;

const missed = (results: Results) =>
  goalsOf(results)
    .filter(({ isHeld }) => !isHeld)
    .map(({ goal, reached }) => `${goal}: ${reached}`);

test.for<[string, Partial<Results>, readonly string[]]>([
  ['held all', {}, []],
  [
    'a figure that is missing',
    { operations: run().operations.map((each) => page(each.state, withoutFloor(each.figures))) },
    [
      'cold page of 100: CPU of the floor, at most 1.60 times: –',
      'held page of 100: CPU of the floor, at most 0.50 times: –',
    ],
  ],
  [
    'a peer that is cheaper, and one that calls less',
    {
      operations: [
        page('cold', { ...run().operations[0]?.figures, yoga: figures(5, 0.5) }),
        page('held', { ...run().operations[1]?.figures }),
      ],
    },
    ['less CPU than every peer: 3 of 4', 'no more upstream calls than any peer: 3 of 4'],
  ],
  [
    'a slow scan',
    { scan: { ours: scan(699), floor: scan(1000) } },
    ["a day's scan: at least 0.7 of the rows a second that the floor reads: 0.70"],
  ],
])('a goal is missed where it should be: %s', ([, changes, wanted]) => {
  expect(missed(run(changes))).toEqual(wanted);
});

test('places that miss a goal are told by operation', () => {
  const slower = run({ operations: [page('cold', { ours: figures(20, 0), apollo: figures(18), yoga: figures(9) })] });
  expect(missesOf(goalsOf(slower))).toBe('less CPU than every peer, but: page100 cold (apollo, yoga)');
  expect(missesOf(goalsOf(run()))).toBe('');
});

test('a ratio is told with the least and the greatest of its rounds, and what is missing as a dash', () => {
  const [table = ''] = tablesOf(run({ operations: [page('cold', { ours: figures(6), floor: figures(4) })] })).split(
    '\n\n###',
  );
  const cells = table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  expect(cells[4]?.slice(1, 6)).toEqual(['this gateway', '6', '1.5 (1.5–1.5)', '1', '1']);
  expect(cells[5]?.slice(1, 6)).toEqual(['the floor', '4', '1', '0.667 (0.667–0.667)', '1']);
  expect(cells[6]?.slice(1, 6)).toEqual(['Apollo Server, by hand', '–', '–', '–', '–']);
  expect(spreadOf([1, 4], [2, 2])).toBe('0.5–2');
  expect(spreadOf([1, 4], [])).toBe('–');
});

test('figures: ratios, percentiles, digits', () => {
  expect([ratioOf(3, 2), ratioOf(undefined, 2), ratioOf(3, undefined), ratioOf(3, 0)]).toEqual([1.5, null, null, null]);
  const ascending = Array.from({ length: 200 }, (_, index) => index + 1);
  expect([percentile(ascending, 0.5), percentile(ascending, 0.99), percentile([7], 0.99)]).toEqual([100, 198, 7]);
  expect([digits(0), digits(0.012345), digits(12.345), digits(1234.5), digits(Number.NaN)]).toEqual([
    '0',
    '0.012',
    '12.3',
    '1,230',
    '–',
  ]);
  expect(rounded(123.456)).toBe(123.5);
  expect(tableOf(['', 'b'], [['one', '2']])).toBe('|     |   b |\n|-----|----:|\n| one |   2 |');
});

test.for<[string, unknown, unknown, string | null]>([
  ['the same', { a: [1, { b: null }] }, { a: [1, { b: null }] }, null],
  ['a mean that was added up in another order', { a: 0.1 + 0.2 }, { a: 0.3 }, null],
  ['another value', { a: [1, { b: null }] }, { a: [1, { b: 'c' }] }, 'page.a.1.b'],
  ['a field less', { a: 1, b: null }, { a: 1 }, 'page.b'],
  ['a row more', { a: [1] }, { a: [1, 2] }, 'page.a.1'],
])('answers are compared field by field: %s', ([, one, other, place]) => {
  expect(placeOfDifference(one, other, 'page')).toBe(place);
});

test('the drawing tells every contender, cold and held, also one that is missing', () => {
  const drawn = chartOf(run());
  expect(drawn.match(/>this gateway</g)).toHaveLength(2);
  expect(drawn.match(/>Hive Gateway</g)).toHaveLength(2);
  expect(drawn).toContain('6 ms · 1.5 × the floor · 1 call<');
  expect(drawn).toContain('2 ms · 0.5 × the floor · 0 calls<');
  expect(drawn).toContain('>–<');
});
