import type { HeldPage } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import type { Progress } from './collect.ts';
import { stepRange } from './direct.ts';
import { lastPage } from './geometry.ts';
import { keyOfQuestion } from './pages.ts';
import { planPages } from './plan.ts';
import { type ListDemand, type ReadLimits, startsFromTotal } from './read.ts';
import { type Need, newestTotal, type ViewedPage, viewPage } from './view.ts';

/** A page of a list that may be asked for. */
export type PagePlan = {
  readonly question: ListQuestion;
  /** Null: it lies at the end of the list, and where that is isn't known. */
  readonly index: number | null;
  /** Whether it costs nothing: it is held, or of the future. */
  readonly isHeld: boolean;
  /** Whether its call is made for certain. */
  readonly isOwed: boolean;
};

/** The pages of plain lists. `isBounded`: no other page is called, as long as the lists stay as they are. */
export type ListsPlan = { readonly pages: readonly PagePlan[]; readonly isBounded: boolean };

/** Which of these pages are held, by index: no call is made. */
export type LookUp = (question: ListQuestion, indices: readonly number[]) => Promise<ReadonlyMap<number, HeldPage>>;

/**
 * The pages of plain lists, each once. The steps of reading are taken over what is held, until one needs a call: what that step needs is owed, and what
 * the others may need is not. Where all that is needed is held nothing else is planned.
 */
export async function planLists(
  demands: readonly ListDemand[],
  lookUp: LookUp,
  limits: ReadLimits,
): Promise<ListsPlan> {
  const lists = Map.groupBy(demands, ({ question }) => keyOfQuestion(question));
  const plans = await Promise.all([...lists.values()].map((list) => planList(list, lookUp, limits)));
  return { pages: plans.flatMap(({ pages }) => pages), isBounded: plans.every(({ isBounded }) => isBounded) };
}

/** All demands are of one list. */
async function planList(demands: readonly ListDemand[], lookUp: LookUp, limits: ReadLimits): Promise<ListsPlan> {
  const [first] = demands;
  if (first === undefined) return { pages: [], isBounded: true };
  const { question } = first;
  const view = new Map<number, ViewedPage>();
  const load = async (indices: readonly number[]): Promise<void> => {
    const held = await lookUp(
      question,
      indices.filter((index) => 0 <= index && !view.has(index)),
    );
    for (const [index, page] of held) view.set(index, viewPage(page, false));
  };
  const search = (those: readonly ListDemand[]): Promise<readonly Missing[]> =>
    Promise.all(those.map((demand) => findMissing(demand, view, load, limits)));
  // As reading does it: what begins with the total waits for what the others bring, and may then cost nothing.
  const leading = await search(demands.filter((demand) => !startsFromTotal(demand)));
  const isLed = leading.some(({ indices }) => indices.length > 0);
  const found = isLed ? leading : [...leading, ...(await search(demands.filter(startsFromTotal)))];
  const owed = new Set(found.flatMap(({ indices }) => indices));
  const planOf = (index: number): PagePlan => ({
    question,
    index: index < 0 ? null : index,
    isHeld: view.has(index) && !owed.has(index),
    isOwed: owed.has(index),
  });
  if (owed.size === 0) return { pages: [...view.keys()].map(planOf), isBounded: true };
  const planned = planPages(demands).map(({ index }) => index);
  await load(planned);
  const places = placed(planned, newestTotal(view.values()));
  await load(places);
  const isSteady = new Set([...view.values()].map(({ total }) => total)).size <= 1;
  const isForeseen = [...owed].every((index) => places.includes(index));
  return {
    pages: [...new Set([...owed, ...places])].map(planOf),
    isBounded: isSteady && isForeseen && found.every(({ isBegun }) => isBegun),
  };
}

/** Where planned pages lie: those that are counted from the end as soon as the total is known, and none behind it. */
function placed(planned: readonly number[], total: number | undefined): readonly number[] {
  if (total === undefined) return planned;
  const last = lastPage(total);
  return planned.map((index) => (index < 0 ? last + 1 + index : index)).filter((index) => 0 <= index && index <= last);
}

/**
 * What the first step needs that needs what isn't held; nothing where reading ends without a call. `isBegun`: the rows of its cursors were found; where
 * they weren't, nobody knows how long they will be looked for.
 */
type Missing = { readonly indices: readonly number[]; readonly isBegun: boolean };

async function findMissing(
  { range, needsTotal }: ListDemand,
  view: ReadonlyMap<number, ViewedPage>,
  load: (indices: readonly number[]) => Promise<void>,
  limits: ReadLimits,
): Promise<Missing> {
  const missingOf = async ({ pages, afresh }: Need): Promise<readonly number[]> => {
    await load(pages);
    return [...pages.filter((index) => !view.has(index)), ...afresh];
  };
  if (range === null) {
    const isTotalOpen = needsTotal && view.size === 0;
    return { indices: isTotalOpen ? await missingOf({ pages: [0], afresh: [] }) : [], isBegun: true };
  }
  const hasCursor = range.after !== null || range.before !== null;
  let progress: Progress | null = null;
  for (let stepCount = 0; stepCount < limits.stepsPerRangeMax; stepCount++) {
    const step = stepRange(range, progress, view, limits);
    if (step.kind !== 'need' && step.kind !== 'restart') return { indices: [], isBegun: true };
    const indices = await missingOf(step.need);
    progress = step.kind === 'restart' ? null : step.progress;
    if (indices.length > 0) return { indices, isBegun: !hasCursor || progress !== null };
  }
  return { indices: [], isBegun: true };
}
