import { Failure } from '../errors.ts';
import type { Calendar } from '../model/calendar.ts';
import type { Clock, SharedSpan, Store, Tracing, Turns } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import type { Agenda, Leases } from '../model/sharing.ts';
import { Caller, type CallerLimits } from './caller.ts';
import { pageSize } from './geometry.ts';
import type { HeldTiles } from './held.ts';
import { keyOfQuestion, type Pages } from './pages.ts';
import { createPreference, type Preference, type PreferenceLimits } from './preference.ts';
import { readProven } from './proven.ts';
import type { PageSource } from './source.ts';
import type { SpanWant } from './span.ts';
import type { Stream } from './stream.ts';
import { createStreamMemory, type StreamMemory } from './stream-memory.ts';
import type { SpanOutcome } from './tile.ts';
import { createUnproven, type OnUnproven, type Unproven } from './unproven.ts';
import { createWaiting, drop, end, type SpanWaiter, type Waiting, waitFor } from './waiters.ts';

/** Reads spans for everybody: each once, however many want it, and to the end, though nobody may wait for it any more. */
export type Scanner = Preference & {
  /** Joins the reading of a span, or begins it. Rejects with the reason of the waiter's signal, and goes on without him. */
  read(want: SpanWant, waiter: SpanWaiter): Promise<{ readonly outcome: SpanOutcome; readonly isShared: boolean }>;
  /** Reads a span when nobody else wants a call. */
  readBehind(want: SpanWant): void;
  /** The same, as often as it takes, however long nobody has waited for anything. Says whether it was proven. Never rejects. */
  keep(question: ListQuestion): Promise<boolean>;
  /** Whether a span of this list is being read. */
  isReading(question: ListQuestion): boolean;
  /** What is known of reading a span, without reading it. */
  outlook(want: SpanWant): Outlook;
  /** Loads what was learned of the stream. */
  ready(): Promise<void>;
  /** When a call that is asked for now could begin. */
  nextCallAt(): number;
  close(): Promise<void>;
};

/** What reading a span would begin with. */
export type Outlook = {
  /** Whether it would be begun anew: not where it is under way, or rests because it couldn't be proven. */
  readonly isOpen: boolean;
  /** Whether pages may be joined, and how many rows a response holds at most, as far as is known. */
  readonly isJoinable: boolean;
  readonly responseSize: number;
};

export type ScannerParts = {
  readonly pages: Pages;
  readonly source: PageSource;
  readonly store: Store;
  readonly held: HeldTiles;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly turns: Turns;
  readonly tracing: Tracing;
  readonly scope: string;
  readonly limits: ScannerLimits;
  /** Of replicas, who reads what, and what is still to be read; null: there are no others. */
  readonly leases: Leases | null;
  readonly agenda: Agenda | null;
  readonly onUnproven: OnUnproven;
};

export type ScannerLimits = CallerLimits & PreferenceLimits;

/** Spans under way at a time: of an ordinary quota, what can be read in an hour or two. */
const spansMax = 5_000;

type Job = {
  readonly want: SpanWant;
  readonly waiting: Waiting;
  readonly outcome: Promise<SpanOutcome>;
  readonly traced: SharedSpan;
};

/** Begins with nothing under way. What was learned of the stream is kept in the store. */
export function createScanner(parts: ScannerParts): Scanner {
  const { source, clock, limits } = parts;
  const ending = new AbortController();
  const memory = createStreamMemory({ ...parts, distrustMs: limits.distrustMs }, ending.signal);
  const unproven = createUnproven(limits.unprovenRestMs, clock, parts.onUnproven);
  const caller = new Caller({ ...parts, ending: ending.signal });
  const jobs = createJobs({ ...parts, caller, memory, unproven, ending: ending.signal });
  let stream: Stream | undefined;
  return {
    ...createPreference(limits, clock, () => stream),
    ready: async () => {
      stream = await memory.stream();
    },
    nextCallAt: source.nextCallAt,
    isReading: (question) => jobs.find(question) !== undefined,
    outlook: (want) => outlookOf(want, { jobs, unproven, stream, nowMs: clock.now() }),
    async read(want, waiter) {
      const known = want.newerThan === 0 ? unproven.find(want.question) : undefined;
      if (known !== undefined) return { outcome: known, isShared: true };
      const current = jobs.find(want.question);
      const isShared = current !== undefined && want.newerThan <= current.want.newerThan;
      if (!isShared && !makeRoom(jobs.underWay, caller)) return { outcome: crowdedOut(), isShared };
      const job = isShared ? current : jobs.begin(want);
      const outcome = waitFor(job.outcome, job.waiting, waiter, () => caller.rank());
      caller.attend();
      if (isShared) caller.rank();
      job.traced.join();
      return { outcome: await outcome, isShared };
    },
    readBehind(want) {
      if (ending.signal.aborted || spansMax <= jobs.underWay.size || jobs.find(want.question) !== undefined) return;
      jobs.begin(want).traced.join();
    },
    async keep(question) {
      if (ending.signal.aborted || unproven.find(question) !== undefined) return false;
      return await readKept(jobs, question);
    },
    async close() {
      ending.abort(new Failure('SHUTTING_DOWN', 'This gateway is shutting down'));
      await Promise.allSettled([...jobs.underWay].map(({ outcome }) => outcome));
      memory.save();
    },
  };
}

async function readKept(jobs: Jobs, question: ListQuestion): Promise<boolean> {
  const job = jobs.find(question) ?? jobs.begin({ question, newerThan: 0 });
  job.waiting.isKept = true;
  try {
    return (await job.outcome).isWhole;
  } catch {
    return false; // Whoever waits hears why.
  }
}

function outlookOf(
  { question, newerThan }: SpanWant,
  known: {
    readonly jobs: Jobs;
    readonly unproven: Unproven;
    readonly stream: Stream | undefined;
    readonly nowMs: number;
  },
): Outlook {
  const { jobs, unproven, stream, nowMs } = known;
  return {
    isOpen: jobs.find(question) === undefined && (newerThan > 0 || unproven.find(question) === undefined),
    isJoinable: stream?.isJoinable(nowMs) ?? true,
    responseSize: stream?.responseSize() ?? pageSize,
  };
}

type Jobs = {
  readonly underWay: ReadonlySet<Job>;
  /** The latest reading of a span that is under way, and wasn't dropped. */
  find(question: ListQuestion): Job | undefined;
  begin(want: SpanWant): Job;
};

type JobsParts = ScannerParts & {
  readonly caller: Caller;
  readonly memory: StreamMemory;
  readonly unproven: Unproven;
  readonly ending: AbortSignal;
};

function createJobs({ caller, memory, unproven, ...parts }: JobsParts): Jobs {
  const latest = new Map<string, Job>();
  const underWay = new Set<Job>();
  let jobCount = 0;
  const finish = (key: string, job: Job): void => {
    if (latest.get(key) === job) latest.delete(key);
    underWay.delete(job);
    end(job.waiting);
    caller.look();
  };
  return {
    underWay,
    find: (question) => {
      const job = latest.get(keyOfQuestion(question));
      return job?.waiting.isDropped === false ? job : undefined;
    },
    begin(want) {
      jobCount += 1;
      const key = keyOfQuestion(want.question);
      const waiting = createWaiting();
      const page = caller.open(want, jobCount, waiting);
      const waitElsewhere = (waitedMs: number) => caller.waitElsewhere(waiting, waitedMs);
      const traced = parts.tracing.apart('gateway.reading');
      const outcome = traced.run(async (span) => {
        const found = await readProven(want, { ...parts, page, memory, waitElsewhere });
        span.note({ 'gateway.reading.tiles': found.tiles.length });
        if (found.failure !== null) span.fail(found.failure.code);
        return found;
      });
      const job: Job = { want, waiting, outcome, traced };
      underWay.add(job);
      latest.set(key, job);
      // Whoever waits hears of a failure.
      outcome.then((known) => unproven.note(want.question, known)).catch(() => undefined);
      outcome.then(
        () => finish(key, job),
        () => finish(key, job),
      );
      return job;
    },
  };
}

/** Whether another span may be read, if need be in the place of one that nobody waits for: asked for again, that is read then. */
function makeRoom(underWay: ReadonlySet<Job>, caller: Caller): boolean {
  if (underWay.size < spansMax) return true;
  for (const { waiting } of underWay) {
    if (!drop(waiting)) continue;
    caller.rank();
    return true;
  }
  return false;
}

/** What comes of a span that there is no room for. */
function crowdedOut(): SpanOutcome {
  const failure = new Failure('UPSTREAM_BUDGET_EXHAUSTED', 'Too much waits to be read already', {
    reason: 'QUEUE',
    retryAfterSeconds: crowdedSeconds,
  });
  return { tiles: [], isWhole: false, total: null, failure };
}

/** Worth asking again after a minute's quota. */
const crowdedSeconds = 60;
