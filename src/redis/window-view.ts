import type { CallKind, CallWindowState } from '../model/sharing.ts';
import type { Reply } from './link.ts';

/** What the server said of the window, with its times by the clock of this process (Clock.elapsed, in milliseconds). */
export type View = {
  readonly status: string;
  /** Of the server's epoch: another one means that it had forgotten all. */
  readonly word: string;
  /** The server's own clock when it answered, in microseconds. */
  readonly serverUs: number;
  readonly shutUntil: number;
  readonly wholeAt: number;
  readonly kinds: Readonly<Record<CallKind, KindView>>;
  readonly more: readonly Reply[];
};

type KindView = { readonly count: number; readonly max: number; readonly openings: readonly number[] };

/** What is expected before the server has said anything: an empty window. */
export function emptyView(callsMax: number): View {
  const kind = { count: 0, max: callsMax, openings: [] };
  return {
    status: '',
    word: '',
    serverUs: 0,
    shutUntil: 0,
    wholeAt: 0,
    kinds: { direct: kind, scan: kind, background: kind },
    more: [],
  };
}

/** A millisecond is for what is rounded. */
const roundingMs = 1;

/**
 * Reads a reply that came at `receivedAt`. A call that is under way is expected to end now, at the earliest, and counts for `countsMs` then. Throws a TypeError for what no script of the window
 * answers.
 */
export function readView(reply: Reply, receivedAt: number, countsMs: number): View {
  const [status, word, now, limit, shut, last, count, open, ...rest] = listOf(reply);
  const [scanCount, scanMax, scanOpen, behindCount, behindMax, behindOpen, more] = rest;
  const serverUs = numberOf(now);
  const endingAt = receivedAt + countsMs + roundingMs;
  const localOf = (us: Reply | undefined) => receivedAt + (numberOf(us) - serverUs) / 1_000 + roundingMs;
  const kindOf = (counted: Reply | undefined, max: Reply | undefined, openings: Reply | undefined): KindView => ({
    count: numberOf(counted),
    max: numberOf(max),
    openings: listOf(openings).map((us) => Math.min(localOf(us), endingAt)),
  });
  return {
    status: wordOf(status),
    word: wordOf(word),
    serverUs,
    shutUntil: localOf(shut),
    wholeAt: Math.min(localOf(last), endingAt),
    kinds: {
      direct: kindOf(count, limit, open),
      scan: kindOf(scanCount, scanMax, scanOpen),
      background: kindOf(behindCount, behindMax, behindOpen),
    },
    more: listOf(more),
  };
}

const countedAs: Readonly<Record<CallKind, readonly CallKind[]>> = {
  direct: ['direct'],
  scan: ['direct', 'scan'],
  background: ['direct', 'scan', 'background'],
};

/** When a call of this kind could begin after `ahead` others, as far as the view tells at `now`. */
export function expectedIn(view: View, kind: CallKind, ahead: number, { now, windowMs }: Span): number {
  const openAts = countedAs[kind].map((each) => openAt(view.kinds[each], ahead, { now, windowMs }));
  return Math.max(now, view.shutUntil, ...openAts);
}

type Span = { readonly now: number; readonly windowMs: number };

function openAt({ count, max, openings }: KindView, ahead: number, { now, windowMs }: Span): number {
  if (max === 0) return now + windowMs;
  const place = (ahead % max) - Math.max(0, max - count);
  const at = place < 0 ? now : (openings[place] ?? now + windowMs);
  return at + Math.floor(ahead / max) * windowMs;
}

/** The window's state as the view tells it at `now`. */
export function stateIn({ kinds: { direct }, shutUntil, wholeAt }: View, now: number): CallWindowState {
  const openedCount = direct.openings.filter((at) => at <= now).length;
  const left = Math.max(0, direct.max - direct.count) + openedCount;
  const whole = Math.max(wholeAt, shutUntil);
  return {
    callsMax: direct.max,
    remaining: now < shutUntil ? 0 : Math.min(direct.max, left),
    wholeAt: whole <= now ? null : whole,
  };
}

function listOf(reply: Reply | undefined): readonly Reply[] {
  if (!Array.isArray(reply)) throw new TypeError('a list was expected of the shared window');
  return reply;
}

/** A number of a reply. */
export function numberOf(reply: Reply | undefined): number {
  if (typeof reply !== 'number') throw new TypeError('a number was expected of the shared window');
  return reply;
}

/** A word of a reply. */
export function wordOf(reply: Reply | undefined): string {
  if (!Buffer.isBuffer(reply)) throw new TypeError('a word was expected of the shared window');
  return reply.toString();
}
