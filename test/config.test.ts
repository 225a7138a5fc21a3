import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Config, readConfig } from '../src/config.ts';
import { authDefaults, authWholes } from './auth-settings.ts';

const required = {
  AUTH: 'none',
  KORE_BASE_URL: 'platform.kore.ai',
  KORE_ACCOUNT_ID: 'account',
  KORE_ORG_ID: 'o-1',
  KORE_STREAM_ID: 'st-1',
  KORE_CLIENT_ID: 'cs-1',
  KORE_CLIENT_SECRET: 'shh, it is a secret',
};

/** Whole numbers: the least, the most, and the default. */
const wholes: readonly (readonly [setting: keyof Config, min: number, max: number, fallback: number])[] = [
  ...authWholes,
  ['PORT', 0, 65_535, 4000],
  ['STORE_FILE_BYTES_MAX', 1_000_000, 1_000_000_000_000, 2_000_000_000],
  ['WARM_DAYS', 0, 366, 0],
  ['STORE_KEPT_MS', 60_000, 31_536_000_000, 864_000_000],
  ['STORE_WAIT_MS', 1, 10_000, 50],
  ['STORE_COMMAND_MS', 10, 60_000, 200],
  ['STORE_CONNECT_MS', 10, 60_000, 500],
  ['STORE_BYTES_MAX', 1_000_000, 64_000_000_000, 256_000_000],
  ['KORE_JWT_LIFETIME_SECONDS', 60, 3600, 600],
  ['REPLICAS_EXPECTED', 0, 1_000, 0],
  ['REPLICA_LAPSE_MS', 500, 60_000, 5_000],
  ['REPLICA_FORGOTTEN_MS', 60_000, 86_400_000, 3_600_000],
  ['KORE_CALLS_PER_MINUTE', 1, 1_000_000, 60],
  ['KORE_CALLS_RESERVED', 0, 1_000_000, 0],
  ['QUOTA_WINDOW_MS', 100, 3_600_000, 60_000],
  ['KORE_CALLS_IN_FLIGHT_MAX', 1, 64, 8],
  ['KORE_CALLS_QUEUED_MAX', 0, 100_000, 500],
  ['KORE_CALLS_QUEUED_PER_CALLER_MAX', 1, 100_000, 100],
  ['KORE_CALLS_KEPT_FOR_LISTS', 0, 1_000_000, 15],
  ['KORE_ATTEMPTS_MAX', 1, 10, 3],
  ['KORE_RETRY_WAIT_MS_MIN', 1, 60_000, 200],
  ['KORE_RETRY_WAIT_MS_MAX', 1, 60_000, 5_000],
  ['KORE_RETRY_RESERVE', 0, 1_000, 10],
  ['KORE_ATTEMPT_TIMEOUT_MS', 100, 120_000, 8_000],
  ['KORE_CONNECT_TIMEOUT_MS', 100, 60_000, 2_000],
  ['KORE_HEADERS_TIMEOUT_MS', 100, 60_000, 5_000],
  ['KORE_BODY_IDLE_TIMEOUT_MS', 100, 60_000, 3_000],
  ['KORE_BODY_BYTES_MAX', 1_000, 256_000_000, 8_388_608],
  ['KORE_DRIFT_ENTRIES_MAX', 1, 10_000, 500],
  ['OPERATION_DEADLINE_MS', 100, 600_000, 15_000],
  ['OPERATION_ANSWER_RESERVE_MS', 0, 10_000, 250],
  ['UPSTREAM_CALLS_PER_OPERATION', 1, 100_000, 100],
  ['PAGE_SIZE_MAX', 1, 10_000, 500],
  ['PAGE_SIZE_DEFAULT', 1, 10_000, 25],
  ['WINDOW_DAYS_MAX', 1, 3_660, 92],
  ['WINDOW_DAYS_DEFAULT', 1, 3_660, 7],
  ['ANCHOR_SEARCH_PAGES_MAX', 1, 50, 8],
  ['RANGE_STEPS_MAX', 2, 1_000, 40],
  ['RANGE_RESTARTS_MAX', 1, 100, 4],
  ['ROWS_PER_OPERATION', 1, 10_000_000, 10_000],
  ['VALUES_PER_OPERATION', 1, 1_000_000_000, 500_000],
  ['LIST_ITEMS_MAX', 1, 10_000, 250],
  ['FILTER_DEPTH_MAX', 1, 50, 6],
  ['NODE_IDS_MAX', 1, 10_000, 250],
  ['REPRESENTATIONS_MAX', 1, 10_000, 100],
  ['BREAKDOWN_GROUPS_MAX', 1, 1_000_000, 5_000],
  ['BACKGROUND_CALLS_MAX', 0, 10_000_000, 10_000],
  ['OFFSETS_DISTRUST_MS', 0, 864_000_000, 86_400_000],
  ['UNPROVEN_REST_MS', 0, 86_400_000, 300_000],
  ['LOCATIONS_MAX', 1, 10_000_000, 100_000],
  ['NAMES_MAX', 1, 10_000_000, 100_000],
  ['SIGHTS_MAX', 1, 1_000_000, 1_000],
  ['FRESH_TODAY_MS', 0, 86_400_000, 60_000],
  ['FRESH_WEEK_MS', 0, 86_400_000, 900_000],
  ['FRESH_OLDER_MS', 0, 864_000_000, 86_400_000],
  ['QUERY_BODY_BYTES_MAX', 1_000, 10_000_000, 65_536],
  ['QUERY_TOKENS_MAX', 10, 100_000, 2_000],
  ['HTTP_HEADERS_TIMEOUT_MS', 100, 60_000, 5_000],
  ['HTTP_REQUEST_TIMEOUT_MS', 100, 60_000, 10_000],
  ['HTTP_HEADER_BYTES_MAX', 1_024, 65_536, 8_192],
  ['HTTP_KEEP_ALIVE_MS', 0, 600_000, 72_000],
  ['HTTP_CONNECTIONS_MAX', 1, 100_000, 1_000],
  ['OPERATIONS_IN_FLIGHT_MAX', 1, 100_000, 500],
  ['OPERATION_BEGIN_WITHIN_MS', 1, 60_000, 250],
  ['LOOP_LATE_MS_MAX', 10, 60_000, 200],
  ['UNREADY_AFTER_REFUSALS', 0, 1_000_000, 0],
  ['STOP_WAIT_MS', 0, 300_000, 5_000],
  ['STOP_WITHIN_MS', 100, 600_000, 20_000],
];

/** Everything else that has a default, as it is when left out. */
const defaults: Partial<Config> = {
  ...authDefaults,
  HOST: '127.0.0.1',
  CORS_ORIGINS: [],
  GRAPHIQL: false,
  LOG_LEVEL: 'info',
  TIME_ZONE: 'UTC',
  STORE_URL: 'memory:',
  CURSOR_SECRET: [],
  ROUTER_SECRET: [],
  ROUTER_CA_FILE: '',
  HTTPS_KEY_FILE: '',
  HTTPS_CERT_FILE: '',
  KORE_ALLOW_INSECURE: false,
  KORE_JWT_ALGORITHM: 'HS256',
  KORE_JTI: false,
  KORE_WINDOW_END: 'inclusive-second',
  KORE_BELOW_THRESHOLD_FORM: 'boolean',
};

function configOf(settings: Record<string, string>): Config {
  const result = readConfig({ ...required, ...settings });
  if (result.kind === 'problems') throw new Error(JSON.stringify(result.problems));
  return result.config;
}

/** The settings that are wrong. No problem says what a setting was set to. */
function refusedOf(settings: Record<string, string>): readonly string[] {
  const result = readConfig({ ...required, ...settings });
  if (result.kind === 'config') return [];
  const told = result.problems.map(({ problem }) => problem).join();
  for (const value of Object.values(settings)) if (value !== 'true') expect(told).not.toContain(value);
  return result.problems.map(({ setting }) => setting);
}

test('a setting that is left out or empty has its default, and there is no other setting', () => {
  const expected = { ...Object.fromEntries(wholes.map(([setting, , , fallback]) => [setting, fallback])), ...defaults };
  const empty = Object.fromEntries(Object.keys(expected).map((setting) => [setting, '']));
  for (const config of [configOf({}), configOf(empty), configOf({ PATH: '/bin', KORE_UNKNOWN: 'x' })]) {
    expect(config).toEqual({ ...expected, ...required, KORE_BASE_URL: 'https://platform.kore.ai' });
    expect(Object.isFrozen(config)).toBe(true);
  }
});

describe('a whole number', () => {
  test.for(wholes)('%s is from %i to %i, both included', ([setting, min, max]) => {
    const isRefused = (value: number) => {
      const result = readConfig({ ...required, [setting]: String(value) });
      const problems = result.kind === 'problems' ? result.problems : [];
      return problems.some((each) => each.setting === setting && /^must be (from|a whole)/.test(each.problem));
    };
    expect([min - 1, min, max, max + 1].map(isRefused)).toEqual([true, false, false, true]);
  });

  test.for(['1.5', '-1', '+1', '1e3', '0x10', ' 7', '7 ', 'seven', '٧', '1_000', 'Infinity', '9'.repeat(400)])(
    'is written in digits and nothing else: %s',
    (value) => {
      expect(refusedOf({ STOP_WITHIN_MS: value })).toEqual(['STOP_WITHIN_MS']);
    },
  );
});

describe('what must be given', () => {
  test.for(Object.keys(required))('%s is missed by its name, beside others', (setting) => {
    expect(readConfig({})).toMatchObject({ problems: expect.arrayContaining([{ setting, problem: 'is missing' }]) });
    for (const value of [undefined, '']) {
      const result = readConfig({ ...required, [setting]: value });
      expect(result).toEqual({ kind: 'problems', problems: [{ setting, problem: 'is missing' }] });
    }
  });
});

test.for<[setting: keyof Config, value: string, read: unknown]>([
  ['GRAPHIQL', 'true', true],
  ['CORS_ORIGINS', ' https://a.example , ,https://b.example', ['https://a.example', 'https://b.example']],
  ['CURSOR_SECRET', 'sixteen-letters!,sixteen-numbers!', ['sixteen-letters!', 'sixteen-numbers!']],
  ['ROUTER_SECRET', 'sixteen-letters!,sixteen-numbers!', ['sixteen-letters!', 'sixteen-numbers!']],
  ['STORE_URL', 'file:store.db', 'file:store.db'],
  ['STORE_URL', 'redis://somewhere', 'redis://somewhere'],
  ['STORE_URL', 'rediss://me:p%40ss@somewhere:6380/3', 'rediss://me:p%40ss@somewhere:6380/3'],
  ['STORE_URL', 'redis-cluster://one:1,[::1]:2', 'redis-cluster://one:1,[::1]:2'],
  ['STORE_URL', 'rediss-cluster://one', 'rediss-cluster://one'],
  ['KORE_WINDOW_END', 'exclusive', 'exclusive'],
  ['KORE_BASE_URL', 'eu-platform.kore.ai', 'https://eu-platform.kore.ai'],
  ['KORE_BASE_URL', 'https://platform.kore.ai', 'https://platform.kore.ai'],
])('%s is read as it is meant: %s', ([setting, value, read]) => {
  expect(configOf({ [setting]: value })[setting]).toEqual(read);
});

test.for<[setting: string, value: string]>([
  ['AUTH', 'some'],
  ['GRAPHIQL', 'yes'],
  ['TIME_ZONE', 'Mars/Olympus'],
  ['STORE_URL', 'redis:somewhere'],
  ['STORE_URL', 'redis://one:1,two:2'],
  ['STORE_URL', 'rediss://me:secret%@somewhere'],
  ['STORE_URL', 'redis-cluster://one:1/2'],
  ['STORE_URL', 'redis://somewhere:99999'],
  ['CURSOR_SECRET', 'sixteen-letters!,short-one'],
  ['ROUTER_SECRET', 'short-one'],
  ['ROUTER_SECRET', 'sécret-mit-ümläuten'],
  ['ROUTER_SECRET', 'a secret with blanks'],
  ['KORE_ACCOUNT_ID', 'with a blank'],
  ['KORE_STREAM_ID', 'st-1/../../elsewhere'],
  ['KORE_JWT_ALGORITHM', 'none'],
  ['KORE_WINDOW_END', 'included'],
  ['KORE_BASE_URL', 'http://platform.kore.ai'],
  ['KORE_BASE_URL', 'https://platform.kore.ai/api'],
  ['KORE_BASE_URL', 'https://me:secret@platform.kore.ai'],
  ['KORE_BASE_URL', 'https://platform.kore.ai?bot=1'],
])('%s is refused by its name, and never told by its value: %s', ([setting, value]) => {
  expect(refusedOf({ [setting]: value })).toEqual([setting]);
});

test.for<[title: string, settings: Record<string, string>, refused: string]>([
  ['a reserve leaves a call', { KORE_CALLS_PER_MINUTE: '9', KORE_CALLS_RESERVED: '9' }, 'KORE_CALLS_RESERVED'],
  ['a default page is a page', { PAGE_SIZE_MAX: '10', PAGE_SIZE_DEFAULT: '11' }, 'PAGE_SIZE_DEFAULT'],
  ['a default window is a window', { WINDOW_DAYS_MAX: '6', WINDOW_DAYS_DEFAULT: '7' }, 'WINDOW_DAYS_DEFAULT'],
  ['waiting leaves time to end', { STOP_WAIT_MS: '10001' }, 'STOP_WITHIN_MS'],
  ['a key has its certificate', { HTTPS_KEY_FILE: 'key.pem' }, 'HTTPS_CERT_FILE'],
  ['a certificate has its key', { HTTPS_CERT_FILE: 'certificate.pem' }, 'HTTPS_KEY_FILE'],
  ['certificates are shown by TLS alone', { ROUTER_CA_FILE: 'ca.pem' }, 'ROUTER_CA_FILE'],
  ['the longest wait is not below the least', { KORE_RETRY_WAIT_MS_MAX: '199' }, 'KORE_RETRY_WAIT_MS_MAX'],
])('settings fit together: %s', ([, settings, refused]) => {
  expect(refusedOf(settings)).toEqual([refused]);
});

test.for<[url: string, allowed: boolean]>([
  ['http://127.0.0.1:4010', true],
  ['http://localhost:4010', true],
  ['http://[::1]:4010', true],
  ['http://127.0.0.1.example', false],
])('plain http is for this very machine, where it is allowed: %s', ([url, allowed]) => {
  expect(refusedOf({ KORE_BASE_URL: url })).toEqual(['KORE_BASE_URL']);
  expect(refusedOf({ KORE_BASE_URL: url, KORE_ALLOW_INSECURE: 'true' })).toEqual(allowed ? [] : ['KORE_BASE_URL']);
});

describe('.env.example', () => {
  const text = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const lines = [...text.matchAll(/^(# )?([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, mark, name = '', value = '']) => ({
    isOptional: mark !== undefined,
    name,
    value,
  }));

  test('names every setting once, and no other', () => {
    expect(lines.map(({ name }) => name).toSorted()).toEqual(Object.keys(configOf({})).sort());
  });
  test('leaves open what must be given, and tells the default of everything else', () => {
    expect(
      lines
        .filter(({ isOptional }) => !isOptional)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(required).sort());
    const told = Object.fromEntries(
      lines.filter(({ isOptional }) => isOptional).map(({ name, value }) => [name, value]),
    );
    expect(configOf(told)).toEqual(configOf({}));
  });
});
