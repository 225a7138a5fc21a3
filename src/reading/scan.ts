import type { Failure } from '../errors.ts';
import type { ListQuestion } from '../model/range.ts';
import type { Window } from '../model/window.ts';
import { createAccount } from './account.ts';
import { createExpected, type Expected } from './expected.ts';
import { type Begun, countSlice } from './figures.ts';
import { keyOfQuestion } from './pages.ts';
import { areDatesIgnored, areRepeats, refused, type SliceReport } from './report.ts';
import { readSlice, type ScanDemand, type ScansParts } from './slice.ts';
import { slicesOf } from './slices.ts';

/** The slices of one list. Reading is shared by all fields of the operation, and by all operations. */
export type Scan = {
  /** Oldest first; never empty. */
  readonly slices: readonly Window[];
  /** Begins to read a slice when first asked for it. Rejects only with the reason of the operation's signal, and not for its deadline. */
  read(index: number): Promise<SliceReport>;
  /** All of them, read and judged once however many ask. */
  readAll(): Promise<readonly SliceReport[]>;
};

export type Scans = {
  /** Told of everything that will be scanned, before anything is. */
  expect(demands: readonly ScanDemand[]): void;
  /** The same scan for the same question. */
  scan(question: ListQuestion): Scan;
};

/**
 * Whether a scan can serve a list that pages could not: they don't fit together, or contradict what was asked. A list that moves too fast is best
 * asked for again.
 */
export function isScanRemedy({ code, reason }: Failure): boolean {
  return code === 'UPSTREAM_INCONSISTENT' && reason !== 'MOVING_LIST';
}

/** The scans of one operation. */
export function createScans(parts: ScansParts, begun: Begun): Scans {
  const scans = new Map<string, Scan>();
  const account = createAccount(parts, begun);
  let expected = createExpected([]);
  const scan = (question: ListQuestion): Scan => {
    const key = keyOfQuestion(question);
    const known = scans.get(key) ?? createScan(question, reader, (report) => countSlice(begun.figures, report));
    scans.set(key, known);
    return known;
  };
  const reader: SliceReader = {
    slicesOf: (window) => slicesOf(window, parts.calendar),
    read: (question) =>
      readSlice(question, {
        ...parts,
        begun,
        account,
        cuts: expected(question).cuts,
        borders: expected(question).borders,
        waitForBoth: () => waitForBoth(question, expected, parts, scan),
      }),
  };
  return {
    scan,
    expect: (demands) => {
      expected = createExpected(demands);
    },
  };
}

/** How a scan reads: into what it is cut, and what is known of one slice. */
export type SliceReader = {
  slicesOf(window: Window): readonly Window[];
  read(question: ListQuestion): Promise<SliceReport>;
};

/**
 * The scan of a list by this reader. Slices that show the same rows as their neighbours are refused, for they are of other days. `onReport` is told of each
 * slice once.
 */
export function createScan(
  question: ListQuestion,
  reader: SliceReader,
  onReport: (report: SliceReport) => void = () => undefined,
): Scan {
  const slices = reader.slicesOf(question.window);
  const reports = slices.map((): Promise<SliceReport> | undefined => undefined);
  const done = slices.map((): SliceReport | undefined => undefined);
  const read = async (index: number): Promise<SliceReport> => {
    const window = slices[index];
    if (window === undefined) throw new RangeError(`a scan of ${slices.length} slices has none of index ${index}`);
    const reading = reports[index] ?? reader.read({ ...question, window });
    reports[index] = reading;
    const report = await reading;
    const isFirst = done[index] === undefined;
    done[index] = report;
    const isRepeat = [done[index - 1], done[index + 1]].some((near) => near !== undefined && areRepeats(report, near));
    const answer = isRepeat ? refused(report) : report;
    if (isFirst) onReport(answer);
    return answer;
  };
  const readEach = async (): Promise<readonly SliceReport[]> => {
    const all = await Promise.all(slices.map((_, index) => read(index)));
    return areDatesIgnored(all) ? all.map(refused) : all;
  };
  let all: Promise<readonly SliceReport[]> | undefined;
  return {
    slices,
    read,
    readAll() {
      all ??= readEach();
      return all;
    },
  };
}

/**
 * Where all of the same list for both directions is going to be read anyway, or is being read, lets that go first: a list of one direction may follow
 * from it. Says whether there was something to wait for.
 */
async function waitForBoth(
  question: ListQuestion,
  expected: Expected,
  { scanner }: ScansParts,
  scan: (question: ListQuestion) => Scan,
): Promise<boolean> {
  if (question.contactDirection === null) return false;
  const both = { ...question, contactDirection: null };
  const { from, until } = question.window;
  const demand = expected(both).demands.find(
    (each) => each.needsAll === true && each.question.window.from <= from && until <= each.question.window.until,
  );
  if (demand === undefined && !scanner.isReading(both)) return false;
  const { slices, read } = scan(demand?.question ?? both);
  const touching = [...slices.entries()].filter(([, slice]) => slice.from < until && from < slice.until);
  await Promise.all(touching.map(([index]) => read(index)));
  return true;
}
