import type { DateForm } from './ask.ts';
import { type Finding, learned, untold } from './finding.ts';
import type { Study } from './opening.ts';
import type { PageReply } from './reply.ts';
import { isFilled, isPage, Stop } from './talk.ts';

/**
 * What endDate means. A window [a, b] that has rows while [a, b - 1 s] has none brings a row within a second; [b, b] then has it only
 * where the whole second b belongs to the window. Otherwise the same is done by milliseconds. Takes about ten calls, or twenty.
 */
export async function askBounds(study: Study): Promise<readonly Finding[]> {
  const { talk, whole } = study;
  const start = await findRows(study);
  if (start === null) return [untold('windowEnd', 'No short stretch of time with rows was found.'), ...noField];
  const second = await leastEnd(study, { ...start, stepMs: 1_000, form: talk.usual().form });
  if (second === null) return [untold('windowEnd', 'A short window is refused.'), ...noField];
  const { endMs } = second;
  const alone = await talk.ask({ fromMs: endMs, untilMs: endMs });
  const field = judgeField(isPage(alone) && alone.rows.length > 0 ? alone : second.page, endMs);
  if (!isPage(alone)) return [untold('windowEnd', 'A window that ends where it begins is refused.'), field];
  if (isFilled(alone, whole)) return [learned('windowEnd', 'inclusive-second'), field];
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

/** The least end, in steps, with which a window that begins at `fromMs` has rows. Goes by the count of rows: many rows, a bolder cut. */
async function leastEnd({ talk, whole }: Study, search: Search): Promise<{ endMs: number; page: PageReply } | null> {
  const { fromMs, stepMs, form } = search;
  let { page } = search;
  let [none, some] = [-1, Math.round((search.endMs - fromMs) / stepMs)];
  while (none + 1 < some) {
    const count = Math.max(1, whole.rows.length > 0 ? page.rows.length : page.total);
    // Where the first of `count` rows lies with even chances.
    const share = 1 - 0.5 ** (1 / count);
    const step = Math.min(some - 1, Math.max(none + 1, Math.round(none + share * (some - none))));
    const reply = await talk.ask({ fromMs, untilMs: fromMs + step * stepMs, form });
    if (!isPage(reply)) {
      // A server may refuse a window that ends where it begins; then the least end is the next one.
      if (step > 0) return null;
      none = step;
      continue;
    }
    if (isFilled(reply, whole)) {
      some = step;
      page = reply;
    } else none = step;
  }
  return { endMs: fromMs + some * stepMs, page };
}

// All rows of the page lie in the second that ends with `endMs`, for the window that ends a second before has none.
async function askMilliseconds(study: Study, second: { endMs: number; page: PageReply }): Promise<Finding> {
  const { talk, whole, isCoarse } = study;
  const coarse = (why: string) =>
    learned('windowEnd', 'exclusive', `By whole seconds; ${why}, so its very first millisecond may belong to it.`);
  if (isCoarse) return coarse('milliseconds were left out');
  const { endMs, page } = second;
  try {
    const found = await leastEnd(study, { fromMs: endMs - 1_000, endMs, page, stepMs: 1, form: 'iso' });
    if (found === null) return coarse('finer windows are refused');
    const alone = await talk.ask({ fromMs: found.endMs, untilMs: found.endMs, form: 'iso' });
    if (!isPage(alone)) return coarse('a window of a millisecond is refused');
    return learned('windowEnd', isFilled(alone, whole) ? 'inclusive-ms' : 'exclusive');
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
