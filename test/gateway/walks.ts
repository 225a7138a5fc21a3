import fc from 'fast-check';
import { expect } from 'vitest';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { type Connection, connectionOf, type GatewayUnderTest, startTestGateway } from './harness.ts';

/** What happens to the list between two pages of a walk: rows come or go near the place where the walk stands, or anywhere. */
type Change = {
  readonly kind: 'insert' | 'delete';
  /** Rows from the anchor of the walk; negative is before it. Null: at the list's beginning or its end. */
  readonly distance: number | null;
  readonly atEnd: boolean;
  readonly count: number;
};

/** One walk over a window, and what happens meanwhile. */
type Walk = {
  readonly direction: 'forward' | 'backward';
  readonly order: 'ascending' | 'descending';
  readonly pageSize: number;
  /** How many pages the list has at the beginning, about. */
  readonly pageCount: number;
  /** The changes before each page after the first is asked for; then the list is quiet, so that the walk can end. */
  readonly changes: readonly (readonly Change[])[];
  /** Whether rows also come and go before each upstream call. */
  readonly isRestless: boolean;
  readonly isAfresh: boolean;
};

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('insert', 'delete'),
  distance: fc.option(fc.integer({ min: -6, max: 6 }), { freq: 3 }),
  atEnd: fc.boolean(),
  count: fc.integer({ min: 1, max: 3 }),
});

function walks(direction: Walk['direction']): fc.Arbitrary<Walk> {
  return fc.record({
    direction: fc.constant(direction),
    order: fc.constantFrom('ascending', 'descending'),
    pageSize: fc.oneof(
      fc.integer({ min: 1, max: 250 }),
      fc.constantFrom(1, 2, 49, 50, 98, 99, 100, 101, 198, 199, 250),
    ),
    pageCount: fc.integer({ min: 1, max: 4 }),
    changes: fc.array(fc.array(change, { maxLength: 3 }), { minLength: 1, maxLength: 6 }),
    isRestless: fc.boolean(),
    isAfresh: fc.boolean(),
  });
}

const walkCount = Number(process.env['WALK_COUNT'] ?? 400);
const goneShareMax = 0.05;
const refusedShareMax = 0.005;
const seed = 20_261_122;

/** The law of walks: rows that stay are each returned exactly once and in order. Hundreds of walks, each over a day of its own; as many as WALK_COUNT says, where it does. */
export async function holdWalksTo(direction: Walk['direction']): Promise<void> {
  const switches = { segments: false, quotaLimit: 0 };
  await using kore = await startSimulator({ conversationsPerDay: 1600, switches, epoch: '2005-01-01' });
  // Where a list changed too fast to be paged it is scanned, once: the next walk is of pages again.
  const settings = { LOG_LEVEL: 'silent', UNPROVEN_REST_MS: '0', OFFSETS_DISTRUST_MS: '0' };
  await using gateway = await startTestGateway(kore, { settings });
  let [goneCount, refusedCount] = [0, 0];
  // Five thousand days from there are over, and no day of the future is asked for: nothing is read of those.
  let dayStartMs = Date.parse('2005-01-01T00:00:00Z');
  await fc.assert(
    fc.asyncProperty(walks(direction), async (walk) => {
      dayStartMs += dayMs;
      const { ending, seen, stayed } = await takeWalk(walk, dayStartMs, kore, gateway);
      const stays = new Set(stayed);
      expect(new Set(seen).size).toBe(seen.length);
      if (ending === 'gone') goneCount += 1;
      else if (ending === 'refused') refusedCount += 1;
      else expect(seen.filter((id) => stays.has(id))).toEqual(isSorted(seen) ? stayed.toSorted() : stayed);
    }),
    { numRuns: walkCount, seed },
  );
  expect(goneCount / walkCount).toBeLessThan(goneShareMax);
  expect(refusedCount / walkCount).toBeLessThan(refusedShareMax);
}

/** Whether a list was scanned: then its rows ascend by id. */
function isSorted(ids: readonly string[]): boolean {
  return ids.every((id, at) => at === 0 || (ids[at - 1] ?? '') < id);
}

/** What a walk saw, and what it should have seen. */
type Outcome = {
  /**
   * `gone`: it was told that its place is gone; allowed only if the row of its cursor is, with all the rows beside it. `refused`: the list was refused for its unrest; allowed only where rows come and go
   * before every second call, and seldom.
   */
  readonly ending: 'end' | 'gone' | 'refused';
  readonly seen: readonly string[];
  /** Rows that were there before the walk began and when it ended, in the list's order. */
  readonly stayed: readonly string[];
};

const stepsMax = 200;
const restlessCallsMax = 60;
const dayMs = 86_400_000;

/** Takes one walk over a window of its own, over HTTP from end to end. */
async function takeWalk(walk: Walk, dayStartMs: number, kore: Simulator, gateway: GatewayUnderTest): Promise<Outcome> {
  kore.set({ order: 'ascending' });
  const untilMs = windowEnd(kore, dayStartMs, walk.pageSize * walk.pageCount);
  kore.set({ order: walk.order });
  const list = () => kore.list({ fromMs: dayStartMs, untilMs }).rows;
  const initial = list().map(({ conversationId }) => conversationId);
  const removed = new Set<string>();
  const pages: string[][] = [];
  let anchor: string | null = null;
  const disturb = (changes: readonly Change[]) => {
    for (const each of changes) apply(each, anchor, kore, list, removed);
  };
  let callCount = 0;
  const restless: Change = { kind: 'insert', distance: -3, atEnd: false, count: 1 };
  kore.beforeCall(() => {
    callCount += 1;
    if (walk.isRestless && callCount % 2 === 0 && callCount <= restlessCallsMax)
      disturb([callCount % 4 === 0 ? { ...restless, kind: 'delete' } : restless]);
  });
  let cursor: string | null = null;
  let [sizeBefore, removedBefore] = [initial.length, 0];
  for (let step = 0; step < stepsMax; step++) {
    if (step > 0) disturb(walk.changes[step - 1] ?? []);
    const connection: Connection | 'gone' | 'refused' = await readPage(walk, { dayStartMs, untilMs, cursor }, gateway);
    if (connection === 'gone') {
      kore.beforeCall(null);
      const isEarned = removed.has(anchor ?? '') && Math.min(5, sizeBefore) <= removed.size - removedBefore;
      if (!isEarned) throw new Error(`told that ${anchor} is gone, though it or a row beside it is there`);
      return { ending: 'gone', seen: pages.flat(), stayed: [] };
    }
    if (connection === 'refused') {
      kore.beforeCall(null);
      return { ending: 'refused', seen: pages.flat(), stayed: [] };
    }
    [sizeBefore, removedBefore] = [kore.list({ fromMs: dayStartMs, untilMs, limit: 0 }).total, removed.size];
    pages.push(connection.edges.map(({ node }) => node.conversationId));
    const { pageInfo } = connection;
    const isForward = walk.direction === 'forward';
    cursor = isForward ? pageInfo.endCursor : pageInfo.startCursor;
    anchor = (isForward ? pages.at(-1)?.at(-1) : pages.at(-1)?.[0]) ?? anchor;
    if (!(isForward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) {
      kore.beforeCall(null);
      const there = new Set(list().map(({ conversationId }) => conversationId));
      const stayed = initial.filter((id) => there.has(id) && !removed.has(id));
      return { ending: 'end', seen: (isForward ? pages : pages.reverse()).flat(), stayed };
    }
  }
  throw new Error('the walk has no end');
}

async function readPage(
  { direction, pageSize, isAfresh, isRestless }: Walk,
  {
    dayStartMs,
    untilMs,
    cursor,
  }: { readonly dayStartMs: number; readonly untilMs: number; readonly cursor: string | null },
  gateway: GatewayUnderTest,
): Promise<Connection | 'gone' | 'refused'> {
  const args = direction === 'forward' ? 'first: $size, after: $cursor' : 'last: $size, before: $cursor';
  const query = `query ($window: TimeWindow, $size: Int, $cursor: String) {
    conversations(window: $window, ${args}) { edges { cursor node { conversationId } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
  }`;
  const window = { from: new Date(dayStartMs).toISOString(), until: new Date(untilMs).toISOString() };
  const headers = isAfresh ? { 'cache-control': 'no-cache' } : {};
  const answer = await gateway.query(query, { window, size: pageSize, cursor }, headers);
  const reason = answer.errors?.[0]?.extensions.reason;
  if (reason === 'ANCHOR_GONE') return 'gone';
  // It can't be told from one without a firm order, or isn't caught up with.
  if (isRestless && (reason === 'MOVING_LIST' || reason === 'ORDER_CHANGED')) return 'refused';
  return connectionOf(answer);
}

/** The first whole second by which about `rowCount` rows of the day have begun. */
function windowEnd(kore: Simulator, fromMs: number, rowCount: number): number {
  const [row] = kore.list({ fromMs, untilMs: fromMs + dayMs, offset: rowCount, limit: 1 }).rows;
  return row === undefined ? fromMs + dayMs : Math.max(Math.ceil(row.startMs / 1000) * 1000, fromMs + 1000);
}

type Rows = ReturnType<Simulator['list']>['rows'];

function apply(
  { kind, distance, atEnd, count }: Change,
  anchor: string | null,
  kore: Simulator,
  list: () => Rows,
  removed: Set<string>,
): void {
  for (let each = 0; each < count; each++) {
    const rows = list();
    const anchorAt = rows.findIndex(({ conversationId }) => conversationId === anchor);
    const edge = atEnd ? rows.length - 1 : 0;
    const at =
      distance === null || anchorAt === -1 ? edge : Math.min(Math.max(anchorAt + distance, 0), rows.length - 1);
    const row = rows[at];
    if (row === undefined) return;
    if (kind === 'insert') kore.insert({ startMs: row.startMs });
    else if (kore.remove(row.conversationId)) removed.add(row.conversationId);
  }
}
