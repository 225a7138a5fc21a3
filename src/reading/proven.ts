import { Failure } from '../errors.ts';
import type { Calendar } from '../model/calendar.ts';
import type { Clock, Turns } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import type { Agenda, Leases } from '../model/sharing.ts';
import type { HeldTiles } from './held.ts';
import { once } from './once.ts';
import { keyOfQuestion } from './pages.ts';
import { recheck } from './recheck.ts';
import { readSpan, type SpanParts, type SpanWant } from './span.ts';
import type { StreamMemory } from './stream-memory.ts';
import { outcomeOf, type SpanOutcome, wholeOutcome } from './tile.ts';

export type ProvenParts = {
  readonly page: SpanParts['page'];
  readonly memory: StreamMemory;
  readonly held: HeldTiles;
  readonly calendar: Calendar;
  readonly turns: Turns;
  readonly clock: Clock;
  readonly leases: Leases | null;
  readonly agenda: Agenda | null;
  /**
   * Told while another replica reads the span: whether it is read here too, page by page as calls can be had, for the other may be in no hurry. Throws a Failure when
   * nobody here waits for it any more.
   */
  readonly waitElsewhere: (waitedMs: number) => boolean;
  /** Aborts when the program ends. */
  readonly ending: AbortSignal;
};

/**
 * Reads a span unless that can be spared, and keeps what was proven of it. Of replicas one reads it, and the others wait for what it keeps; if it is gone
 * before the end, another goes on with it.
 */
export async function readProven(want: SpanWant, parts: ProvenParts): Promise<SpanOutcome> {
  const { leases, agenda, held, ending, waitElsewhere } = parts;
  const { question, newerThan } = want;
  if (leases === null) return await readHere(want, parts);
  const look = async (): Promise<SpanOutcome | undefined> => {
    // Where replicas share what they hold, readings are numbered by the clock, in microseconds.
    const wanted = { notBeforeMs: newerThan / 1000, isAnyAge: false };
    const found = await held.find(question, question.window, wanted, ending, 'patient');
    return found.gaps.length > 0 || found.stale.length > 0 ? undefined : wholeOutcome(found.tiles);
  };
  let isOurs = false;
  const work = async (): Promise<SpanOutcome> => {
    isOurs = true;
    agenda?.note(question);
    return await readHere(want, parts);
  };
  const errand = {
    key: spanKeyOf(question),
    atLeast: 0,
    signal: ending,
    look,
    onWait: waitElsewhere,
    goOn: () => readHere(want, parts),
    work,
  };
  try {
    const outcome = await once(errand, { leases, clock: parts.clock });
    // What this process leaves behind when it ends is for others to do, and what another still reads is his.
    if (!ending.aborted && (isOurs || outcome.isWhole)) agenda?.done(question);
    return outcome;
  } catch (error) {
    if (error instanceof Failure) return { tiles: [], isWhole: false, total: null, failure: error };
    throw error;
  }
}

/** The key of a span's lease. */
export function spanKeyOf(question: ListQuestion): string {
  return `span|${keyOfQuestion(question)}`;
}

async function readHere(want: SpanWant, parts: ProvenParts): Promise<SpanOutcome> {
  const { page, memory, held, calendar, turns, clock, ending } = parts;
  const { question } = want;
  const spared = await recheck(want, { held, calendar, page, signal: ending });
  if (spared !== null) return spared;
  const stream = await memory.stream();
  const splits = { count: 0, proven: [] };
  const result = await readSpan(question.window, { page, stream, calendar, splits, now: clock.now });
  memory.save();
  const outcome = await outcomeOf(result, question, turns);
  if (outcome.isWhole) for (const tile of outcome.tiles) held.keep(question, tile);
  return outcome;
}
