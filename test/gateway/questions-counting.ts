import type { Facts, MetricFacts } from '../oracle/rows.ts';
import { dayMs } from '../simulator/layout.ts';

/** Plain counting over rows, for readings of answers. It looks at nothing but rows. */

/** What must be read out of an answer, given all rows: throws where it can't be. */
export type Reading = (answer: unknown, rows: readonly Facts[]) => void;

/** The rows of whole UTC days from a date on, in the upstream's order, without those below the minimum duration. */
export function listedOn(rows: readonly Facts[], date = '2026-03-02', dayCount = 1): readonly Facts[] {
  return everythingOn(rows, date, dayCount).filter(({ isListedBelowThreshold }) => !isListedBelowThreshold);
}

/** The same with those below the minimum duration. */
export function everythingOn(rows: readonly Facts[], date = '2026-03-02', dayCount = 1): readonly Facts[] {
  const fromMs = Date.parse(`${date}T00:00:00Z`);
  return rows.filter(({ listedMs }) => fromMs <= listedMs && listedMs < fromMs + dayCount * dayMs);
}

/** Scores, the least first. */
export function scoresOf(rows: readonly Facts[]): readonly number[] {
  return rows.flatMap(({ score }) => (score === null ? [] : [score])).toSorted((one, other) => one - other);
}

/** The mean, of nothing NaN. */
export function mean(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length;
}

/** The sum, of nothing 0. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}

/** Rows by each of the keys that they have. */
export function groupBy(
  rows: readonly Facts[],
  keysOf: (row: Facts) => readonly (string | null)[],
): ReadonlyMap<string | null, readonly Facts[]> {
  const pairs = rows.flatMap((row) => [...new Set(keysOf(row))].map((key) => ({ key, row })));
  const groups = Map.groupBy(pairs, ({ key }) => key);
  return new Map([...groups].map(([key, members]) => [key, members.map(({ row }) => row)]));
}

export const agentIdsOf = ({ agents }: Facts): readonly string[] => agents.map(({ id }) => id);
export const queueIdsOf = ({ queues }: Facts): readonly string[] => queues.map(({ id }) => id);

/** Keys with a number each, the greatest first and of equals the key that sorts first; those without a number come last. */
export function ranked<Member>(
  groups: ReadonlyMap<string | null, readonly Member[]>,
  numberOf: (members: readonly Member[]) => number,
): readonly (readonly [key: string | null, value: number])[] {
  const rank = (value: number) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value);
  return [...groups]
    .map(([key, members]): readonly [string | null, number] => [key, numberOf(members)])
    .toSorted(
      ([one, value], [other, otherValue]) => rank(otherValue) - rank(value) || (String(one) < String(other) ? -1 : 1),
    );
}

/** What was answered for each metric: results with a qualification, by metricId. */
export function resultsOf(rows: readonly Facts[]): ReadonlyMap<string | null, readonly MetricFacts[]> {
  const results = rows.flatMap(({ metrics }) => metrics.filter(({ qualification }) => qualification !== null));
  return Map.groupBy(results, ({ metricId }) => metricId);
}

/** How many results have this qualification. */
export function countOf(results: readonly MetricFacts[] | undefined, qualification: string): number {
  return (results ?? []).filter((result) => result.qualification === qualification).length;
}

/** NO ÷ (YES + NO); NaN where nothing was answered so. */
export function failureRate(results: readonly MetricFacts[] | undefined): number {
  const noCount = countOf(results, 'NO');
  return noCount / (noCount + countOf(results, 'YES'));
}

/** The ids of rows of a day as a filtered list has them. */
export function idsOf(rows: readonly Facts[]): readonly string[] {
  return rows.map(({ conversationId }) => conversationId).toSorted();
}

/** Ids by score from the least on; of equals the id that sorts first. */
export function worstOf(rows: readonly Facts[], count: number): readonly string[] {
  return rows
    .filter(({ score }) => score !== null)
    .toSorted(
      (one, other) => (one.score ?? 0) - (other.score ?? 0) || (one.conversationId < other.conversationId ? -1 : 1),
    )
    .slice(0, count)
    .map(({ conversationId }) => conversationId);
}
