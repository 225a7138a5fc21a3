import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Config, readConfig } from '../src/config.ts';
import { authDefaults } from './auth-settings.ts';
import { wholes } from './wholes.ts';

const required = {
  AUTH: 'none',
  KORE_BASE_URL: 'platform.kore.ai',
  KORE_ACCOUNT_ID: 'account',
  KORE_ORG_ID: 'o-1',
  KORE_STREAM_ID: 'st-1',
  KORE_CLIENT_ID: 'cs-1',
  KORE_CLIENT_SECRET: 'shh, it is a secret',
};

/** Everything else that has a default, as it is when left out. */
const defaults: Partial<Config> = {
  ...authDefaults,
  HOST: '127.0.0.1',
  CORS_ORIGINS: [],
  TRUSTED_DOCUMENTS_FILE: '',
  TRUSTED_DOCUMENTS_ONLY: false,
  METRICS_PORT: null,
  METRICS_HOST: '127.0.0.1',
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
  [
    'CORS_ORIGINS',
    'capacitor://localhost,chrome-extension://abcd',
    ['capacitor://localhost', 'chrome-extension://abcd'],
  ],
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
  ['CORS_ORIGINS', 'https://app.example, *'],
  ['CORS_ORIGINS', 'https://app.example/'],
  ['CORS_ORIGINS', 'https://app.example/page'],
  ['CORS_ORIGINS', 'https://App.example'],
  ['CORS_ORIGINS', 'https://app.example:443'],
  ['CORS_ORIGINS', 'https://*.example'],
  ['CORS_ORIGINS', 'page.example'],
  ['CORS_ORIGINS', 'capacitor://localhost/'],
  ['CORS_ORIGINS', 'file://localhost'],
  ['CORS_ORIGINS', 'null'],
  ['CORS_ORIGINS', '/.*/'],
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
  ['KORE_JWT_ALGORITHM', 'none'],
  ['KORE_WINDOW_END', 'included'],
  ['KORE_BASE_URL', 'http://platform.kore.ai'],
  ['KORE_BASE_URL', 'https://platform.kore.ai/api'],
  ['KORE_BASE_URL', 'https://me:secret@platform.kore.ai'],
  ['KORE_BASE_URL', 'https://platform.kore.ai?bot=1'],
])('%s is refused by its name, and never told by its value: %s', ([setting, value]) => {
  expect(refusedOf({ [setting]: value })).toEqual([setting]);
});

test.for<[attack: string, setting: string, value: string]>([
  ['A77', 'KORE_STREAM_ID', 'st-1/../../elsewhere'],
  ['A77', 'KORE_STREAM_ID', '../../admin'],
  ['A77', 'KORE_STREAM_ID', 'st-1?x=1'],
  ['A77', 'KORE_STREAM_ID', 'st-1#'],
  ['A77', 'KORE_STREAM_ID', '%2e%2e/'],
  ['A77', 'KORE_STREAM_ID', '\\..\\'],
  ['A78', 'KORE_BASE_URL', 'platform.kore.ai@evil.example'],
  ['A78', 'KORE_BASE_URL', '0x7f.1'],
  ['A78', 'KORE_BASE_URL', 'https://127.1'],
  ['A78', 'KORE_BASE_URL', '[::ffff:169.254.169.254]'],
  ['A78', 'KORE_BASE_URL', 'platform.kore.ａi'],
  ['A78', 'KORE_BASE_URL', 'platform%2ekore.ai'],
  ['A78', 'KORE_BASE_URL', 'https://platform.kore.ai\\evil'],
  ['A78', 'KORE_BASE_URL', 'https://platform.kore.ai:0443'],
  ['A80', 'KORE_ACCOUNT_ID', 'a\r\nx-admin: 1'],
  ['A80', 'KORE_ORG_ID', 'o-\u00e9'],
  ['A80', 'KORE_ORG_ID', 'o-\u0000'],
])('%s %s that leads elsewhere is refused by its name, and never told by its value: %s', ([, setting, value]) => {
  expect(refusedOf({ [setting]: value })).toEqual([setting]);
});

test('no setting opens the gateway to every page', () => {
  const problem = 'must be origins, such as https://app.example: no path, no slash, no *';
  expect(readConfig({ ...required, CORS_ORIGINS: '*' })).toEqual({
    kind: 'problems',
    problems: [{ setting: 'CORS_ORIGINS', problem }],
  });
});

test.for<[title: string, settings: Record<string, string>, refused: string]>([
  ['a reserve leaves a call', { KORE_CALLS_PER_MINUTE: '9', KORE_CALLS_RESERVED: '9' }, 'KORE_CALLS_RESERVED'],
  ['a default page is a page', { PAGE_SIZE_MAX: '10', PAGE_SIZE_DEFAULT: '11' }, 'PAGE_SIZE_DEFAULT'],
  ['a default window is a window', { WINDOW_DAYS_MAX: '6', WINDOW_DAYS_DEFAULT: '7' }, 'WINDOW_DAYS_DEFAULT'],
  ['half of one refusal is none', { UNREADY_AFTER_REFUSALS: '1' }, 'UNREADY_AFTER_REFUSALS'],
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
