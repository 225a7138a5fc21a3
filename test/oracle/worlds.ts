import type { Simulator, SimulatorOptions } from '../simulator/simulator.ts';
import type { Switches } from '../simulator/switches.ts';
import type { Law } from './judge.ts';

/** One upstream and one gateway over it. */
export type World = {
  readonly name: string;
  readonly law: Law;
  readonly switches: Partial<Switches>;
  readonly settings: Readonly<Record<string, string>>;
  readonly timeZone: string;
  /** The first UTC day of the data. */
  readonly epoch: string;
  readonly perDay: number;
  readonly faults: NonNullable<SimulatorOptions['faults']>;
  /** What happens before the first question. */
  readonly prepare: (kore: Simulator, firstMs: number) => void;
  /** Whether rows come, go and change before each question, which is then asked afresh. */
  readonly isRestless: boolean;
};

const summer = '2026-03-26';
const winter = '2026-10-22';
const berlin = 'Europe/Berlin';

function world(name: string, parts: Partial<World> = {}): World {
  return {
    name,
    law: 'whole',
    switches: {},
    settings: {},
    timeZone: 'UTC',
    epoch: '2026-05-18',
    perDay: 90,
    faults: [],
    prepare: () => undefined,
    isRestless: false,
    ...parts,
  };
}

const clean: Partial<Switches> = { quirks: false };
const broken = (kind: NonNullable<Switches['corrupt']>['kind'], every = 1): Partial<Switches> => ({
  corrupt: { every, kind },
  segments: kind !== 'wrong-type',
});

// Rows that came and went since the totals were counted.
function change(kore: Simulator, firstMs: number): void {
  for (let count = 0; count < 7; count++) kore.insert({ startMs: firstMs + count * 50_000_000 });
  const rows = kore.list({ fromMs: firstMs, untilMs: firstMs + 86_400_000 }).rows;
  for (const { conversationId } of rows.slice(0, 3)) kore.remove(conversationId);
}

// More rows in one second than a response holds.
function crowd(kore: Simulator, firstMs: number): void {
  kore.insert({ startMs: firstMs + 100_000_500, count: 130 });
}

/** An upstream that keeps its word, in whatever way it writes: every answer is whole. */
const plainWorlds: readonly World[] = [
  world('as best known', { perDay: 120, epoch: summer, timeZone: berlin }),
  world('clean rows', { perDay: 250, switches: clean, epoch: winter, timeZone: berlin }),
  world('descending', { switches: { order: 'descending' }, epoch: winter, timeZone: 'America/New_York' }),
  world('all fields', { switches: { tableOnlyFields: true, era: 'V6' }, perDay: 150, timeZone: 'Asia/Kolkata' }),
  world('table spelling, with all fields', { switches: { spelling: 'table', tableOnlyFields: true, gzip: true } }),
  world('mixed spelling', {
    switches: { spelling: 'mixed', tableOnlyFields: true },
    timeZone: 'Asia/Beirut',
    epoch: summer,
  }),
  world('first version', { switches: { era: 'V1' } }),
  world('second version', { switches: { era: 'V2' }, timeZone: 'Pacific/Chatham', epoch: '2026-04-02' }),
  world('third version', { switches: { era: 'V3' } }),
  world('fifth version', { switches: { era: 'V5' }, timeZone: 'America/St_Johns' }),
  world('no segments', { switches: { segments: false }, timeZone: 'Africa/Cairo', epoch: '2026-04-21' }),
  world('threshold as text', {
    switches: { thresholdForm: 'string', thresholdRequired: true },
    settings: { KORE_BELOW_THRESHOLD_FORM: 'string' },
  }),
  world('threshold in either form', { switches: { thresholdForm: 'either', contentType: 'application/json' } }),
  world('inclusive to the millisecond', {
    switches: { windowEnd: 'inclusive-ms', dates: 'iso' },
    settings: { KORE_WINDOW_END: 'inclusive-ms' },
  }),
  world('exclusive ends', {
    switches: { windowEnd: 'exclusive', dates: 'blank' },
    settings: { KORE_WINDOW_END: 'exclusive' },
    timeZone: berlin,
    epoch: summer,
  }),
  world('blank dates', { switches: { dates: 'blank', totalPagesWhenEmpty: 1 }, perDay: 40 }),
  world('picked by the end of evaluation', { switches: { dateField: 'evaluated' }, timeZone: berlin }),
  world('dates read in another zone', { switches: { zoneOffsetMinutes: 330 } }),
  world('at most a day', { switches: { maxRangeDays: 1 } }),
  world('late answers', { switches: { ...clean, latencyMs: 2, latencyJitterMs: 6 }, timeZone: berlin, epoch: winter }),
  world('tokens for one call', { switches: { enforceJti: true, clockSkewMs: 20_000 }, settings: { KORE_JTI: 'true' } }),
  world('another algorithm', { switches: { algorithms: ['HS512'] }, settings: { KORE_JWT_ALGORITHM: 'HS512' } }),
  world('what has not begun is not listed', { switches: { liveTail: true }, timeZone: berlin }),
  world('more than a hundred rows refused', { perDay: 230, switches: { ...clean, limitOver: 'error' } }),
  world('more than a hundred rows in one second', { prepare: crowd }),
  world('restless', { isRestless: true, perDay: 60, timeZone: berlin, epoch: summer }),
  world('restless and many', { isRestless: true, perDay: 230, switches: { segments: false } }),
  world('restless and descending', { isRestless: true, perDay: 110, switches: { order: 'descending', ...clean } }),
];

/** Rows broken in ways that leave something to be read: all of them, for which ones would else depend on how they are read. */
const brokenWorlds: readonly World[] = (
  [
    'wrong-type',
    'score-as-text',
    'score-na',
    'score-out-of-range',
    'score-infinite',
    'score-negative-zero',
    'unknown-key',
    'unknown-literals',
    'odd-date',
    'metric-without-id',
    'prototype',
    'duplicate-keys',
    'deep',
    'unicode',
  ] as const
).map((kind) => world(`broken rows: ${kind}`, { switches: broken(kind), perDay: kind === 'deep' ? 40 : 70 }));

/** An upstream whose lists can't be walked by offsets, though all can be read in the end: plain lists may come in any order, but whole. */
const unsteadyWorlds: readonly World[] = [
  world('ties shuffled', { switches: { order: 'ties-shuffled', tieSeconds: 60 }, perDay: 240 }),
  world('ties of an hour shuffled', {
    switches: { order: 'ties-shuffled', tieSeconds: 3600 },
    perDay: 180,
    timeZone: berlin,
    epoch: winter,
  }),
  world('shuffled', { switches: { order: 'shuffled' }, perDay: 200, timeZone: berlin, epoch: summer }),
  world('offsets refused', { switches: { offsetCap: { at: 100, behaviour: 'error' } }, perDay: 250 }),
  world('offsets clamped', { switches: { offsetCap: { at: 100, behaviour: 'clamp' } }, perDay: 250 }),
  world('offsets empty', { switches: { offsetCap: { at: 100, behaviour: 'empty' } }, perDay: 250 }),
  world('ten rows whatever is asked for', { switches: { limitIgnored: 10 }, perDay: 60 }),
  world('a thousand rows whatever is asked for', { switches: { limitIgnored: 1000 }, perDay: 150 }),
  world('rows repeated', { switches: { duplicates: 5 }, perDay: 210 }),
  world('rows that nobody asked for', { switches: { surplusRows: 7 }, perDay: 210 }),
  world('always more', { switches: { hasMore: 'endless' }, perDay: 130 }),
  world('never more', { switches: { hasMore: 'never' }, perDay: 130 }),
];

/** An upstream that can't be read whole: nothing wrong may be passed off as whole. */
const hostileWorlds: readonly World[] = [
  world('totals drift', { switches: { totals: 'drift', driftBy: 2 }, perDay: 150 }),
  world('stale totals', { switches: { totals: 'stale' }, prepare: change, perDay: 150 }),
  world('more than a hundred rows in one second, in any order', { switches: { order: 'shuffled' }, prepare: crowd }),
  world('empty pages', { switches: { emptyPages: true } }),
  world('encrypted', { switches: { encrypted: true } }),
  world('direction ignored', { switches: { ignoreDirection: true } }),
  world('threshold ignored', { switches: { ignoreThreshold: true } }),
  world('scope not published', { switches: { scopePublished: false, errorEnvelope: 'message', errorStatus: 403 } }),
  world('rows that are none', { switches: broken('not-an-object', 37) }),
  world('rows that are null', { switches: broken('null', 50) }),
  world('rows without an id', { switches: broken('missing-id', 41) }),
  world('rows with an empty id', { switches: broken('empty-id', 41) }),
  world('rows with a number for an id', { switches: broken('id-as-number', 41) }),
  world('rows of a megabyte', { switches: broken('huge-name'), perDay: 6 }),
  world('little quota', {
    switches: {
      quotaLimit: 10,
      quotaWindowMs: 1_000,
      hiddenCalls: 3,
      quotaRetryAfter: 'honest',
      errorEnvelope: 'top-level',
    },
    settings: { KORE_CALLS_PER_MINUTE: '10', QUOTA_WINDOW_MS: '1000', OPERATION_DEADLINE_MS: '300' },
    perDay: 210,
  }),
  world('a fixed quota in another way', {
    switches: {
      quotaLimit: 8,
      quotaWindowMs: 1_000,
      quotaKind: 'fixed',
      quotaStatus: 200,
      quotaMessage: 'Rate limit for this API has been reached. Please try again after some time.',
      quotaCountsRefused: true,
    },
    settings: { KORE_CALLS_PER_MINUTE: '8', QUOTA_WINDOW_MS: '1000', OPERATION_DEADLINE_MS: '300' },
    perDay: 120,
  }),
  world('faults on the way', {
    faults: [
      { kind: 'status', status: 503, after: 2 },
      { kind: 'truncate', after: 5 },
      { kind: 'reset-mid-body', after: 9 },
      { kind: 'html', status: 502, after: 14, times: 2 },
      { kind: 'errors-in-200', after: 20 },
      { kind: 'empty', status: 200, after: 25 },
    ],
    settings: { KORE_RETRY_WAIT_MS_MIN: '1', KORE_RETRY_WAIT_MS_MAX: '5' },
    switches: { errorEnvelope: 'html' },
  }),
].map((each) => ({ ...each, law: 'honest' as const }));

/** Every world. `ignoreDates` is in none: an upstream that lists the same rows for every window can't be told from one that has them. */
export const worlds: readonly World[] = [...plainWorlds, ...unsteadyWorlds, ...brokenWorlds, ...hostileWorlds];
