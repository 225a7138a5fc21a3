import type { Account } from './auth.ts';
import { type CallLog, makeCallLog, type SimulatedCall } from './calls.ts';
import { makeControl } from './control.ts';
import { makeDesk } from './desk.ts';
import { type Fault, type FaultQueue, makeFaultQueue } from './faults.ts';
import { dayMs } from './layout.ts';
import { countRows, sliceRows } from './listing.ts';
import type { Insertion } from './overlay.ts';
import type { SimulatedRow } from './row.ts';
import { listen } from './server.ts';
import type { Switches } from './switches.ts';
import {
  classesFor,
  insertRows,
  makeWorld,
  removeConversation,
  rowOf,
  setSwitches,
  touchConversation,
  type World,
} from './world.ts';

/** A Kore.ai that can be asked to misbehave, listening on loopback until disposed of. */
export type Simulator = {
  /** `http://127.0.0.1:PORT`, no trailing slash. */
  readonly url: string;
  readonly account: Account;
  /** Every scorereporting call that arrived, the last 10,000. */
  readonly calls: readonly SimulatedCall[];
  /** Calls since the start or the last `resetCalls`. */
  readonly callCount: number;
  readonly inFlightCount: number;
  /** Calls whose client went away before the answer was whole. */
  readonly abortedCount: number;
  resetCalls(): void;
  /** Changes switches while it runs, for calls that have not been computed yet. */
  set(switches: Partial<Switches>): void;
  fault(fault: Fault): void;
  clearFaults(): void;
  /** Adds conversations above the threshold, with a stated direction, that start at an instant; their ids. */
  insert(row: Insertion & { readonly count?: number }): readonly string[];
  /** Takes away every row of an id. */
  remove(conversationId: string): boolean;
  /** Moves a conversation's audit on: its row changes, its score does not. */
  touch(conversationId: string): boolean;
  /** Runs before each page is computed, with the number of the call, counted from 0; refused calls compute none. */
  beforeCall(hook: ((callIndex: number) => void) | null): void;
  /** What the data holds for [fromMs, untilMs), in the stable order (ascending, or descending if so switched); never a call. */
  list(question: OracleQuestion): { readonly rows: readonly SimulatedRow[]; readonly total: number };
  [Symbol.asyncDispose](): Promise<void>;
};

/** `limit` is all rows unless stated; below-threshold rows are left out unless asked for. */
type OracleQuestion = {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly direction?: 'inbound' | 'outbound';
  readonly includeBelowThreshold?: boolean;
  readonly offset?: number;
  readonly limit?: number;
};

export type SimulatorOptions = {
  /** 0 takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** The same seed, epoch and sizes give the same data. */
  readonly seed?: number;
  /** How many rows a full UTC day lists by default. */
  readonly conversationsPerDay?: number;
  /** Below-threshold rows on top, as a share of `conversationsPerDay`. */
  readonly belowThresholdShare?: number;
  /** The first UTC day of the data, `YYYY-MM-DD`. */
  readonly epoch?: string;
  /** How many days have data; unless stated, until the end of tomorrow. */
  readonly dayCount?: number;
  readonly now?: () => number;
  readonly switches?: Partial<Switches>;
  readonly faults?: readonly Fault[];
  readonly account?: Partial<Account>;
  /** Sees each call when it ends. */
  readonly onCall?: (call: SimulatedCall) => void;
};

/** The account that every simulator knows unless told otherwise. Looks real, is not. */
const simulatedAccount: Account = {
  accountId: '67a9ca06cf0e510a86325110',
  orgId: 'o-5140a7ed-0000-5229-ac20-9b1384eb5110',
  streamId: 'st-5140a7ed-0000-5c1b-8a0e-6f1d2c3b5110',
  clientId: 'cs-5140a7ed-0000-52c7-9f34-1a2b3c4d5110',
  clientSecret: 'simulated-secret-for-hs256-not-a-real-one-0123456789',
};

/** Starts a simulator; `await using` ends it. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const now = options.now ?? Date.now;
  const { host = '127.0.0.1', port = 0 } = options;
  const world = makeWorld(layoutOptions(options, now()), options.switches ?? {});
  const account = { ...simulatedAccount, ...options.account };
  const log = makeCallLog(options.onCall ?? (() => undefined));
  const faults = makeFaultQueue();
  for (const fault of options.faults ?? []) faults.add(fault);
  let hook: ((callIndex: number) => void) | null = null;
  const desk = makeDesk({ world, account, log, faults, now, beforeCall: () => hook });
  const handle = makeHandle({ world, account, log, faults, now });
  const { url, end } = await listen({ host, port, desk, control: makeControl(handle, () => world.switches) });
  return Object.assign(handle, {
    url,
    beforeCall: (next: ((callIndex: number) => void) | null) => {
      hook = next;
    },
    [Symbol.asyncDispose]: end,
  });
}

type Parts = {
  readonly world: World;
  readonly account: Account;
  readonly log: CallLog;
  readonly faults: FaultQueue;
  readonly now: () => number;
};

// Everything but the socket and the hook. The counts are getters: Object.assign above keeps them, a spread would freeze them.
function makeHandle({
  world,
  account,
  log,
  faults,
  now,
}: Parts): Omit<Simulator, 'url' | 'beforeCall' | typeof Symbol.asyncDispose> {
  return {
    account,
    calls: log.calls,
    get callCount() {
      return log.count();
    },
    get inFlightCount() {
      return log.inFlightCount();
    },
    get abortedCount() {
      return log.abortedCount();
    },
    resetCalls: log.reset,
    set: (switches) => setSwitches(world, switches),
    fault: faults.add,
    clearFaults: faults.clear,
    insert: (row) => insertRows(world, row),
    remove: (conversationId) => removeConversation(world, conversationId),
    touch: (conversationId) => touchConversation(world, conversationId),
    list: (question) => listRows(world, question, now()),
  };
}

function listRows(world: World, question: OracleQuestion, nowMs: number): ReturnType<Simulator['list']> {
  const { direction = null, includeBelowThreshold = false, offset = 0 } = question;
  const { order, liveTail } = world.switches;
  const selection = {
    classIndexes: classesFor(world, { direction, includeBelowThreshold }),
    fromMs: question.fromMs,
    untilMs: liveTail ? Math.min(question.untilMs, nowMs) : question.untilMs,
  };
  const total = countRows(world.data, selection);
  const kind = order === 'descending' ? order : 'ascending';
  const rows = sliceRows(world.data, selection, { kind }, offset, question.limit ?? total);
  return { rows: rows.map((row) => rowOf(world, row)), total };
}

function layoutOptions(options: SimulatorOptions, nowMs: number): Parameters<typeof makeWorld>[0] {
  const epochMs = Date.parse(`${options.epoch ?? '2024-01-01'}T00:00:00Z`);
  return {
    seed: options.seed ?? 1,
    epochMs,
    dayCount: options.dayCount ?? Math.max(0, Math.floor((nowMs - epochMs) / dayMs) + 2),
    listedPerDay: options.conversationsPerDay ?? 1000,
    belowThresholdShare: options.belowThresholdShare ?? 0.08,
  };
}
