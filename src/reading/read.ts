import DataLoader from 'dataloader';
import { Failure } from '../errors.ts';
import type { HeldPage } from '../model/ports.ts';
import type { ListAnswer, ListQuestion, Range, RangeAnswer } from '../model/range.ts';
import { identityAt, rowsAt } from '../model/row-at.ts';
import type { Progress } from './collect.ts';
import { isDoubtful, type Step, stepRange } from './direct.ts';
import { type Begun, noteFresh, observerOf } from './figures.ts';
import type { SearchLimits } from './locate.ts';
import { type Arrival, keyOfQuestion, type Pages, type PageWant } from './pages.ts';
import { type Need, newestTotal, type View, type ViewedPage, viewPage } from './view.ts';

/** What one field of an operation wants of a list. */
export type ListDemand = {
  readonly question: ListQuestion;
  /** Null: no row is wanted. */
  readonly range: Range | null;
  readonly needsTotal: boolean;
};

export type ReadLimits = SearchLimits & {
  /** Calls that one operation may make. */
  readonly callsPerOperationMax: number;
  /** How many steps reading a range may take before the list counts as moving too fast to be read. */
  readonly stepsPerRangeMax: number;
  /** How often reading a range may begin anew on pages of its own before the upstream's order counts as not firm. */
  readonly restartsPerRangeMax: number;
};

/** The plain lists of one operation: its fields see the same pages, and nothing is asked for twice. */
export type Lists = {
  /** One answer a demand, each failing by itself. Asked once an operation, with all that it wants: that is how its reads merge. */
  read(demands: readonly ListDemand[]): readonly Promise<ListAnswer>[];
};

type Loader = { load(question: ListQuestion, need: Need): Promise<void>; view(question: ListQuestion): View };

/** What was read before the operation is good enough while it is fresh, unless it reads afresh. */
export function createLists(pages: Pages, limits: ReadLimits, begun: Begun): Lists {
  const loader = createLoader(pages, limits, begun);
  return { read: (demands) => readDemands(demands, loader, limits) };
}

/** Demands that know their page read at once; those that only want to know the total wait for what these bring, and so often cost nothing. */
function readDemands(
  demands: readonly ListDemand[],
  loader: Loader,
  limits: ReadLimits,
): readonly Promise<ListAnswer>[] {
  const leaders = new Map<string, Promise<ListAnswer>[]>();
  const answers = new Map<ListDemand, Promise<ListAnswer>>();
  for (const demand of demands.filter((each) => !startsFromTotal(each))) {
    const answer = readList(demand, loader, limits);
    answers.set(demand, answer);
    const key = keyOfQuestion(demand.question);
    leaders.set(key, [...(leaders.get(key) ?? []), answer]);
  }
  return demands.map((demand) => {
    const leading = leaders.get(keyOfQuestion(demand.question)) ?? [];
    return answers.get(demand) ?? Promise.allSettled(leading).then(() => readList(demand, loader, limits));
  });
}

/** Whether a demand can't know its pages before the total is known. */
export function startsFromTotal({ range }: ListDemand): boolean {
  return range === null || (range.side === 'last' && range.before === null);
}

async function readList(demand: ListDemand, loader: Loader, limits: ReadLimits): Promise<ListAnswer> {
  try {
    return await readPlainly(demand, loader, limits);
  } catch (error) {
    if (!(error instanceof Failure) || error.reason !== 'REJECTED') throw error;
    // An upstream that refuses a page behind others caps its offsets, rather than the question being bad; one that refuses several days may cap
    // its windows.
    if (loader.view(demand.question).size > 0)
      throw inconsistent('The upstream refuses to list its rows to the end', 'OFFSET_REFUSED', error);
    const { from, until } = demand.question.window;
    throw until - from <= daySeconds
      ? error
      : inconsistent('The upstream refuses this window', 'WINDOW_REFUSED', error);
  }
}

const daySeconds = 86_400;

async function readPlainly(
  { question, range, needsTotal }: ListDemand,
  loader: Loader,
  limits: ReadLimits,
): Promise<ListAnswer> {
  if (range !== null) {
    const { answer, pages } = await readRange(question, range, loader, limits);
    return listAnswer(answer, pages);
  }
  if (!needsTotal) return { range: null, total: null, rowsRead: 0, unreadableCount: 0, asOf: null };
  if (loader.view(question).size === 0) await loader.load(question, { pages: [0], afresh: [] });
  return listAnswer(null, [...loader.view(question).values()]);
}

async function readRange(question: ListQuestion, range: Range, loader: Loader, limits: ReadLimits) {
  let progress: Progress | null = null;
  let restartCount = 0;
  for (let stepCount = 0; stepCount < limits.stepsPerRangeMax; stepCount++) {
    const view = loader.view(question);
    const step: Step = stepRange(range, progress, view, limits);
    if (step.kind === 'done') return step;
    if (step.kind === 'gone')
      throw badCursor('The row of this cursor and all rows beside it are gone; start anew', 'ANCHOR_GONE');
    if (step.kind === 'reordered')
      throw badCursor('The upstream lists its rows in another order by now; start anew', 'ORDER_CHANGED');
    if (step.kind === 'restart' && isDoubtful(step.need, view)) restartCount += 1;
    if (limits.restartsPerRangeMax < restartCount)
      throw inconsistent('The upstream does not keep the order of its rows', 'ORDER_UNSTABLE');
    // Reading can fall in step with a list that changes as regularly: now and then one page more breaks it.
    const isInStep = stepsToBreak.has(stepCount);
    await loader.load(question, isInStep ? withOldest(step.need, view) : step.need);
    progress = step.kind === 'restart' ? null : step.progress;
  }
  throw inconsistent('The list changes faster than it can be read', 'MOVING_LIST');
}

/** Beyond what a quiet list takes, at distances that are no multiples of one another. */
const stepsToBreak: ReadonlySet<number> = new Set([5, 8, 12, 17, 23, 30, 38]);

/** What is needed, and the page that was read longest ago afresh as well. */
function withOldest({ pages, afresh }: Need, view: View): Need {
  const others = [...view.values()].filter(({ index }) => !afresh.includes(index));
  const oldest = others.reduce<ViewedPage | undefined>(
    (found, page) => (found === undefined || page.sequence < found.sequence ? page : found),
    undefined,
  );
  return oldest === undefined ? { pages, afresh } : { pages, afresh: [...afresh, oldest.index] };
}

function badCursor(message: string, reason: string): Failure {
  return new Failure('BAD_CURSOR', message, { reason });
}

function inconsistent(message: string, reason: string, cause?: unknown): Failure {
  return new Failure('UPSTREAM_INCONSISTENT', message, { reason, cause });
}

function listAnswer(range: RangeAnswer | null, pages: readonly ViewedPage[]): ListAnswer {
  return {
    range,
    total: newestTotal(pages) ?? null,
    rowsRead: countRows(pages),
    unreadableCount: range?.rows.filter(({ conversation }) => conversation === null).length ?? 0,
    asOf: pages.length === 0 ? null : Math.min(...pages.map(({ readAt }) => readAt)),
  };
}

/** The distinct rows of some pages: as many of one identity as the page that has most of them. */
function countRows(pages: readonly ViewedPage[]): number {
  const [only, ...others] = pages;
  if (others.length === 0) return only?.table.rowCount ?? 0;
  const counts = new Map<string, number>();
  for (const { table } of pages) {
    const onPage = new Map<string, number>();
    for (const identity of rowsAt(table).map(identityAt)) onPage.set(identity, (onPage.get(identity) ?? 0) + 1);
    for (const [identity, count] of onPage) counts.set(identity, Math.max(count, counts.get(identity) ?? 0));
  }
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** Fills the views of one operation. What the store holds is looked up in one batch for all its fields. */
function createLoader(pages: Pages, limits: ReadLimits, { options, figures, sequence: begunAt }: Begun): Loader {
  const views = new Map<string, Map<number, ViewedPage>>();
  const pending = new Map<string, Promise<void>>();
  const held = new DataLoader<PageWant, HeldPage | undefined>((wants) => pages.held(wants, options.patience.signal), {
    cache: false,
  });
  const observer = observerOf(figures);
  const viewOf = (question: ListQuestion): Map<number, ViewedPage> => {
    const key = keyOfQuestion(question);
    const view = views.get(key) ?? new Map<number, ViewedPage>();
    views.set(key, view);
    return view;
  };
  const read = (want: PageWant): Promise<Arrival> => {
    if (limits.callsPerOperationMax <= figures.callCount) throw tooManyCalls(limits.callsPerOperationMax);
    return pages.read(want, options.patience, observer);
  };
  const arrive = async (want: PageWant): Promise<void> => {
    const found = await held.load(want);
    const arrival: Arrival = found === undefined ? await read(want) : { page: found, kind: 'held' };
    if (arrival.kind === 'held') figures.heldPageCount += 1;
    if (arrival.kind === 'merged') figures.mergedReadCount += 1;
    figures.rowCount += arrival.page.table.rowCount;
    noteFresh(figures, pages.freshUntilMs(arrival.page, want.question));
    const view = viewOf(want.question);
    const seen = view.get(want.index)?.sequence ?? -1;
    if (seen < arrival.page.sequence) view.set(want.index, viewPage(arrival.page, begunAt < arrival.page.sequence));
  };
  const loadOnce = (want: PageWant): Promise<void> => {
    const key = `${keyOfQuestion(want.question)}|${want.index}|${want.newerThan}`;
    const load = pending.get(key) ?? arrive(want);
    pending.set(key, load);
    return load;
  };
  return {
    view: viewOf,
    async load(question, need) {
      const floor = options.isAfresh ? begunAt : 0;
      const wants = [
        ...need.pages.map((index) => ({ question, index, newerThan: floor })),
        ...need.afresh.map((index) => ({ question, index, newerThan: viewOf(question).get(index)?.sequence ?? floor })),
      ];
      await Promise.all(wants.map(loadOnce));
    },
  };
}

/** The refusal of an operation that takes more calls than one may. */
export function tooManyCalls(callCountMax: number): Failure {
  return new Failure(
    'COST_LIMIT_EXCEEDED',
    `One operation may take ${callCountMax} upstream calls, and this one takes more`,
    {
      reason: 'UPSTREAM_CALLS_PER_OPERATION',
    },
  );
}
