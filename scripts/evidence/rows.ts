import type { Figures, Found } from './found.ts';

/** A line of the table: what is promised, how much was aimed at, how much a run reached, and what to run for this alone. */
export type Row = {
  readonly promise: string;
  readonly aim: string;
  readonly by: string;
  /** Throws where the run did not say it. */
  readonly reached: (found: Found) => string;
};

const [attackCount, faultCount] = [86, 79];

/** Of the last of them: what is measured twice is measured better alone. */
const of = (all: readonly Figures[], name: string): number => {
  const value = all.at(-1)?.[name];
  if (typeof value !== 'number') throw new Error(`no figure is called ${name}`);
  return value;
};
const sum = (all: readonly Figures[], name: string): number =>
  all.reduce((total, figures) => total + Number(figures[name] ?? 0), 0);
const most = (all: readonly Figures[], name: string): number => Math.max(...all.map((figures) => of([figures], name)));
const many = (count: number): string => count.toLocaleString('en-US');
const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : many(Math.round(value))} ms`;

/** Of so many numbers how many a test is called by, and which none is. */
function held(numbers: readonly number[], count: number, letter: string): string {
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((number) => !numbers.includes(number));
  const rest = missing.length === 0 ? '' : `; none for ${missing.map((number) => `${letter}${number}`).join(', ')}`;
  return `${count - missing.length}${rest}`;
}

const campaign = (found: Found, topic: string): string => {
  const all = found.figures(topic);
  const [answers, complete, rowCount] = [of(all, 'answers'), of(all, 'complete'), of(all, 'rows')];
  return `${many(of(all, 'wrong'))} wrong of ${many(answers)} answers, ${many(complete)} of them whole; ${many(rowCount)} rows compared`;
};

/** The lines of the table, in the order of what decides: truth, calls, trust, speed. */
export const rows: readonly Row[] = [
  {
    promise: 'all tests',
    aim: '0 failed',
    by: 'npm test',
    reached: ({ passed, failed }) => `${many(passed)} passed, ${many(failed)} failed`,
  },
  {
    promise: 'answers equal those of an oracle that holds all rows',
    aim: '0 wrong',
    by: 'npx vitest run test/oracle/oracle.test.ts',
    reached: (found) =>
      `${many(of(found.figures('oracle'), 'wrong'))} wrong of ${many(of(found.figures('oracle'), 'questions'))} questions`,
  },
  {
    promise: 'three faults of the upstream at once: nothing wrong is called whole',
    aim: '0 wrong',
    by: 'npx vitest run test/faults/triples.test.ts',
    reached: (found) => campaign(found, 'triples'),
  },
  {
    promise: 'the same with fresh seeds, for long',
    aim: '0 wrong',
    by: 'npm run test:soak -- SECONDS',
    reached: (found) => campaign(found, 'soak'),
  },
  {
    promise: 'heap after collection meanwhile',
    aim: 'flat',
    by: 'npm run test:soak -- SECONDS',
    reached: (found) => {
      const soak = found.figures('soak');
      return `flat over ${many(of(soak, 'seconds'))} s, ${many(of(soak, 'heapMbAtMost'))} MB at most`;
    },
  },
  {
    promise: 'answers of those meanwhile beyond their deadline',
    aim: 'at most 100 ms',
    by: 'npm run test:soak -- SECONDS',
    reached: (found) => {
      const soak = found.figures('soak');
      const slowestMs = of(soak, 'slowestMs');
      const slowest =
        slowestMs <= 0 ? `none; the slowest came ${ms(-slowestMs)} before it` : `${ms(slowestMs)} at most`;
      return `${slowest}; ${many(of(soak, 'lateByMachine'))} later than 100 ms, for want of a processor`;
    },
  },
  {
    promise: 'calls in any window, of what the account has, over a store that hangs, dies and forgets',
    aim: 'never more',
    by: 'npx vitest run test/redis/window-law.test.ts test/redis/fleet.test.ts',
    reached: (found) =>
      [...found.figures('window'), ...found.figures('store lost')]
        .map((run) => `${of([run], 'mostInWindow')} of ${of([run], 'callsMax')}`)
        .join(', '),
  },
  {
    promise: 'equal questions at once over replicas',
    aim: 'one call a page',
    by: 'npx vitest run test/redis/stampede.test.ts',
    reached: (found) =>
      found
        .figures('stampede')
        .map(
          (run) =>
            `${of([run], 'questions')} over ${of([run], 'replicas')}: ${of([run], 'calls')} calls for ${of([run], 'pages')} pages`,
        )
        .join('; '),
  },
  {
    promise: 'a caller’s answers equal those of an oracle over his rows alone',
    aim: '0 wrong',
    by: 'npx vitest run test/oracle/law-callers.test.ts',
    reached: (found) =>
      `0 wrong of ${many(sum(found.figures('callers'), 'questions'))} over ${found.figures('callers').length} worlds`,
  },
  {
    promise: 'two worlds that differ in what he may not see answer him alike, to the letter',
    aim: '0 different',
    by: 'npx vitest run test/oracle/law-hidden.test.ts',
    reached: (found) =>
      `0 different of ${many(sum(found.figures('hidden'), 'questions'))} over ${found.figures('hidden').length} pairs`,
  },
  {
    promise: 'GraphQL over HTTP, by the audits of graphql-http, with a token',
    aim: '61 of 61',
    by: 'npx vitest run test/gateway/audit.test.ts',
    reached: (found) => `${of(found.figures('audit'), 'passed')} of ${of(found.figures('audit'), 'audits')}`,
  },
  {
    promise: 'numbered attacks that a test is called by',
    aim: `${attackCount}`,
    by: 'npx vitest run -t "^A\\d"',
    reached: (found) => held(found.numbered('A'), attackCount, 'A'),
  },
  {
    promise: 'numbered faults that a test is called by',
    aim: `${faultCount}`,
    by: 'npx vitest run -t "^F\\d"',
    reached: (found) => held(found.numbered('F'), faultCount, 'F'),
  },
  {
    promise: 'requests of chance: crash, 5xx, out of shape, a secret in an answer, the log, a figure or a span',
    aim: '0 of 20,000',
    by: 'npx vitest run test/gateway/fuzz-*.test.ts',
    reached: (found) => `0 of ${many(sum(found.figures('fuzz'), 'cases'))}`,
  },
  {
    promise: 'a client leaves: until its call is aborted',
    aim: 'at most 50 ms',
    by: 'npx vitest run test/gateway/leaving.test.ts',
    reached: (found) =>
      `${ms(of(found.figures('leaving'), 'medianMs'))} in the middle, ${ms(of(found.figures('leaving'), 'p99Ms'))} for 99 of 100`,
  },
  {
    promise: 'rolling restarts of two replicas under load',
    aim: '0 requests lost',
    by: 'npm run test:rolling',
    reached: (found) => {
      const rolling = found.figures('rolling');
      return `${of(rolling, 'lost')} of ${many(of(rolling, 'requests'))} over ${of(rolling, 'restarts')} restarts; the slowest stop took ${ms(most(rolling, 'slowestStopMs'))}`;
    },
  },
  {
    promise: 'five times as much as it can do: the 99th percentile of the accepted, as a ratio to that of 0.7 times',
    aim: 'at most 2',
    by: 'npm run test:load',
    reached: (found) => {
      const overload = found.figures('overload');
      const [over, usual] = [ms(of(overload, 'overloadedP99Ms')), ms(of(overload, 'usualP99Ms'))];
      return `${of(overload, 'overloadRatio').toFixed(2)}: ${over} against ${usual}`;
    },
  },
  {
    promise: 'answers then, as a share of those that it can give',
    aim: 'at least 0.9',
    by: 'npm run test:load',
    reached: (found) => of(found.figures('overload'), 'goodput').toFixed(2),
  },
  {
    promise: 'refusals then, 99 of 100',
    aim: 'under 10 ms',
    by: 'npm run test:load',
    reached: (found) => ms(of(found.figures('overload'), 'refusedP99Ms')),
  },
  {
    promise: 'a neighbour who asks 20 times as often: others’ 99th percentile, as a ratio to theirs without him',
    aim: 'at most 1.2',
    by: 'npm run test:load',
    reached: (found) => of(found.figures('neighbour'), 'neighbourRatio').toFixed(2),
  },
  {
    promise: 'wrong settings are refused',
    aim: 'within 1 s',
    by: 'npx vitest run test/gateway/start.test.ts',
    reached: (found) => ms(of(found.figures('start'), 'refusedMs')),
  },
];
