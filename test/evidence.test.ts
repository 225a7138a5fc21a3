import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { areaScores, areaTable } from '../scripts/evidence/areas.ts';
import { readFound } from '../scripts/evidence/found.ts';
import { rows } from '../scripts/evidence/rows.ts';
import { areas } from './mutation/areas.ts';

const report = (names: readonly string[], status = 'passed') => ({
  numPassedTests: names.length,
  numFailedTests: 0,
  testResults: [
    {
      assertionResults: names.map((name) => {
        const [title = '', ...ancestorTitles] = name.split(' > ').reverse();
        return { ancestorTitles, title, status };
      }),
    },
  ],
});

test('a test stands for every number that it begins with, and for no other', () => {
  const names = [
    'A1 to A3 are told',
    'A65, A66 keys > that come',
    'keys > A67, F75 a key server of F1',
    'whatever is sent: A23 introspection',
    'an A9',
    'A12',
    'A7x',
  ];
  const found = readFound('', report(names));
  expect(found.numbered('A')).toEqual([1, 2, 3, 23, 65, 66, 67]);
  expect(found.numbered('F')).toEqual([75]);
  expect(readFound('', report(['A1 is told'], 'failed')).numbered('A')).toEqual([]);
});

test('figures are read wherever they stand in what is printed, and a topic of which nothing was said is an error', () => {
  const { figures } = readFound(
    '✓ a test\nfigures of fuzz: {"cases":4}\nmore figures of fuzz: {"cases":5}\n',
    report([]),
  );
  expect(figures('fuzz')).toEqual([{ cases: 4 }, { cases: 5 }]);
  expect(() => figures('soak')).toThrow('soak');
});

test('of the changes to each area the tests of its room notice 85 of 100 at least, and docs/evidence.md says how many', () => {
  const scores = areaScores();
  expect(scores.map(({ area }) => area)).toEqual(Object.keys(areas).toSorted());
  for (const { area, changes, noticed } of scores) expect(noticed / changes, area).toBeGreaterThanOrEqual(0.85);
  expect(readFileSync('docs/evidence.md', 'utf8')).toContain(areaTable());
});

test('docs/evidence.md claims what a row measures, with its aim and its command, and nothing else', () => {
  const text = readFileSync('docs/evidence.md', 'utf8');
  const [, table = ''] = /<!-- figures -->\n(.*?)\n<!-- \/figures -->/s.exec(text) ?? [];
  const claims = rows.map(({ promise, aim, by }) => [promise, aim, `\`${by}\``]);
  const told = table.split('\n').slice(2);
  expect(told.length).toBeGreaterThan(10);
  for (const line of told) {
    const [promise, aim, reached, by] = line.slice(2, -2).split(' | ');
    expect(claims).toContainEqual([promise, aim, by]);
    expect(reached).toMatch(/\d/);
  }
});
