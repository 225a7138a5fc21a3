import type { Config } from '../../src/config.ts';
import type { Ask } from './ask.ts';
import { type Finding, learned, untold } from './finding.ts';
import type { PageReply, Reply } from './reply.ts';
import { isPage, type Talk } from './talk.ts';

export type OpeningOptions = {
  readonly config: Config;
  readonly nowMs: number;
  /** Whether somebody named the window; then no other is looked at. */
  readonly isGiven: boolean;
  /** Whether the search by milliseconds is left out. */
  readonly isCoarse: boolean;
};

/** The list that everything else is asked of: a window that is known to hold rows, and its first page. */
export type Study = OpeningOptions & {
  readonly talk: Talk;
  readonly whole: PageReply;
  /** Whether the first form of the question was taken as it stood, or what had to be changed. */
  readonly changes: readonly Change[];
};

type Change = 'a shorter window' | 'ISO dates' | 'the threshold as text';

/** Why there is nothing to study. `encrypted` is an answer in itself; the others say that the probe could not begin. */
export type Ending =
  | 'credential'
  | 'signing'
  | 'scope'
  | 'stream'
  | 'nothing'
  | 'unreachable'
  | 'refused'
  | 'not-a-page'
  | 'too-large'
  | 'encrypted';

export type Opening =
  | { readonly study: Study; readonly findings: readonly Finding[] }
  | { readonly ending: Ending; readonly findings: readonly Finding[] };

const dayMs = 86_400_000;
/** Where rows are looked for if no window is given: the last week, and then further back. */
const spansDays = [7, 28, 91];

/** The question that every sample asks, over the last days before a whole minute or over a given window. */
export function usualAsk(nowMs: number, given: { readonly fromMs: number; readonly untilMs: number } | null): Ask {
  // The last hour is left out: its rows may still be coming.
  const untilMs = Math.floor(nowMs / 60_000 - 60) * 60_000;
  return {
    fromMs: given?.fromMs ?? untilMs - (spansDays[0] ?? 1) * dayMs,
    untilMs: given?.untilMs ?? untilMs,
    form: 'blank',
    offset: 0,
    limit: 100,
    threshold: false,
    direction: undefined,
    token: 'usual',
  };
}

/** Finds the form of question that is answered, and a window with rows in it. One call where all is as published. */
export async function open(talk: Talk, options: OpeningOptions): Promise<Opening> {
  const { config, isGiven } = options;
  const findings: Finding[] = [];
  let reply = await talk.ask({});
  if (reply.kind === 'refused' && reply.cause === 'credential' && !config.KORE_JTI) {
    reply = await talk.ask({ token: 'with-jti' });
    if (reply.kind === 'page' || reply.cause !== 'credential') {
      talk.settle({ token: 'with-jti' });
      findings.push(learned('jti', 'demanded', 'A token without a jti is refused, one with it is accepted.'));
    }
  }
  const changes: Change[] = [];
  if (reply.kind === 'refused' && reply.cause === 'arguments') {
    const found = await askOtherwise(talk);
    if (found === null) return { ending: 'refused', findings };
    reply = found.reply;
    changes.push(...found.changes);
  }
  if (!isPage(reply)) return { ending: endingOf(reply), findings };
  const spans = isGiven || changes.length > 0 ? [] : spansDays.slice(1);
  for (const days of spans) {
    if (!isPage(reply) || !isEmpty(reply)) break;
    talk.settle({ fromMs: talk.usual().untilMs - days * dayMs });
    reply = await talk.ask({});
  }
  if (!isPage(reply)) return { ending: reply.cause === 'arguments' ? 'nothing' : endingOf(reply), findings };
  if (isEmpty(reply)) return { ending: 'nothing', findings };
  if (!config.KORE_JTI && talk.usual().token === 'usual') {
    findings.push(learned('jti', 'not demanded', 'Tokens without a jti are accepted.'));
  }
  return { study: { ...options, talk, whole: reply, changes }, findings };
}

function isEmpty(reply: PageReply): boolean {
  return reply.total === 0 && reply.rows.length === 0;
}

/** What may be wrong with a question that is refused for its arguments, the likeliest first. Each is asked of a single day. */
const otherwise: readonly (readonly [Partial<Ask>, readonly Change[]])[] = [
  [{}, ['a shorter window']],
  [{ form: 'iso' }, ['ISO dates']],
  [{ threshold: 'false' }, ['the threshold as text']],
  [{ form: 'iso', threshold: 'false' }, ['ISO dates', 'the threshold as text']],
];

async function askOtherwise(
  talk: Talk,
): Promise<{ readonly reply: Reply; readonly changes: readonly Change[] } | null> {
  const { untilMs, fromMs } = talk.usual();
  for (const [change, changes] of otherwise) {
    const ask = { ...change, fromMs: Math.max(fromMs, untilMs - dayMs) };
    const reply = await talk.ask(ask);
    if (reply.kind === 'refused' && reply.cause === 'arguments') continue;
    talk.settle(ask);
    return { reply, changes };
  }
  return null;
}

function endingOf(reply: Reply): Ending {
  const cause = reply.kind === 'page' ? 'failed' : reply.cause;
  switch (cause) {
    case 'failed':
    case 'rate':
      return 'unreachable';
    case 'arguments':
      return 'refused';
    default:
      return cause;
  }
}

const longAgoMs = Date.UTC(2000, 0, 1);

/** One hour of the year 2000: how an empty window is counted, and whether dates are heeded at all. */
export async function askLongAgo({ talk, whole }: Study): Promise<readonly Finding[]> {
  const reply = await talk.ask({ fromMs: longAgoMs, untilMs: longAgoMs + 3_600_000 });
  if (!isPage(reply)) {
    return [untold('emptyTotals', 'An hour of the year 2000 is refused.'), learned('datesHeeded', 'yes')];
  }
  const rowCount = reply.rows.length;
  if (rowCount === 0 && (reply.total === 0 || reply.total < whole.total)) {
    const pages = reply.pageCount === undefined ? 'absent' : String(reply.pageCount);
    return [learned('datesHeeded', 'yes'), learned('emptyTotals', pages)];
  }
  return [
    learned('datesHeeded', 'no', `An hour of the year 2000 lists ${reply.total} rows.`),
    untold('emptyTotals', 'No window is empty.'),
  ];
}

/** Whether the dates of this stream narrow its list; where they don't, no question about time has an answer. */
export function areDatesHeeded(findings: readonly Finding[]): boolean {
  return !findings.some(({ topic, answer }) => topic === 'datesHeeded' && answer === 'no');
}
