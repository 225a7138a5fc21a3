import type { ListQuestion } from '../model/range.ts';
import { keyOfFilters } from './pages.ts';
import type { ScanDemand } from './slice.ts';

/** What an operation will scan of one list, whatever the windows. */
export type Alike = {
  readonly demands: readonly ScanDemand[];
  /** Where a slice must be cut, for a field tells by its tiles on which side of it rows are. Ascending, in seconds since 1970. */
  readonly borders: readonly number[];
  /** Where a slice is cut for the sake of other fields of its list: what each of them asks for is then read once. Ascending, in seconds since 1970. */
  readonly cuts: readonly number[];
};

/** What of all that will be scanned is of the same list as a question. */
export type Expected = (question: ListQuestion) => Alike;

/** Puts together once what will be scanned: it is asked for at every slice, and an operation has thousands of them. */
export function createExpected(demands: readonly ScanDemand[]): Expected {
  const byFilters = Map.groupBy(demands, ({ question }) => keyOfFilters(question));
  const alike = new Map([...byFilters].map(([key, each]) => [key, alikeOf(each)]));
  return (question) => alike.get(keyOfFilters(question)) ?? nothing;
}

const nothing: Alike = { demands: [], borders: [], cuts: [] };

function alikeOf(demands: readonly ScanDemand[]): Alike {
  const borders = ascending(demands.flatMap(({ cuts }) => cuts));
  const edges = demands.flatMap(({ question: { window } }) => [window.from, window.until]);
  return { demands, borders, cuts: ascending([...edges, ...borders]) };
}

function ascending(instants: readonly number[]): readonly number[] {
  return [...new Set(instants)].sort((one, other) => one - other);
}
