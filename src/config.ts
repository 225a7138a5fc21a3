import { z } from 'zod';
import { authSettings, checkAuth } from './config/auth.ts';
import { choice, flag, isLoopback, list, number, required, whole } from './config/kinds.ts';
import { parseRedisAddress } from './redis/address.ts';

/**
 * The environment as a frozen value: every setting with its bounds and its default. The only place that knows the names of variables.
 * `.env.example` says what each means, with its unit.
 */
export type Config = Readonly<z.output<typeof settings>>;

/** What is wrong with the environment: the settings by name, never by value. */
export type ConfigProblem = { readonly setting: string; readonly problem: string };

export type ConfigResult =
  | { readonly kind: 'config'; readonly config: Config }
  | { readonly kind: 'problems'; readonly problems: readonly ConfigProblem[] };

const headerText = required.regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without blanks');
const secrets = list.refine(
  (each) => each.every((secret) => 16 <= secret.length),
  'secrets have at least 16 characters',
);

/** Compared with what a browser says letter by letter: anything more than an origin would let in nobody, and `*` everybody. */
const origins = list.refine(
  (each) => each.every((origin) => isOrigin(origin) && !origin.includes('*')),
  'must be origins, such as https://app.example: no path, no slash, no *',
);

function isOrigin(text: string): boolean {
  // Apps and extensions have schemes of their own, of which the standard says no origin, and browsers do.
  if (/^[a-z][a-z0-9+.-]*:\/\/[a-z0-9.-]+(:\d+)?$/.test(text) && !/^(https?|wss?|ftp|file):/.test(text)) return true;
  return URL.canParse(text) && new URL(text).origin === text;
}

const settings = z
  .object({
    PORT: whole(0, 65_535, 4000),
    HOST: z.string().default('127.0.0.1'),
    ...authSettings,
    CORS_ORIGINS: origins,
    TRUSTED_DOCUMENTS_FILE: z.string().default(''),
    TRUSTED_DOCUMENTS_ONLY: flag,
    METRICS_PORT: number(0, 65_535).nullable().default(null),
    METRICS_HOST: z.string().default('127.0.0.1'),
    GRAPHIQL: flag,
    LOG_LEVEL: choice('fatal', 'error', 'warn', 'info', 'debug', 'silent').default('info'),
    TIME_ZONE: z.string().default('UTC').refine(isTimeZone, 'must be an IANA time zone, such as Europe/Berlin'),
    STORE_URL: z
      .string()
      .default('memory:')
      .refine(
        (value) => value === 'memory:' || /^file:.+/.test(value) || parseRedisAddress(value) !== null,
        'must be memory:, file:PATH, redis://HOST:PORT, rediss://, redis-cluster://HOST:PORT,HOST:PORT or rediss-cluster://',
      ),
    STORE_BYTES_MAX: whole(1_000_000, 64_000_000_000, 256_000_000),
    STORE_OPENED_BYTES_MAX: whole(1, 64_000_000_000, 80_000_000),
    STORE_FILE_BYTES_MAX: whole(1_000_000, 1_000_000_000_000, 2_000_000_000),
    WARM_DAYS: whole(0, 366, 0),
    STORE_KEPT_MS: whole(60_000, 31_536_000_000, 864_000_000),
    STORE_WAIT_MS: whole(1, 10_000, 50),
    STORE_COMMAND_MS: whole(10, 60_000, 200),
    STORE_CONNECT_MS: whole(10, 60_000, 500),
    CURSOR_SECRET: secrets,
    ROUTER_SECRET: secrets.refine(
      (each) => each.every((secret) => /^[\x21-\x7e]*$/.test(secret)),
      'a header carries letters, digits and signs of ASCII alone',
    ),
    ROUTER_CA_FILE: z.string().default(''),
    HTTPS_KEY_FILE: z.string().default(''),
    HTTPS_CERT_FILE: z.string().default(''),

    KORE_BASE_URL: required.transform((value) => (/^https?:\/\//.test(value) ? value : `https://${value}`)),
    KORE_ALLOW_INSECURE: flag,
    KORE_ACCOUNT_ID: headerText,
    KORE_ORG_ID: headerText,
    KORE_STREAM_ID: required.regex(/^[A-Za-z0-9_-]{1,128}$/, 'must be letters, digits, - and _'),
    KORE_CLIENT_ID: required,
    KORE_CLIENT_SECRET: required,
    KORE_JWT_ALGORITHM: choice('HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512').default('HS256'),
    KORE_JTI: flag,
    KORE_JWT_LIFETIME_SECONDS: whole(60, 3600, 600),
    KORE_WINDOW_END: choice('inclusive-second', 'inclusive-ms', 'exclusive').default('inclusive-second'),
    KORE_BELOW_THRESHOLD_FORM: choice('boolean', 'string').default('boolean'),
    KORE_CALLS_PER_MINUTE: whole(1, 1_000_000, 60),
    KORE_CALLS_RESERVED: whole(0, 1_000_000, 0),
    QUOTA_WINDOW_MS: whole(100, 3_600_000, 60_000),
    REPLICAS_EXPECTED: whole(0, 1_000, 0),
    REPLICA_LAPSE_MS: whole(500, 60_000, 5_000),
    REPLICA_FORGOTTEN_MS: whole(60_000, 86_400_000, 3_600_000),
    KORE_CALLS_IN_FLIGHT_MAX: whole(1, 64, 8),
    KORE_CALLS_QUEUED_MAX: whole(0, 100_000, 500),
    KORE_CALLS_QUEUED_PER_CALLER_MAX: whole(1, 100_000, 100),
    KORE_CALLS_KEPT_FOR_LISTS: whole(0, 1_000_000, 15),
    KORE_ATTEMPTS_MAX: whole(1, 10, 3),
    KORE_RETRY_WAIT_MS_MIN: whole(1, 60_000, 200),
    KORE_RETRY_WAIT_MS_MAX: whole(1, 60_000, 5_000),
    KORE_RETRY_RESERVE: whole(0, 1_000, 10),
    KORE_ATTEMPT_TIMEOUT_MS: whole(100, 120_000, 8_000),
    KORE_CONNECT_TIMEOUT_MS: whole(100, 60_000, 2_000),
    KORE_HEADERS_TIMEOUT_MS: whole(100, 60_000, 5_000),
    KORE_BODY_IDLE_TIMEOUT_MS: whole(100, 60_000, 3_000),
    KORE_BODY_BYTES_MAX: whole(1_000, 256_000_000, 8_388_608),
    KORE_DRIFT_ENTRIES_MAX: whole(1, 10_000, 500),

    OPERATION_DEADLINE_MS: whole(100, 600_000, 15_000),
    OPERATION_ANSWER_RESERVE_MS: whole(0, 10_000, 250),
    UPSTREAM_CALLS_PER_OPERATION: whole(1, 100_000, 100),
    ROWS_PER_OPERATION: whole(1, 10_000_000, 10_000),
    VALUES_PER_OPERATION: whole(1, 1_000_000_000, 100_000),
    SLICES_PER_OPERATION: whole(1, 1_000_000_000, 40_000),
    PAGE_SIZE_MAX: whole(1, 10_000, 500),
    PAGE_SIZE_DEFAULT: whole(1, 10_000, 25),
    WINDOW_DAYS_MAX: whole(1, 3_660, 92),
    WINDOW_DAYS_DEFAULT: whole(1, 3_660, 7),
    ANCHOR_SEARCH_PAGES_MAX: whole(1, 50, 8),
    RANGE_STEPS_MAX: whole(2, 1_000, 40),
    RANGE_RESTARTS_MAX: whole(1, 100, 4),
    LIST_ITEMS_MAX: whole(1, 10_000, 250),
    FILTER_DEPTH_MAX: whole(1, 50, 6),
    FILTERS_MAX: whole(1, 100_000, 250),
    FILTERS_PER_OPERATION: whole(1, 1_000_000, 1_000),
    FILTER_TEXT_LENGTH_MAX: whole(64, 100_000, 1_000),
    NODE_IDS_MAX: whole(1, 10_000, 250),
    REPRESENTATIONS_MAX: whole(1, 10_000, 100),
    BREAKDOWN_GROUPS_MAX: whole(1, 1_000_000, 5_000),
    ANSWER_PARTS_BYTES_MAX: whole(1, 10_000_000_000, 16_777_216),
    COMPILED_BYTES_MAX: whole(1, 10_000_000_000, 33_554_432),
    BACKGROUND_CALLS_MAX: whole(0, 10_000_000, 10_000),
    OFFSETS_DISTRUST_MS: whole(0, 864_000_000, 86_400_000),
    UNPROVEN_REST_MS: whole(0, 86_400_000, 300_000),
    LOCATIONS_MAX: whole(1, 10_000_000, 100_000),
    NAMES_MAX: whole(1, 10_000_000, 100_000),
    SIGHTS_MAX: whole(1, 1_000_000, 1_000),
    FRESH_TODAY_MS: whole(0, 86_400_000, 60_000),
    FRESH_WEEK_MS: whole(0, 86_400_000, 900_000),
    FRESH_OLDER_MS: whole(0, 864_000_000, 86_400_000),

    QUERY_BODY_BYTES_MAX: whole(1_000, 10_000_000, 65_536),
    QUERY_TOKENS_MAX: whole(10, 100_000, 2_000),
    BODY_DEPTH_MAX: whole(4, 200, 32),
    QUERY_DEPTH_MAX: whole(4, 200, 40),
    QUERY_ALIASES_MAX: whole(0, 10_000, 60),
    QUERY_ROOT_FIELDS_MAX: whole(1, 10_000, 30),
    QUERY_DIRECTIVES_MAX: whole(0, 10_000, 30),
    QUERY_FRAGMENTS_MAX: whole(0, 10_000, 40),
    QUERY_OPERATIONS_MAX: whole(1, 10_000, 20),
    QUERY_VARIABLES_MAX: whole(0, 10_000, 50),
    QUERY_NAME_LENGTH_MAX: whole(32, 10_000, 128),
    HTTP_HEADERS_TIMEOUT_MS: whole(100, 60_000, 5_000),
    HTTP_REQUEST_TIMEOUT_MS: whole(100, 60_000, 10_000),
    HTTP_HEADER_BYTES_MAX: whole(1_024, 65_536, 8_192),
    HTTP_KEEP_ALIVE_MS: whole(0, 600_000, 72_000),
    HTTP_ANSWER_TAKEN_WITHIN_MS: whole(100, 600_000, 15_000),
    HTTP_ANSWER_BYTES_PER_SECOND_MIN: whole(1_000, 100_000_000, 32_000),
    HTTP_CONNECTIONS_MAX: whole(1, 100_000, 1_000),
    GET_ANSWERS_KEPT_SECONDS_MAX: whole(0, 86_400, 0),
    OPERATIONS_IN_FLIGHT_MAX: whole(1, 100_000, 500),
    OPERATION_BEGIN_WITHIN_MS: whole(1, 60_000, 250),
    LOOP_LATE_MS_MAX: whole(10, 60_000, 200),
    UNREADY_AFTER_REFUSALS: whole(0, 1_000_000, 0),
    STOP_WAIT_MS: whole(0, 300_000, 5_000),
    STOP_WITHIN_MS: whole(100, 600_000, 20_000),
  })
  .superRefine((config, context) => {
    const refuse = (setting: string, message: string) => context.addIssue({ code: 'custom', path: [setting], message });
    const problem = originProblem(config.KORE_BASE_URL, config.KORE_ALLOW_INSECURE);
    if (problem !== null) refuse('KORE_BASE_URL', problem);
    if (config.KORE_CALLS_PER_MINUTE <= config.KORE_CALLS_RESERVED) refuse('KORE_CALLS_RESERVED', 'must leave a call');
    if (config.STOP_WITHIN_MS <= config.OPERATION_DEADLINE_MS)
      refuse('STOP_WITHIN_MS', 'must exceed OPERATION_DEADLINE_MS: what takes that long could never end');
    if (config.STOP_WITHIN_MS < 2 * config.STOP_WAIT_MS)
      refuse(
        'STOP_WITHIN_MS',
        'must be at least twice STOP_WAIT_MS: what begins while the stop is being noticed needs time to end',
      );
    if (config.UNREADY_AFTER_REFUSALS === 1)
      refuse('UNREADY_AFTER_REFUSALS', 'must be 0, or 2 and more: of one refusal no caller could have half');
    if ((config.HTTPS_KEY_FILE === '') !== (config.HTTPS_CERT_FILE === ''))
      refuse(config.HTTPS_KEY_FILE === '' ? 'HTTPS_KEY_FILE' : 'HTTPS_CERT_FILE', 'is missing: both or none');
    if (config.ROUTER_CA_FILE !== '' && config.HTTPS_KEY_FILE === '')
      refuse('ROUTER_CA_FILE', 'needs HTTPS_KEY_FILE and HTTPS_CERT_FILE: certificates are shown by TLS alone');
    if (config.TRUSTED_DOCUMENTS_ONLY && config.TRUSTED_DOCUMENTS_FILE === '')
      refuse('TRUSTED_DOCUMENTS_ONLY', 'needs TRUSTED_DOCUMENTS_FILE: nothing would run');
    checkAuth(config, refuse);
    if (config.PAGE_SIZE_MAX < config.PAGE_SIZE_DEFAULT) refuse('PAGE_SIZE_DEFAULT', 'must not exceed PAGE_SIZE_MAX');
    if (config.WINDOW_DAYS_MAX < config.WINDOW_DAYS_DEFAULT)
      refuse('WINDOW_DAYS_DEFAULT', 'must not exceed WINDOW_DAYS_MAX');
    if (config.KORE_RETRY_WAIT_MS_MAX < config.KORE_RETRY_WAIT_MS_MIN)
      refuse('KORE_RETRY_WAIT_MS_MAX', 'must not be below the least wait');
  });

/** Reads the settings. An empty variable counts as absent. */
export function readConfig(environment: { readonly [name: string]: string | undefined }): ConfigResult {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settings.safeParse(given);
  if (parsed.success) return { kind: 'config', config: Object.freeze(parsed.data) };
  const problems = parsed.error.issues.map(({ code, path: [setting], message }) => {
    // A rule between two settings may name one that was left out; only a setting without a default can be missing.
    const isMissing = code !== 'custom' && given[String(setting)] === undefined;
    return { setting: String(setting), problem: isMissing ? 'is missing' : message };
  });
  const first = problems.filter(({ setting }, at) => problems.findIndex((each) => each.setting === setting) === at);
  return { kind: 'problems', problems: first };
}

/** An origin and nothing else: https, or http to this very machine when that is said to be allowed. */
function originProblem(value: string, isInsecureAllowed: boolean): string | null {
  if (!URL.canParse(value)) return 'must be a host or an origin, such as https://platform.kore.ai';
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(value);
  if (pathname !== '/' || search !== '' || hash !== '' || username !== '' || password !== '')
    return 'must be an origin without a path';
  if (!isWrittenAsRead(value)) return 'must be written as it is read: no other spelling of a host or a port';
  if (protocol === 'https:') return null;
  return isInsecureAllowed && isLoopback(hostname)
    ? null
    : 'must be https; http is for loopback, with KORE_ALLOW_INSECURE=true';
}

/** Whether the host is there to be seen: `0x7f.1`, full-width letters and `%2e` are read as something else than they look like. */
function isWrittenAsRead(value: string): boolean {
  const written = value
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '');
  const { host } = new URL(value);
  return written === host || written === `${host}:443`;
}

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
