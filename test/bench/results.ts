import type { OperationName, State } from './operations.ts';

/** Ours, the floor, three gateways that are written by hand, and one that is configured. */
export const contenderNames = ['ours', 'floor', 'apollo', 'yoga', 'mercurius', 'hive'] as const;
export type ContenderName = (typeof contenderNames)[number];

/** What a run of the bench found, as it is kept in `results.json`. A contender that can't answer an operation is missing there. */
export type Results = {
  readonly machine: {
    /** YYYY-MM-DD. */
    readonly date: string;
    readonly commit: string;
    readonly node: string;
    readonly processor: string;
    readonly cores: number;
    /** The part of all processor time that others took while operations were measured, from 0 to 1. */
    readonly othersShare: number;
  };
  readonly rounds: number;
  readonly concurrency: number;
  readonly operations: readonly OperationResult[];
  readonly scan: Readonly<Record<'ours' | 'floor', ScanFigures>>;
  readonly programs: Readonly<Record<ContenderName, ProgramFigures>>;
};

export type OperationResult = {
  readonly operation: OperationName;
  readonly state: State;
  /** Requests of each round to each contender. */
  readonly requestCount: number;
  readonly figures: Readonly<Partial<Record<ContenderName, Figures>>>;
};

/** Of one contender, one operation, one state. Processor time is of the contender's process alone, in milliseconds a request. */
export type Figures = {
  readonly cpuMs: number;
  /** The same for each round. */
  readonly cpuMsByRound: readonly number[];
  readonly callsPerRequest: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

/** Reading days of 10,000 rows. */
export type ScanFigures = {
  readonly rowsPerSecond: number;
  readonly rowsPerSecondByRound: readonly number[];
  /** Milliseconds of processor time for 1,000 rows. */
  readonly cpuMsPerThousand: number;
};

/** Resident memory in megabytes after everything was asked, and the most that there ever was; from start to first answer, the median of some starts. */
export type ProgramFigures = { readonly residentMb: number; readonly residentMostMb: number; readonly startMs: number };
