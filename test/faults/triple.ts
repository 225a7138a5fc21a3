import fc from 'fast-check';
import { type World, worlds } from '../oracle/worlds.ts';
import type { Fault } from '../simulator/faults.ts';
import type { Switches } from '../simulator/switches.ts';

/** Three faults at once: one of the wire, one of what is said, one of the account. */
export type Triple = { readonly name: string; readonly world: World };

type Wire = { readonly fault: Fault; readonly everyCalls: number; readonly offset: number };
type Account = { readonly name: string; readonly switches: Partial<Switches>; readonly settings?: World['settings'] };

/** Every kind that the simulator knows and that ends, or is ended by an attempt's limit, in a test's time. */
export const wires: readonly Fault[] = [
  { kind: 'delay', ms: 40 },
  { kind: 'delay', ms: 400 },
  { kind: 'hang-before-headers' },
  { kind: 'hang-mid-headers' },
  { kind: 'hang-mid-body' },
  { kind: 'drip', bytes: 2_000, everyMs: 1 },
  { kind: 'drip', bytes: 1, everyMs: 20 },
  { kind: 'reset-before-headers' },
  { kind: 'reset-mid-body' },
  { kind: 'half-close' },
  { kind: 'fin-mid-body' },
  { kind: 'truncate' },
  { kind: 'truncate-close-delimited' },
  { kind: 'content-length', by: -10 },
  { kind: 'content-length', by: 10 },
  { kind: 'surplus' },
  { kind: 'close-after-answer' },
  { kind: 'gzip' },
  { kind: 'gzip-twice' },
  { kind: 'gzip-truncated' },
  { kind: 'gzip-bomb', megabytes: 20 },
  { kind: 'encoding', name: 'br' },
  { kind: 'encoding', name: 'snappy' },
  { kind: 'big-body', megabytes: 1 },
  { kind: 'big-body', megabytes: 12 },
  { kind: 'header-flood', kilobytes: 40 },
  { kind: 'informational-flood', count: 100 },
  { kind: 'garbage' },
  { kind: 'html', status: 200 },
  { kind: 'html', status: 502 },
  { kind: 'empty', status: 200 },
  { kind: 'empty', status: 204 },
  { kind: 'redirect', location: 'http://127.0.0.1:9/' },
  { kind: 'status', status: 401 },
  { kind: 'status', status: 403 },
  { kind: 'status', status: 404 },
  { kind: 'status', status: 412 },
  { kind: 'status', status: 429 },
  { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 503, headers: { 'retry-after': '0' } },
  { kind: 'status', status: 200, body: '{}' },
  {
    kind: 'status',
    status: 200,
    body: '{"results":[],"totalResults":0,"hasMore":false,"totalPages":0,"errors":[{"msg":"x"}]}',
  },
  { kind: 'errors-in-200' },
];

/** What is said: every world of the oracle but those whose fault is of the wire or of the account, and those that are about size alone. */
const elsewhere =
  /^(faults on the way|little quota|a fixed quota|scope not published|tokens for one call|another algorithm|late answers|rows of a megabyte|broken rows: (deep|huge))/;
const sayings = worlds.filter(({ name }) => !elsewhere.test(name));

const quota = (callsMax: number): World['settings'] => ({
  KORE_CALLS_PER_MINUTE: String(callsMax),
  QUOTA_WINDOW_MS: '600',
});
const rolling = { quotaLimit: 12, quotaWindowMs: 600 } as const;

const accounts: readonly Account[] = [
  { name: 'ample', switches: {} },
  { name: 'little', switches: rolling, settings: quota(12) },
  { name: 'little, and less than is set', switches: { ...rolling, quotaRetryAfter: '1' }, settings: quota(30) },
  { name: 'used by others', switches: { ...rolling, hiddenCalls: 7, quotaRetryAfter: 'honest' }, settings: quota(12) },
  {
    name: 'a sentence in a 200, refused calls count',
    switches: { ...rolling, quotaStatus: 200, quotaCountsRefused: true },
    settings: quota(14),
  },
  {
    name: 'a sentence in a 403, by a fixed window',
    switches: { ...rolling, quotaKind: 'fixed', quotaStatus: 403, errorEnvelope: 'top-level' },
    settings: quota(12),
  },
  {
    name: 'garbage for Retry-After, in HTML',
    switches: { ...rolling, quotaRetryAfter: '-5', quotaStatus: 503, errorEnvelope: 'html' },
    settings: quota(16),
  },
  { name: 'tokens that serve once', switches: { enforceJti: true }, settings: { KORE_JTI: 'true' } },
  { name: 'a clock ahead', switches: { clockSkewMs: 3_600_000 } },
  {
    name: 'a clock behind, tokens that serve once',
    switches: { clockSkewMs: -3_600_000, enforceJti: true },
    settings: { KORE_JTI: 'true' },
  },
  { name: 'another algorithm', switches: { algorithms: ['HS512'] }, settings: { KORE_JWT_ALGORITHM: 'HS512' } },
];

/** Short waits, so that what hangs is seen to end; the reserve is what an answer may take on a busy machine. */
export const trialSettings = {
  OPERATION_DEADLINE_MS: '700',
  OPERATION_ANSWER_RESERVE_MS: '300',
  KORE_ATTEMPT_TIMEOUT_MS: '120',
  KORE_RETRY_WAIT_MS_MIN: '1',
  KORE_RETRY_WAIT_MS_MAX: '5',
  KORE_RETRY_RESERVE: '40',
  UNPROVEN_REST_MS: '200',
};

/** So many calls of a trial can be befallen; no trial makes more. */
const callsMax = 1_500;

/** The triple of a seed. */
export function tripleOf(seed: number): Triple {
  const drawn = fc.record({
    wire: fc.record<Wire>({
      fault: fc.constantFrom(...wires),
      everyCalls: fc.constantFrom(1, 2, 3, 3, 4, 5, 7, 11),
      offset: fc.nat({ max: 8 }),
    }),
    saying: fc.constantFrom(...sayings),
    account: fc.constantFrom(...accounts),
  });
  const [{ wire, saying, account } = missing()] = fc.sample(drawn, { seed, numRuns: 1 });
  const name = `${JSON.stringify(wire.fault)} every ${wire.everyCalls} calls × ${saying.name} × ${account.name}`;
  return {
    name,
    world: {
      ...saying,
      name,
      law: 'honest',
      perDay: Math.min(saying.perDay, 130),
      switches: { ...saying.switches, ...account.switches },
      settings: { ...trialSettings, ...saying.settings, ...account.settings },
      faults: schedule(wire),
    },
  };
}

// A wire that always fails has nothing to compare, so it recovers: the first two dozen calls at most.
function schedule({ fault, everyCalls, offset }: Wire): readonly Fault[] {
  if (everyCalls === 1) return [{ ...fault, times: 24, after: offset }];
  const count = Math.floor((callsMax - offset) / everyCalls);
  return Array.from({ length: count }, (_, index) => ({ ...fault, after: offset + index * everyCalls }));
}

function missing(): never {
  throw new Error('nothing was drawn');
}
