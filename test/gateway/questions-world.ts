import type { Dataset } from '../oracle/dataset.ts';
import { type Facts, factsOf } from '../oracle/rows.ts';
import { dayMs } from '../simulator/layout.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { changeSwitches, defaultSwitches, type Switches } from '../simulator/switches.ts';
import { type GatewayUnderTest, startTestGateway } from './harness.ts';

/** A gateway over the demo's account, some weeks after the days that the document asks about, with the quota of a real account. */
export type QuestionWorld = AsyncDisposable & { readonly kore: Simulator; readonly gateway: GatewayUnderTest };

const nowMs = Date.parse('2026-03-20T12:00:00Z');
const now = () => nowMs;
const demoSwitches: Partial<Switches> = { tableOnlyFields: true };

/** Starts it; without switches as the demo does, table-only fields and all. */
export async function startWorld(
  switches: Partial<Switches> = demoSwitches,
  settings: Readonly<Record<string, string>> = { KORE_CALLS_PER_MINUTE: '60' },
): Promise<QuestionWorld> {
  const kore = await startSimulator({ now, conversationsPerDay: 1_000, switches });
  const gateway = await startTestGateway(kore, { now, settings: { LOG_LEVEL: 'silent', ...settings } });
  return {
    kore,
    gateway,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await kore[Symbol.asyncDispose]();
    },
  };
}

/** All rows of eleven days, unless stated those that the document asks about, in the upstream's order, also those below the minimum duration. */
export function rowsOf(
  kore: Simulator,
  switches: Partial<Switches> = demoSwitches,
  date = '2026-02-26',
): readonly Facts[] {
  const fromMs = Date.parse(`${date}T00:00:00Z`);
  const changed = changeSwitches(defaultSwitches, switches);
  const { rows } = kore.list({ fromMs, untilMs: fromMs + 11 * dayMs, includeBelowThreshold: true });
  return rows.map((row) => factsOf(row, changed));
}

/** What the oracle knows when a question is the first: agents are called as `seen`, what the question read, calls them. */
export function datasetOf(rows: readonly Facts[], seen: readonly Facts[]): Dataset {
  const names = namesIn(seen);
  const called = rows.map((row) => ({
    ...row,
    agents: row.agents.map(({ id, name }) => ({ id, name: names.get(id) ?? name })),
  }));
  return {
    rows: called,
    timeZone: 'UTC',
    nowMs,
    isOrderKnown: true,
    isOrderFirm: true,
    isTotalKnown: true,
    hasOneName: true,
    isLimited: false,
    places: new Map(),
    globalIds: new Map(),
  };
}

/** What agents are called: of the newest day that shows them, the most frequent name; of equals the one that sorts first. */
function namesIn(rows: readonly Facts[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const id of new Set(rows.flatMap(({ agents }) => agents.map((agent) => agent.id)))) {
    const sightings = rows.flatMap(({ agents, listedMs }) =>
      agents
        .filter((agent) => agent.id === id)
        .map(({ name }) => ({ name: name ?? '', day: Math.floor(listedMs / dayMs) })),
    );
    const newest = Math.max(...sightings.map(({ day }) => day));
    const counts = Map.groupBy(
      sightings.filter(({ day }) => day === newest),
      ({ name }) => name,
    );
    const [best] = [...counts].toSorted(
      ([one, ones], [other, others]) => others.length - ones.length || (one < other ? -1 : 1),
    );
    if (best !== undefined) names.set(id, best[0]);
  }
  return names;
}

/** Every value at a path; `*` is each item of a list. */
export function pick(value: unknown, path: string): readonly unknown[] {
  return path.split('.').reduce<readonly unknown[]>(
    (values, step) =>
      values.flatMap((each) => {
        if (step === '*') return Array.isArray(each) ? each : [];
        const found: unknown = Object(each)[step];
        return found === undefined ? [] : [found];
      }),
    [value],
  );
}

/** Pairs of what two paths pick. */
export function pickPairs(value: unknown, one: string, other: string): ReadonlyMap<unknown, unknown> {
  const others = pick(value, other);
  return new Map(pick(value, one).map((each, index) => [each, others[index]]));
}
