import { dateAt, firstOfMonth, mondayOf } from './calendar.ts';
import { compareValues } from './order.ts';
import type { CodeFacts, Facts } from './rows.ts';

/** One group: the values of its dimensions, in the order of `by`, and the rows that belong to it. */
export type Group = { readonly values: readonly (string | null)[]; readonly rows: readonly Facts[] };

/** Rows by one to three dimensions, in the SDL's order. A row is once in each combination of its values. */
export function groupsOf(rows: readonly Facts[], by: readonly string[], timeZone: string): readonly Group[] {
  const groups = new Map<string, { readonly values: readonly (string | null)[]; readonly rows: Set<Facts> }>();
  for (const row of rows) {
    for (const values of combinations(by.map((dimension) => valuesOf(row, dimension, timeZone)))) {
      const key = JSON.stringify(values);
      const group = groups.get(key) ?? { values, rows: new Set() };
      group.rows.add(row);
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .map((group) => ({ values: group.values, rows: [...group.rows] }))
    .toSorted((one, other) => compareTuples(one.values, other.values));
}

/** The values of a row in one dimension: ids, words or first days of periods; a row without any is in the group of null. */
export function valuesOf(row: Facts, dimension: string, timeZone: string): readonly (string | null)[] {
  switch (dimension) {
    case 'AGENT':
      return orNull(row.agents.map(({ id }) => id));
    case 'QUEUE':
      return orNull(row.queues.map(({ id }) => id));
    case 'METRIC':
      return orNull(row.metrics.flatMap(({ metricId }) => (metricId === null ? [] : [metricId])));
    case 'DISPOSITION':
      return orNull(row.dispositions.flatMap(({ codes }) => codes.map(({ id }) => id)));
    case 'LANGUAGE':
      return [row.language];
    case 'CHANNEL':
      return [row.channel];
    case 'CONTACT_DIRECTION':
      return [row.contactDirection];
    case 'AUDIT_STATUS':
      return [row.auditStatus];
    case 'AUDITOR':
      return [row.auditor];
    case 'EVALUATION_STATUS':
      return [row.evaluationStatus];
    case 'DURATION_STATUS':
      return [row.durationStatus];
    case 'WINDOW_DAY':
      return [dateAt(timeZone, row.listedMs)];
    case 'WINDOW_WEEK':
      return [mondayOf(dateAt(timeZone, row.listedMs))];
    case 'WINDOW_MONTH':
      return [firstOfMonth(dateAt(timeZone, row.listedMs))];
    default:
      throw new RangeError(`no dimension ${dimension}`);
  }
}

/** A disposition code by its id, as rows show it. */
export function codeOf(rows: readonly Facts[], id: string): CodeFacts | null {
  return (
    rows.flatMap(({ dispositions }) => dispositions.flatMap(({ codes }) => codes)).find((code) => code.id === id) ??
    null
  );
}

/** The finest of the periods that a group is grouped by; null without one. */
export function periodOf(by: readonly string[], values: readonly (string | null)[]): string | null {
  for (const period of ['WINDOW_DAY', 'WINDOW_WEEK', 'WINDOW_MONTH']) {
    const place = by.indexOf(period);
    if (place !== -1) return values[place] ?? null;
  }
  return null;
}

function combinations(lists: readonly (readonly (string | null)[])[]): readonly (readonly (string | null)[])[] {
  return lists.reduce<readonly (readonly (string | null)[])[]>(
    (all, list) => all.flatMap((tuple) => list.map((value) => [...tuple, value])),
    [[]],
  );
}

function compareTuples(one: readonly (string | null)[], other: readonly (string | null)[]): number {
  for (const [place, value] of one.entries()) {
    const order = compareValues(value, other[place] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function orNull(values: readonly string[]): readonly (string | null)[] {
  return values.length === 0 ? [null] : [...new Set(values)];
}
