import type { HeldPage } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import { createExpected, type Expected } from './expected.ts';
import type { Begun } from './figures.ts';
import { pageSize } from './geometry.ts';
import type { HeldSpan, HeldTiles } from './held.ts';
import { keyOfQuestion } from './pages.ts';
import type { LookUp, PagePlan } from './plan-lists.ts';
import { holdsAll, pagesToProve } from './proof.ts';
import { reportOf, type SliceReport } from './report.ts';
import { createScan, type Scan } from './scan.ts';
import type { Outlook } from './scanner.ts';
import type { ScanDemand, ScansParts } from './slice.ts';
import { slicesOf } from './slices.ts';
import { partsAt } from './split.ts';

/** A span that isn't held as a tile, and has to be read. */
export type SpanPlan = {
  /** `question.window` is the span. */
  readonly question: ListQuestion;
  /** Those of its pages that are known to be needed. */
  readonly pages: readonly PagePlan[];
  /** Whether these are all that it takes, as long as it stays as it is. */
  readonly isSizeKnown: boolean;
};

/** What reading a slice takes: nothing where all of it is held. */
export type SlicePlan = { readonly spans: readonly SpanPlan[] };

/** Thrown by a planned scan in place of a reading: the slice isn't all held. */
export class NotHeld extends Error {
  readonly slice: SlicePlan;

  constructor(slice: SlicePlan) {
    super('this slice is not held');
    this.slice = slice;
  }
}

/** The scans of one operation, as far as they are held: no call is made. */
export type PlannedScans = {
  /** A scan that reads what is held, and throws NotHeld at what isn't. */
  scan(question: ListQuestion): Scan;
  /** What each slice of a list takes. */
  slices(question: ListQuestion): Promise<readonly SlicePlan[]>;
};

export type PlannedScansParts = Pick<ScansParts, 'held' | 'scanner' | 'calendar'> & {
  readonly begun: Begun;
  readonly lookUp: LookUp;
  /** All that the operation is going to scan; beside it what it looks through for single conversations. */
  readonly expected: readonly ScanDemand[];
  readonly searched: readonly ListQuestion[];
};

type SlicePlanParts = Omit<PlannedScansParts, 'expected' | 'searched'> & {
  readonly expected: Expected;
  readonly searched: Expected;
};

type Known = { readonly plan: SlicePlan; readonly report: SliceReport | null };

/** Each slice is looked up once. */
export function createPlannedScans(parts: PlannedScansParts): PlannedScans {
  const slices = new Map<string, Promise<Known>>();
  const expected = createExpected(parts.expected);
  const searched = createExpected(parts.searched.map((question) => ({ question, cuts: [] })));
  const know = (question: ListQuestion): Promise<Known> => {
    const key = keyOfQuestion(question);
    const known = slices.get(key) ?? planSlice(question, { ...parts, expected, searched });
    slices.set(key, known);
    return known;
  };
  const daysOf = ({ window }: ListQuestion) => slicesOf(window, parts.calendar);
  const read = async (question: ListQuestion): Promise<SliceReport> => {
    const { plan, report } = await know(question);
    if (report === null) throw new NotHeld(plan);
    return report;
  };
  return {
    scan: (question) => createScan(question, { slicesOf: (window) => slicesOf(window, parts.calendar), read }),
    slices: async (question) => {
      const known = await Promise.all(daysOf(question).map((window) => know({ ...question, window })));
      return known.map(({ plan }) => plan);
    },
  };
}

/** The same look at one slice as reading it begins with. */
async function planSlice(question: ListQuestion, parts: SlicePlanParts): Promise<Known> {
  const { begun, held } = parts;
  const { borders, cuts } = parts.expected(question);
  const { options, atMs } = begun;
  const wanted = { notBeforeMs: options.isAfresh ? atMs : 0, isAnyAge: false };
  const spans = partsAt(question.window, borders);
  const found = await Promise.all(spans.map((span) => findHeld(held, question, span, wanted, begun)));
  const tiles = found.flatMap((each) => each.tiles);
  const gaps = found.flatMap((each) => each.gaps).flatMap((gap) => partsAt(gap, cuts));
  if (gaps.length === 0) return { plan: { spans: [] }, report: reportOf(question.window, tiles, [], 1) };
  const sparing = sparingOf(question, parts);
  const plans = await Promise.all(gaps.map((window) => planSpan({ ...question, window }, sparing, parts)));
  return { plan: { spans: plans }, report: null };
}

function findHeld(
  held: HeldTiles,
  question: ListQuestion,
  span: ListQuestion['window'],
  wanted: Parameters<HeldTiles['find']>[2],
  { options }: Begun,
): Promise<HeldSpan> {
  // As reading looks before a call is paid.
  return held.find(question, span, wanted, options.patience.signal, 'patient');
}

/** What may spare a slice of one direction its calls: the list of both, which this operation reads too, or which is being read for somebody. */
type Sparing = { readonly isPossible: boolean; readonly isForeseen: boolean };

function sparingOf(question: ListQuestion, { expected, searched, scanner }: SlicePlanParts): Sparing {
  if (question.contactDirection === null) return { isPossible: false, isForeseen: true };
  const both = { ...question, contactDirection: null };
  const { from, until } = question.window;
  const isOwn = [...expected(both).demands, ...searched(both).demands].some(
    ({ question: { window } }) => window.from < until && from < window.until,
  );
  const isOthers = scanner.isReading(both);
  return { isPossible: isOwn || isOthers, isForeseen: !isOthers };
}

async function planSpan(
  question: ListQuestion,
  { isPossible, isForeseen }: Sparing,
  { lookUp, scanner, begun }: SlicePlanParts,
): Promise<SpanPlan> {
  const newerThan = begun.options.isAfresh ? begun.sequence : 0;
  const outlook: Outlook = scanner.outlook({ question, newerThan });
  const isOwed = outlook.isOpen && !isPossible;
  const first = (await lookUp(question, [0])).get(0);
  const indices = first === undefined ? null : pagesOfSpan(first, outlook);
  const others = indices === null ? new Map<number, HeldPage>() : await lookUp(question, indices);
  const pageOf = (index: number, page: HeldPage | undefined): PagePlan => ({
    question,
    index,
    isHeld: page !== undefined,
    isOwed: isOwed && page === undefined,
  });
  return {
    question,
    pages: [pageOf(0, first), ...(indices ?? []).map((index) => pageOf(index, others.get(index)))],
    isSizeKnown: indices !== null && isForeseen && outlook.isOpen,
  };
}

/** The pages that are read after the first one, if it is as it was; null: the span will be split, into who knows how many parts. */
function pagesOfSpan(first: HeldPage, { isJoinable, responseSize }: Outlook): readonly number[] | null {
  if (holdsAll(first, responseSize)) return [];
  if (!isJoinable || first.table.rowCount !== pageSize || first.total < pageSize) return null;
  return Array.from({ length: pagesToProve(first.total) - 1 }, (_, at) => at + 1);
}
