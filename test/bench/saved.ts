import { readFileSync, writeFileSync } from 'node:fs';
import { chartOf } from './chart.ts';
import { goalsOf } from './goals.ts';
import type { Results } from './results.ts';
import { goalTable, missesOf, overviewTable, tablesOf } from './table.ts';

export const resultsPath = 'test/bench/results.json';
export const readmePath = 'test/bench/README.md';
export const chartPath = 'docs/bench.svg';

const comparison = /(?<=<!-- comparison -->\n).*?(?=<!-- \/comparison -->)/s;

/** Keeps what a run found, and writes and draws anew what is made of it. */
export function saveResults(results: Results): void {
  writeFileSync(resultsPath, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(chartPath, chartOf(results));
  const page = readFileSync(readmePath, 'utf8');
  if (!comparison.test(page)) throw new Error(`${readmePath} has no place for the comparison`);
  writeFileSync(
    readmePath,
    page.replace(comparison, () => comparisonOf(results)),
  );
}

/** What the page says of a run, between its two marks. */
export function comparisonOf(results: Results): string {
  const { date, commit, node, processor, cores, othersShare } = results.machine;
  const goals = goalsOf(results);
  const others = `others took ${Math.round(othersShare * 100)} % of its time`;
  return `${[
    `Measured on ${date}, commit ${commit}, Node ${node}, ${processor}, ${cores} cores; ${others}. ${results.rounds} rounds, ${results.concurrency} requests at a time.`,
    goalTable(goals),
    missesOf(goals),
    `### All of it\n\n${overviewTable(results)}`,
    tablesOf(results),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}
