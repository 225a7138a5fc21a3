import type { DateForm } from './ask.ts';
import { type Finding, learned, untold } from './finding.ts';
import type { Study } from './opening.ts';
import { shareOf } from './paging.ts';
import type { PageReply } from './reply.ts';
import { isFilled, isPage, Stop } from './talk.ts';

/**
 * What endDate means. A window [a, b] that has rows while [a, b - 1 s] has none brings a row within a second; [b, b] then has it only
 * where the whole second b belongs to the window. Otherwise the same is done by milliseconds. Takes about ten calls, or twenty.
 */
export async function askBounds(study: Study): Promise<readonly Finding[]> {
  const { talk } = study;
  const start = await findRows(study);
  if (start === null) return [untold('windowEnd', 'No short stretch of time with rows was found.'), ...noField];
  const second = await leastEnd(study, { ...start, stepMs: 1_000, form: talk.usual().form });
  if (second === null) return [untold('windowEnd', 'A short window is refused.'), ...noField];
  const { endMs } = second;
  const isWithin = await beginsAt(study, { ...second, stepMs: 1_000, form: talk.usual().form });
  const field = judgeField(second.page, endMs);
  if (isWithin === null) return [untold('windowEnd', 'A window of one second is refused.'), field];
  if (isWithin) return [learned('windowEnd', 'inclusive-second'), field];
  return [await askMilliseconds(study, second), field];
}

const noField = [untold('dateField', 'No row was brought within a second.')];

/** A stretch of time with a few rows in it, around the middle of the window: three gaps long, then elsewhere or longer. */
async function findRows({ talk, whole }: Study): Promise<{ fromMs: number; endMs: number; page: PageReply } | null> {
  const { fromMs, untilMs } = whole.ask;
  const spanMs = untilMs - fromMs;
  const gapMs = spanMs / Math.max(1, whole.total);
  for (const [place, gaps] of [
    [0.52, 3],
    [0.4, 6],
    [0.63, 24],
    [0.1, 100],
  ] as const) {
    const lengthMs = Math.min(spanMs, Math.max(1_000, Math.round((gaps * gapMs) / 1000) * 1000));
    const beginMs = Math.floor((fromMs + place * (spanMs - lengthMs)) / 1000) * 1000;
    const page = await talk.ask({ fromMs: beginMs, untilMs: beginMs + lengthMs });
    if (isPage(page) && isFilled(page, whole)) return { fromMs: beginMs, endMs: beginMs + lengthMs, page };
  }
  return null;
}

type Search = {
  readonly fromMs: number;
  readonly endMs: number;
  readonly page: PageReply;
  readonly stepMs: number;
  readonly form: DateForm;
};

const startsMax = 6;

/**
 * The least end, in steps, with which a window that begins at `fromMs` has rows. Goes by the count of rows: many rows, a bolder cut. A
 * window of no length may be refused; then it isn't known to be empty, and the search begins two steps earlier.
 */
async function leastEnd(study: Study, search: Search): Promise<{ endMs: number; page: PageReply } | null> {
  let { fromMs, endMs, page } = search;
  for (let start = 0; start < startsMax; start++) {
    const found = await leastEndFrom(study, { ...search, fromMs, endMs, page });
    if (found === null) return null;
    if (found.isSure) return found;
    endMs = found.endMs;
    page = found.page;
    fromMs -= 2 * search.stepMs;
  }
  return null;
}

type Least = { readonly endMs: number; readonly page: PageReply; readonly isSure: boolean };

async function leastEndFrom({ talk, whole }: Study, search: Search): Promise<Least | null> {
  const { fromMs, stepMs, form } = search;
  let { page } = search;
  let isSure = true;
  let [none, some] = [-1, Math.round((search.endMs - fromMs) / stepMs)];
  while (none + 1 < some) {
    const count = Math.max(1, whole.rows.length > 0 ? page.rows.length : page.total);
    // Where the first of `count` rows lies with even chances.
    const share = 1 - 0.5 ** (1 / count);
    const step = Math.min(some - 1, Math.max(none + 1, Math.round(none + share * (some - none))));
    const reply = await talk.ask({ fromMs, untilMs: fromMs + step * stepMs, form });
    if (!isPage(reply) && step > 0) return null;
    if (isPage(reply) && isFilled(reply, whole)) {
      some = step;
      page = reply;
    } else {
      none = step;
      isSure = isPage(reply);
    }
  }
  return { endMs: fromMs + some * stepMs, page, isSure };
}

/**
 * Whether the rows that were found by their least end lie at that end, not before it: whether a window that begins there has them. It ends
 * there as well; where that is refused, it ends a step later, and the rows are known by their identity. Null where both are refused.
 */
async function beginsAt({ talk, whole }: Study, found: Omit<Search, 'fromMs'>): Promise<boolean | null> {
  const { endMs, page, stepMs, form } = found;
  const alone = await talk.ask({ fromMs: endMs, untilMs: endMs, form });
  if (isPage(alone)) return isFilled(alone, whole);
  const longer = await talk.ask({ fromMs: endMs, untilMs: endMs + stepMs, form });
  return isPage(longer) ? shareOf(page.rows, longer.rows) > 0 : null;
}

// All rows of the page lie in the second that ends with `endMs`, for the window that ends a second before has none.
async function askMilliseconds(study: Study, second: { endMs: number; page: PageReply }): Promise<Finding> {
  const { isCoarse } = study;
  const coarse = (why: string) =>
    learned('windowEnd', 'exclusive', `By whole seconds; ${why}, so its very first millisecond may belong to it.`);
  if (isCoarse) return coarse('milliseconds were left out');
  const { endMs, page } = second;
  try {
    const found = await leastEnd(study, { fromMs: endMs - 1_000, endMs, page, stepMs: 1, form: 'iso' });
    if (found === null) return coarse('finer windows are refused');
    const isWithin = await beginsAt(study, { ...found, stepMs: 1, form: 'iso' });
    if (isWithin === null) return coarse('a window of a millisecond is refused');
    return learned('windowEnd', isWithin ? 'inclusive-ms' : 'exclusive');
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    // What was learned by seconds stands; the next question stops again.
    return coarse('no call was left for milliseconds');
  }
}

/** The time that the dates mean, by `evaluatedAt` of a row whose second is known; rows carry no other time. */
function judgeField(page: PageReply, endMs: number): Finding {
  const evaluatedAt = page.rows
    .map(({ conversation }) => conversation?.evaluatedAt)
    .find((at) => typeof at === 'number');
  if (evaluatedAt === undefined || evaluatedAt === null) {
    return untold('dateField', 'The rows carry no time of their own, evaluatedAt least of all; see the newest rows.');
  }
  const minutes = Math.round((evaluatedAt - endMs) / 60_000);
  if (minutes === 0) return learned('dateField', 'evaluation', 'A row is listed in the second of its evaluatedAt.');
  const when = minutes > 0 ? `${minutes} minutes before` : `${-minutes} minutes after`;
  return learned('dateField', 'not evaluation', `A row is listed ${when} its evaluatedAt.`);
}
