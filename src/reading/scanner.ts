import { Failure } from '../errors.ts';
import type { Calendar } from '../model/calendar.ts';
import type { Clock, Store, Turns } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import { Caller, type CallerLimits } from './caller.ts';
import type { HeldTiles } from './held.ts';
import { keyOfQuestion, type Pages } from './pages.ts';
import { createPreference, type Preference, type PreferenceLimits } from './preference.ts';
import type { PageSource } from './source.ts';
import { readSpan, type SpanParts, type SpanWant } from './span.ts';
import type { Stream } from './stream.ts';
import { createStreamMemory, type StreamMemory } from './stream-memory.ts';
import { outcomeOf, type SpanOutcome } from './tile.ts';
import { createUnproven } from './unproven.ts';
import { createWaiting, type SpanWaiter, type Waiting, waitFor } from './waiters.ts';

/** Reads spans for everybody: each once, however many want it, and to the end, though nobody may wait for it any more. */
export type Scanner = Preference & {
  /** Joins the reading of a span, or begins it. Rejects with the reason of the waiter's signal, and goes on without him. */
  read(want: SpanWant, waiter: SpanWaiter): Promise<{ readonly outcome: SpanOutcome; readonly isShared: boolean }>;
  /** Reads a span when nobody else wants a call. */
  readBehind(want: SpanWant): void;
  /** Whether a span of this list is being read. */
  isReading(question: ListQuestion): boolean;
  /** Loads what was learned of the stream. */
  ready(): Promise<void>;
  /** When a call that is asked for now could begin. */
  nextCallAt(): number;
  close(): Promise<void>;
};

export type ScannerParts = {
  readonly pages: Pages;
  readonly source: PageSource;
  readonly store: Store;
  readonly held: HeldTiles;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly turns: Turns;
  readonly scope: string;
  readonly limits: ScannerLimits;
};

export type ScannerLimits = CallerLimits & PreferenceLimits;

type Job = { readonly want: SpanWant; readonly waiting: Waiting; readonly outcome: Promise<SpanOutcome> };

/** Begins with nothing under way. What was learned of the stream is kept in the store. */
export function createScanner(parts: ScannerParts): Scanner {
  const { source, clock, limits } = parts;
  const ending = new AbortController();
  const memory = createStreamMemory({ ...parts, distrustMs: limits.distrustMs }, ending.signal);
  const unproven = createUnproven(limits.unprovenRestMs, clock);
  const jobs = new Map<string, Job>();
  const readings = () => [...jobs.values()].map(({ waiting }) => waiting);
  const caller = new Caller({ ...parts, ending: ending.signal, readings });
  let stream: Stream | undefined;
  let jobCount = 0;

  const begin = (want: SpanWant): Job => {
    jobCount += 1;
    const waiting = createWaiting();
    const outcome = readProven(want, caller.open(want, jobCount, waiting), memory, parts);
    const job: Job = { want, waiting, outcome };
    register(jobs, job, () => caller.look());
    // Whoever waits hears of a failure.
    outcome.then((known) => unproven.note(want.question, known)).catch(() => undefined);
    return job;
  };

  return {
    ...createPreference(limits, clock, () => stream),
    ready: async () => {
      stream = await memory.stream();
    },
    nextCallAt: source.nextCallAt,
    isReading: (question) => jobs.has(keyOfQuestion(question)),
    async read(want, waiter) {
      caller.attend();
      const known = want.newerThan === 0 ? unproven.find(want.question) : undefined;
      if (known !== undefined) return { outcome: known, isShared: true };
      const current = jobs.get(keyOfQuestion(want.question));
      const isShared = current !== undefined && want.newerThan <= current.want.newerThan;
      const job = isShared ? current : begin(want);
      return { outcome: await waitFor(job.outcome, job.waiting, waiter), isShared };
    },
    readBehind(want) {
      if (!ending.signal.aborted && !jobs.has(keyOfQuestion(want.question))) begin(want);
    },
    async close() {
      ending.abort(new Failure('SHUTTING_DOWN', 'This gateway is shutting down'));
      await Promise.allSettled([...jobs.values()].map(({ outcome }) => outcome));
      memory.save();
    },
  };
}

/** Keeps a job among the others until it ends; a later one of the same span takes its place. */
function register(jobs: Map<string, Job>, job: Job, onEnd: () => void): void {
  const key = keyOfQuestion(job.want.question);
  const end = () => {
    if (jobs.get(key) === job) jobs.delete(key);
    onEnd();
  };
  job.outcome.then(end, end);
  jobs.set(key, job);
}

/** Reads a span, and keeps what was proven of it. */
async function readProven(
  { question }: SpanWant,
  page: SpanParts['page'],
  memory: StreamMemory,
  { calendar, turns, held, clock }: ScannerParts,
): Promise<SpanOutcome> {
  const stream = await memory.stream();
  const splits = { count: 0, proven: [] };
  const result = await readSpan(question.window, { page, stream, calendar, splits, now: clock.now });
  memory.save();
  const outcome = await outcomeOf(result, question, turns);
  if (outcome.isWhole) for (const tile of outcome.tiles) held.keep(question, tile);
  return outcome;
}
