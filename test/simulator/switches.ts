import type { Corruption } from './corrupt.ts';
import type { Era, Spelling } from './spelling.ts';

/** Everything about the upstream that nobody knows, or that can go wrong, as one flat record (contract section 7). */
export type Switches = {
  /** Key spelling: as in the samples, as in the tables, or changing from row to row. */
  readonly spelling: Spelling;
  /** Which published version's set of keys. */
  readonly era: Era;
  /** Also emit evaluation_status, channel, AuditScore, is_direction_defaulted, evaluatedAt (never sampled). */
  readonly tableOnlyFields: boolean;
  /** The oddities of contract 2.6; false gives clean rows, which all state a direction. */
  readonly quirks: boolean;
  /** A few rows share the conversationId of another row and have other agents; only together with `quirks`. */
  readonly segments: boolean;
  /** Every n-th row of a list (by its place in the list, counted from 1) is broken. */
  readonly corrupt: Corruption | null;
  /** Answers are an envelope of ciphertext without `results` (contract 4.4). */
  readonly encrypted: boolean;
  readonly contentType: string;
  /** Compress when the client accepts it. */
  readonly gzip: boolean;

  readonly dates: 'both' | 'blank' | 'iso';
  readonly maxRangeDays: number | null;
  /** `inclusive-second`: start < endDate + 1 s; `inclusive-ms`: start <= endDate; `exclusive`: start < endDate. */
  readonly windowEnd: 'inclusive-second' | 'inclusive-ms' | 'exclusive';
  readonly dateField: 'start' | 'evaluated';
  /** The dates of a request are read as of this offset from UTC. */
  readonly zoneOffsetMinutes: number;
  readonly order: 'ascending' | 'descending' | 'ties-shuffled' | 'shuffled';
  /** Size of the quanta in which ties are shuffled. */
  readonly tieSeconds: number;
  readonly limitOver: 'clamp' | 'error';
  /** Pages have this many rows whatever the limit asked for. */
  readonly limitIgnored: number | null;
  readonly offsetCap: { readonly at: number; readonly behaviour: 'error' | 'clamp' | 'empty' } | null;
  /** Which types `include_below_threshold` may have. */
  readonly thresholdForm: 'boolean' | 'string' | 'either';
  readonly thresholdRequired: boolean;
  readonly ignoreDirection: boolean;
  readonly ignoreThreshold: boolean;
  readonly ignoreDates: boolean;
  /** Rows that have not started yet by the simulator's clock are not listed. */
  readonly liveTail: boolean;

  /** `drift`: `driftBy` more and fewer, call by call. `stale`: as if nothing had been inserted or removed. */
  readonly totals: 'honest' | 'drift' | 'stale';
  readonly driftBy: number;
  readonly totalPagesWhenEmpty: 0 | 1;
  readonly hasMore: 'honest' | 'endless' | 'never';
  /** Every page is empty, and `hasMore` true. */
  readonly emptyPages: boolean;
  /** Each page but the first repeats this many rows of the page before it, on top of its own. */
  readonly duplicates: number;
  /** Each page holds this many rows more than asked for, where there are any. */
  readonly surplusRows: number;

  /** Calls per window and account; 0 is no limit. */
  readonly quotaLimit: number;
  readonly quotaWindowMs: number;
  readonly quotaKind: 'rolling' | 'fixed';
  readonly quotaStatus: number;
  readonly quotaMessage: string;
  /** The Retry-After header, whatever its text; `honest` is the seconds that are left; null is none. */
  readonly quotaRetryAfter: string | null;
  /** Refused calls count as well. */
  readonly quotaCountsRefused: boolean;
  /** Calls of each window that another user of the account makes. */
  readonly hiddenCalls: number;

  readonly algorithms: readonly string[];
  /** SPKI in PEM for RS and PS algorithms; null: the client secret verifies. */
  readonly verificationKey: string | null;
  readonly enforceJti: boolean;
  readonly scopePublished: boolean;
  /** PKCS8 in PEM; when set, tokens must be JWE around the signed one (contract 4.3). */
  readonly jweKey: string | null;
  /** How far the simulator's clock is ahead when it judges `exp` and writes `Date`. */
  readonly clockSkewMs: number;

  readonly errorEnvelope: 'msg' | 'message' | 'top-level' | 'plain' | 'html';
  /** All refusals come with this status. */
  readonly errorStatus: number | null;
  /** Each answer waits so long, and up to `latencyJitterMs` more. */
  readonly latencyMs: number;
  readonly latencyJitterMs: number;
};

/** The best-evidenced answers (contract section 7, column "Default"). */
export const defaultSwitches: Switches = {
  spelling: 'sampled',
  era: 'V7',
  tableOnlyFields: false,
  quirks: true,
  segments: true,
  corrupt: null,
  encrypted: false,
  contentType: 'application/json; charset=utf-8',
  gzip: false,
  dates: 'both',
  maxRangeDays: null,
  windowEnd: 'inclusive-second',
  dateField: 'start',
  zoneOffsetMinutes: 0,
  order: 'ascending',
  tieSeconds: 60,
  limitOver: 'clamp',
  limitIgnored: null,
  offsetCap: null,
  thresholdForm: 'boolean',
  thresholdRequired: false,
  ignoreDirection: false,
  ignoreThreshold: false,
  ignoreDates: false,
  liveTail: false,
  totals: 'honest',
  driftBy: 1,
  totalPagesWhenEmpty: 0,
  hasMore: 'honest',
  emptyPages: false,
  duplicates: 0,
  surplusRows: 0,
  quotaLimit: 60,
  quotaWindowMs: 60_000,
  quotaKind: 'rolling',
  quotaStatus: 429,
  quotaMessage: "You've exceeded the per-minute rate limit. Wait for sometime before retrying.",
  quotaRetryAfter: null,
  quotaCountsRefused: false,
  hiddenCalls: 0,
  algorithms: ['HS256'],
  verificationKey: null,
  enforceJti: false,
  scopePublished: true,
  jweKey: null,
  clockSkewMs: 0,
  errorEnvelope: 'msg',
  errorStatus: null,
  latencyMs: 0,
  latencyJitterMs: 0,
};

/** The switches with some changed. A name that is no switch is refused: a test that misspells one must not pass. */
export function changeSwitches(switches: Switches, changes: Partial<Switches>): Switches {
  for (const name of Object.keys(changes)) {
    if (!Object.hasOwn(defaultSwitches, name)) throw new TypeError(`no switch is called ${name}`);
  }
  return { ...switches, ...changes };
}
