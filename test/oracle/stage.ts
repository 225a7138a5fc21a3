import { startTestGateway } from '../gateway/harness.ts';
import { dayMs } from '../simulator/layout.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { changeSwitches, defaultSwitches, type Switches } from '../simulator/switches.ts';
import type { Hearing } from './asking.ts';
import type { Dataset } from './dataset.ts';
import { type Facts, factsOf } from './rows.ts';
import type { Document } from './selection.ts';
import type { World } from './worlds.ts';

/** How many answers said of themselves that they are a part, or refused a field. */
export type AnswerTally = { partCount: number; refusedCount: number };

/** A world with its upstream and its gateway running. */
export type Stage = {
  /** What the upstream held in the beginning, and what it holds now. */
  readonly first: Dataset;
  read(): Dataset;
  /** Asks over HTTP, as somebody; afresh where the world is restless. */
  readonly ask: (document: Document, token?: string) => ReturnType<Hearing['ask']>;
  /** Something happens: one of these rows goes, is audited, or gets a neighbour. `chance` decides which and what. */
  disturb(rows: readonly Facts[], chance: number): void;
  readonly kore: Simulator;
  /** The wall clock of both, in milliseconds. */
  readonly now: () => number;
  [Symbol.asyncDispose](): Promise<void>;
};

/** What a gateway over a world is set to. */
export function settingsOf({ timeZone, settings }: World): Readonly<Record<string, string>> {
  return { ...ample, TIME_ZONE: timeZone, ...settings };
}

const dayCount = 6;

/** Bounds that questions would else run into; what they bound is held by tests of its own. */
const ample = {
  LOG_LEVEL: 'silent',
  ROWS_PER_OPERATION: '10000000',
  VALUES_PER_OPERATION: '1000000000',
  SLICES_PER_OPERATION: '1000000000',
  UPSTREAM_CALLS_PER_OPERATION: '100000',
  QUERY_BODY_BYTES_MAX: '10000000',
  QUERY_TOKENS_MAX: '100000',
};

/** Starts a world; the same seed gives the same data. */
export async function openStage(world: World, seed: number, tally: AnswerTally): Promise<Stage> {
  const { epoch, perDay, faults, isRestless } = world;
  const firstMs = Date.parse(`${epoch}T00:00:00Z`);
  const startedMs = performance.now();
  const isLive = world.switches.liveTail === true;
  // A part of the last day has begun where upcoming rows aren't listed; else all data lies in the past.
  const nowMs = firstMs + (isLive ? dayCount - 0.5 : dayCount + 0.5) * dayMs;
  // Where the clock decides what is listed it stands still, so that the data does.
  const now = () => nowMs + (isLive ? 0 : Math.floor(performance.now() - startedMs));
  const switches = { quotaLimit: 0, ...world.switches };
  const kore = await startSimulator({ seed, epoch, dayCount, conversationsPerDay: perDay, switches, faults, now });
  world.prepare(kore, firstMs);
  const gateway = await startTestGateway(kore, { now, settings: settingsOf(world) });
  const globalIds = new Map<string, string>();
  const read = () => ({ ...datasetOf(world, kore, firstMs), nowMs, globalIds, places: new Map() });
  return {
    first: read(),
    read,
    ask: async ({ query, variables }, token) => {
      const headers = {
        ...(isRestless ? { 'cache-control': 'no-cache' } : {}),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      };
      const { data, errors } = await gateway.query(query, variables, headers);
      if (errors !== undefined) tally.refusedCount += 1;
      else if (JSON.stringify(data).includes('"complete":false')) tally.partCount += 1;
      return { data, errors };
    },
    disturb: (rows, chance) => disturb(kore, rows, chance),
    kore,
    now,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await kore[Symbol.asyncDispose]();
    },
  };
}

function datasetOf({ timeZone, switches }: World, kore: Simulator, firstMs: number) {
  const all = { fromMs: firstMs, untilMs: firstMs + dayCount * dayMs, includeBelowThreshold: true };
  const changed = changeSwitches(defaultSwitches, switches);
  return {
    rows: kore.list(all).rows.map((row) => factsOf(row, changed)),
    timeZone,
    isOrderKnown: isOrderKnown(changed),
    isOrderFirm: isOrderFirm(changed),
    isTotalKnown: changed.totals === 'honest',
    hasOneName: !changed.quirks,
    isLimited: false,
  };
}

function isOrderFirm({ order }: Switches): boolean {
  return order === 'ascending' || order === 'descending';
}

/** Whether plain lists come in the upstream's order: where that can't be walked by offsets, or filters or windows aren't obeyed, they come in another. */
function isOrderKnown(switches: Switches): boolean {
  const { offsetCap, limitIgnored, duplicates, surplusRows, totals, maxRangeDays } = switches;
  const isPaged = offsetCap === null && limitIgnored === null && duplicates === 0 && surplusRows === 0;
  const isObedient = !switches.ignoreDirection && !switches.ignoreThreshold && maxRangeDays === null;
  return isOrderFirm(switches) && isPaged && isObedient && totals === 'honest';
}

function disturb(kore: Simulator, rows: readonly Facts[], chance: number): void {
  const row = rows[chance % Math.max(1, rows.length)];
  if (row === undefined) return;
  if (chance % 3 === 0) kore.insert({ startMs: row.listedMs + (chance % 7) * 1000 });
  else if (chance % 3 === 1) kore.remove(row.conversationId);
  else kore.touch(row.conversationId);
}
