import { createHash } from 'node:crypto';
import type { Clock, Log } from '../model/ports.ts';
import type { CallWindow } from '../model/sharing.ts';
import type { Link } from './link.ts';

export type SharedWindowSettings = {
  /** What all keys begin with: all gateways of one account share them, whatever streams they serve. */
  readonly keyPrefix: string;
  /** Calls in any rolling window. */
  readonly callsMax: number;
  readonly windowMs: number;
  /** Of these, what scans leave to lists that somebody waits for; a quarter at most. */
  readonly keptForDirect: number;
  /** How long one call takes at most. */
  readonly attemptMs: number;
  /** After so long without a word of it, a replica is taken to make calls by itself. */
  readonly lapseMs: number;
  /** After so long without a word of it, a replica is taken to be no more; it stops by itself before. */
  readonly forgottenMs: number;
  /** The most replicas that run at once: one that has never met the others counts on its part of these. 0: not known, so it makes no call before. */
  readonly replicasExpected: number;
  /** Where this gateway listens, as nobody else does: who starts there later has taken its place. Empty: it is nowhere in particular. */
  readonly place: string;
};

export type SharedWindowParts = {
  readonly link: Link;
  readonly clock: Clock;
  readonly log: Log;
  /** A new word that nobody can guess, such as a UUID. */
  readonly random: () => string;
  readonly settings: SharedWindowSettings;
  /** A window that this process has to itself, of so many calls. */
  readonly createOwnWindow: (callsMax: number) => CallWindow;
};

/** Spans of time that follow from the settings, in milliseconds. */
export type Spans = {
  readonly windowMs: number;
  readonly lapseMs: number;
  readonly forgottenMs: number;
  readonly beatMs: number;
  /** What is done later than this after it was asked for is not done. */
  readonly fenceMs: number;
  /** How long a call that ended counts: clocks may go a thousandth faster than each other. */
  readonly countsMs: number;
  /** How long a call counts that has been allowed and not heard of since. */
  readonly holdMs: number;
};

/** Works out the spans. A slot that was allowed is used within the fence, its call takes an attempt, and then it counts for a window. */
export function spansOf({ windowMs, attemptMs, lapseMs, forgottenMs }: SharedWindowSettings): Spans {
  const beatMs = Math.max(1, Math.min(1_000, Math.floor(lapseMs / 5)));
  const fenceMs = beatMs;
  const countsMs = windowMs + Math.ceil(windowMs / 1_000) + 2;
  return { windowMs, lapseMs, forgottenMs, beatMs, fenceMs, countsMs, holdMs: countsMs + attemptMs + 2 * fenceMs };
}

/** How scripts call the kinds. */
export const kindLetters = { direct: 'd', scan: 's', background: 'b' } as const;

const wordLength = 20;

/** A word of hexadecimal digits that stands for a text, and says nothing of it; empty for an empty one. */
export function wordFor(text: string): string {
  return text === '' ? '' : createHash('sha256').update(text).digest('hex').slice(0, wordLength);
}
