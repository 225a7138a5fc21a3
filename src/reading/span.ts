import { Failure } from '../errors.ts';
import type { Calendar } from '../model/calendar.ts';
import type { ListQuestion } from '../model/range.ts';
import { distinctRows, type RowAt, rowsAt } from '../model/row-at.ts';
import type { Window } from '../model/window.ts';
import { pageSize } from './geometry.ts';
import type { RawPage } from './pages.ts';
import type { DayPart } from './profile.ts';
import { holdsAll, joinPages, pagesToProve } from './proof.ts';
import { overlapping, splitSpan } from './split.ts';
import type { Stream } from './stream.ts';
import { uniteParts } from './unite.ts';

/** A span to be read: `question.window` is the span. No page of this number or a lesser one is good enough. */
export type SpanWant = { readonly question: ListQuestion; readonly newerThan: number };

/** What reading a span asks for, and what it may know. */
export type SpanParts = {
  /** One page of the list of a span; `isAfresh`: newer than what was seen of it so far. */
  page(window: Window, index: number, isAfresh: boolean): Promise<SeenPage>;
  readonly stream: Stream;
  readonly calendar: Calendar;
  /** Parts that the span was split into so far, and those that were proven. */
  readonly splits: { count: number; readonly proven: DayPart[] };
  now(): number;
};

/** Parts that a span may be split into, whatever it holds: beyond these and those for its rows an upstream doesn't heed dates. */
const splitsBase = 300;
/** For so many rows it may be split into one part more. */
const splitRowsMin = 10;

/** `isNew`: its call was sent by this reading. */
export type SeenPage = { readonly page: RawPage; readonly isNew: boolean };

/** A span that was proven whole. */
export type WholeSpan = {
  readonly kind: 'whole';
  readonly window: Window;
  readonly rows: readonly RowAt[];
  readonly total: number;
  readonly readAt: number;
};

/** A span that was not: the parts of it that were, and why the rest wasn't. */
export type PartSpan = {
  readonly kind: 'part';
  readonly window: Window;
  readonly wholes: readonly WholeSpan[];
  /** What the upstream counts in it; null where it couldn't be asked. */
  readonly total: number | null;
  readonly failure: Failure;
};

export type SpanResult = WholeSpan | PartSpan;

/**
 * Reads a span until it is proven whole by the cheapest proof that holds: one response holds it all; its pages join without a doubt; or it is split by
 * time until every part is proven, and their totals add up to its own. What can't be proven is left out, with the reason. Never rejects.
 */
export async function readSpan(window: Window, parts: SpanParts): Promise<SpanResult> {
  const first = await settle(parts.page(window, 0, false));
  if (first.kind === 'failed') return partOf(window, null, first.failure);
  const result = await proveSpan(window, first.seen, parts);
  const { stream, calendar, splits } = parts;
  const midnight = calendar.startOfDay(window.from);
  stream.profile.learn(
    splits.proven.map(({ from, until, count }) => ({ from: from - midnight, until: until - midnight, count })),
  );
  return result;
}

async function proveSpan(window: Window, seen: SeenPage, parts: SpanParts): Promise<SpanResult> {
  const { stream } = parts;
  stream.see(seen.page);
  if (holdsAll(seen.page, stream.responseSize()))
    return wholeOf(window, [seen.page], distinctRows(rowsAt(seen.page.table)), parts);
  if (contradicts(seen.page, stream)) {
    const again = await settle(parts.page(window, 0, true));
    if (again.kind === 'failed') return partOf(window, seen.page.total, again.failure);
    const { page } = again.seen;
    if (holdsAll(page, stream.responseSize())) return wholeOf(window, [page], distinctRows(rowsAt(page.table)), parts);
    if (contradicts(page, stream)) return partOf(window, page.total, inconsistent('ROW_COUNT'));
    return await joinOrSplit(window, again.seen, parts);
  }
  return await joinOrSplit(window, seen, parts);
}

async function joinOrSplit(window: Window, first: SeenPage, parts: SpanParts): Promise<SpanResult> {
  if (parts.stream.isJoinable(parts.now()) && first.page.table.rowCount === pageSize) {
    const joined = await readJoined(window, first, parts);
    if (joined !== null) return joined;
  }
  return await readSplit(window, first.page.total, parts);
}

/** More rows than are counted, or fewer than a response could hold. */
function contradicts({ table: { rowCount }, total }: RawPage, stream: Stream): boolean {
  return total < rowCount || rowCount < Math.min(total, stream.responseSize());
}

/** Reads the other pages of a span, those that don't fit a second time, and joins them. Null: they can't be joined, and the span has to be split. */
async function readJoined(window: Window, first: SeenPage, parts: SpanParts): Promise<SpanResult | null> {
  const indices = Array.from({ length: pagesToProve(first.page.total) - 1 }, (_, at) => at + 1);
  let seen: readonly Settled[] = [
    { kind: 'seen', seen: first },
    ...(await Promise.all(indices.map((index) => settle(parts.page(window, index, false))))),
  ];
  for (let round = 0; ; round++) {
    const failed = seen.flatMap((each) => (each.kind === 'failed' ? [each.failure] : []));
    const [failure] = failed.filter((each) => !isRejection(each));
    if (failure !== undefined) return partOf(window, first.page.total, failure);
    const pages = seen.flatMap((each) => (each.kind === 'seen' ? [each.seen] : []));
    const isSound = failed.length === 0 && pages.every(({ page }) => page.failure?.reason !== 'ROW_COUNT');
    const joined = isSound ? joinPages(pages.map(({ page }) => page)) : null;
    if (joined?.kind === 'whole')
      return wholeOf(
        window,
        pages.map(({ page }) => page),
        joined.rows,
        parts,
      );
    const outdated = round === 0 ? outdatedPages(pages) : new Set<number>();
    if (outdated.size === 0) {
      if (joined?.kind !== 'moved') parts.stream.distrust(parts.now());
      return null;
    }
    const reread = (each: Settled, index: number) =>
      outdated.has(index) ? settle(parts.page(window, index, true)) : each;
    seen = await Promise.all(seen.map(reread));
  }
}

/** Of pages that don't fit together those that were held before, and those that count another total than the newest. */
function outdatedPages(pages: readonly SeenPage[]): ReadonlySet<number> {
  const newest = pages.reduce((one, other) => (one.page.sequence < other.page.sequence ? other : one));
  const outdated = pages.filter(({ page, isNew }) => !isNew || page.total !== newest.page.total);
  // A list that moves with every call isn't caught up with.
  const isHopeless = pages.every(({ isNew }) => isNew) && pages.length < outdated.length * 2;
  return new Set(isHopeless ? [] : outdated.map(({ page }) => page.index));
}

/**
 * Splits a span by time. Parts overlap by a second, so that no row is lost where they touch, however the upstream means the end of a window.
 * First every part is asked how much it holds: parts that each hold as much as their whole are no parts of it.
 */
async function readSplit(window: Window, total: number, parts: SpanParts): Promise<SpanResult> {
  const { stream, calendar } = parts;
  const midnight = calendar.startOfDay(window.from);
  const split = splitSpan(window, { total, responseSize: stream.responseSize(), midnight, profile: stream.profile });
  if (split === null) return partOf(window, total, inconsistent('UNSPLITTABLE_INSTANT'));
  const spans = overlapping(window, split);
  parts.splits.count += spans.length;
  if (splitsBase + total / splitRowsMin < parts.splits.count)
    return partOf(window, total, inconsistent('SPLIT_TOO_FINE'));
  const firsts = await Promise.all(spans.map((span) => settle(parts.page(span, 0, false))));
  // A crowded second may stand in two parts, which overlap; three that hold as much as their whole are no parts of it.
  const alikeCount = firsts.filter((first) => first.kind === 'seen' && total <= first.seen.page.total).length;
  if (alikePartsMax < alikeCount) return partOf(window, total, inconsistent('DATES_IGNORED'));
  const results = await Promise.all(
    firsts.map(async (first, at) => {
      const span = spans[at] ?? window;
      if (first.kind === 'failed') return partOf(span, null, first.failure);
      return await proveSpan(span, first.seen, parts);
    }),
  );
  const united = uniteParts(results.flatMap((result) => (result.kind === 'whole' ? [result] : result.wholes)));
  const failures = results.flatMap((result) => (result.kind === 'part' ? [result.failure] : []));
  const failure = failures.find((each) => each.code !== 'UPSTREAM_INCONSISTENT') ?? failures[0];
  if (failure !== undefined) return { kind: 'part', window, wholes: united, total, failure };
  const count = united.reduce((all, { rows }) => all + rows.length, 0);
  const doubt = await doubtOfCount(window, total, count, spans !== split, parts);
  if (doubt !== null) return { kind: 'part', window, wholes: united, total, failure: doubt };
  const readAt = Math.min(...united.map((whole) => whole.readAt));
  return { kind: 'whole', window, rows: united.flatMap(({ rows }) => rows), total: count, readAt };
}

/**
 * Whether what the parts hold is as much as the whole does, asked once more if it isn't at first; null if it is. Where rows came or went meanwhile no
 * number can agree, and parts that overlap are proof enough.
 */
async function doubtOfCount(
  window: Window,
  total: number,
  count: number,
  isOverlapping: boolean,
  parts: SpanParts,
): Promise<Failure | null> {
  if (count === total) return null;
  const again = await settle(parts.page(window, 0, true));
  if (again.kind === 'failed') return again.failure;
  const { page } = again.seen;
  const hasMoved = isOverlapping && page.total !== total;
  return page.total === count || hasMoved ? null : inconsistent('WINDOW_END');
}

const alikePartsMax = 2;

type Settled =
  | { readonly kind: 'seen'; readonly seen: SeenPage }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Failures as values: what fails costs its neighbours nothing. */
async function settle(reading: Promise<SeenPage>): Promise<Settled> {
  try {
    return { kind: 'seen', seen: await reading };
  } catch (error) {
    if (error instanceof Failure) return { kind: 'failed', failure: error };
    throw error;
  }
}

/** The upstream refuses what was asked, such as an offset beyond its cap. */
function isRejection({ code, reason }: Failure): boolean {
  return code === 'UPSTREAM_BAD_RESPONSE' && reason === 'REJECTED';
}

/** `rows` are distinct. */
function wholeOf(window: Window, pages: readonly RawPage[], rows: readonly RowAt[], parts: SpanParts): WholeSpan {
  const total = pages[0]?.total ?? 0;
  if (parts.splits.count > 0) parts.splits.proven.push({ ...window, count: total });
  const readAt = Math.min(...pages.map((page) => page.readAt));
  return { kind: 'whole', window, rows, total, readAt };
}

function partOf(window: Window, total: number | null, failure: Failure): PartSpan {
  return { kind: 'part', window, wholes: [], total, failure };
}

function inconsistent(reason: string): Failure {
  return new Failure('UPSTREAM_INCONSISTENT', 'What the upstream returned for this span can not be proven whole', {
    reason,
  });
}
