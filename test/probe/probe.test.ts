import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topics } from '../../scripts/probe/finding.ts';
import { couldLearn, printReport } from '../../scripts/probe/report.ts';
import { readConfig } from '../../src/config.ts';
import { environmentOf } from '../gateway/environment.ts';
import type { Fault } from '../simulator/faults.ts';
import type { Switches } from '../simulator/switches.ts';
import { answerIn, nowMs, probeTenant, startTenant } from './tenant.ts';

const seed = 20_261_126;
const dayMs = 86_400_000;

const anySwitches: fc.Arbitrary<Partial<Switches>> = fc.record(
  {
    windowEnd: fc.constantFrom('inclusive-second', 'inclusive-ms', 'exclusive'),
    dates: fc.constantFrom('both', 'blank', 'iso'),
    thresholdForm: fc.constantFrom('boolean', 'string', 'either'),
    order: fc.constantFrom('ascending', 'descending', 'ties-shuffled', 'shuffled'),
    offsetCap: fc.constantFrom({ at: 100, behaviour: 'error' }, { at: 100, behaviour: 'empty' }, null),
    maxRangeDays: fc.constantFrom(1, 7, 31, null),
    hiddenCalls: fc.constantFrom(0, 40, 55),
    totals: fc.constantFrom('honest', 'drift'),
    emptyPages: fc.constantFrom(false, false, false, true),
    enforceJti: fc.boolean(),
    errorStatus: fc.constantFrom(null, 200, 400, 500),
  },
  { requiredKeys: [] },
);

test('a probe makes no more calls than it may, one after another, and has a finding for every topic', async () => {
  await fc.assert(
    fc.asyncProperty(
      anySwitches,
      fc.integer({ min: 1, max: 30 }),
      fc.boolean(),
      async (switches, callsMax, isCoarse) => {
        await using kore = await startTenant(switches);
        let inFlightMost = 0;
        kore.beforeCall(() => {
          inFlightMost = Math.max(inFlightMost, kore.inFlightCount);
        });
        const report = await probeTenant(kore, { callsMax, isCoarse });
        expect(kore.callCount).toBeLessThanOrEqual(callsMax);
        expect(report.callsMade).toBe(kore.callCount);
        expect(inFlightMost).toBeLessThanOrEqual(1);
        expect(report.findings.map(({ topic }) => topic)).toEqual(Object.keys(topics));
        const refused = kore.calls.filter(({ outcome }) => outcome === 'refused-quota').length;
        expect(refused).toBeLessThanOrEqual(1);
      },
    ),
    { seed, numRuns: 25 },
  );
});

test('whatever the days hold, the meaning of endDate is found, or said to be known by seconds alone', async () => {
  const ends = fc.constantFrom('inclusive-second', 'inclusive-ms', 'exclusive');
  await fc.assert(
    fc.asyncProperty(ends, fc.integer({ min: 10, max: 60_000 }), fc.nat(1_000), async (windowEnd, perDay, dataSeed) => {
      await using kore = await startTenant({ windowEnd }, { conversationsPerDay: perDay, seed: dataSeed });
      const finding = (await probeTenant(kore)).findings.find(({ topic }) => topic === 'windowEnd');
      const isCoarse = finding?.text.startsWith('By whole seconds') === true && windowEnd !== 'inclusive-second';
      expect(finding?.answer).toBe(isCoarse ? 'exclusive' : windowEnd);
    }),
    { seed, numRuns: 25 },
  );
});

test('a report holds no token, no secret, no name of a person and no id of a conversation', async () => {
  await using kore = await startTenant({ errorEnvelope: 'html', tableOnlyFields: true });
  const report = await probeTenant(kore);
  const told = `${printReport(report)}${JSON.stringify(report)}`;
  const { rows } = kore.list({ fromMs: nowMs - 9 * dayMs, untilMs: nowMs, includeBelowThreshold: true });
  const { accountId, orgId, streamId, clientId, clientSecret } = kore.account;
  const secrets = [
    ...rows.flatMap(({ conversationId, agents, queues }) => [
      conversationId,
      ...[...agents, ...queues].flatMap(({ id, name }) => [id, name]),
    ]),
    ...kore.calls.map(({ headers }) => headers['auth'] ?? ''),
    ...rows.flatMap(({ auditorName, customConversationId }) => [auditorName ?? '', customConversationId ?? '']),
    accountId,
    orgId,
    streamId,
    clientId,
    clientSecret,
    'canary',
  ].filter((each) => each.length > 2 && each !== 'not-a-token');
  expect(secrets.length).toBeGreaterThan(1_000);
  expect([...new Set(secrets)].filter((each) => told.includes(each))).toEqual([]);
});

test.for<[Partial<Switches>, Record<string, string>, Record<string, string>]>([
  [
    {},
    {},
    {
      KORE_WINDOW_END: 'inclusive-second',
      KORE_BELOW_THRESHOLD_FORM: 'boolean',
      KORE_JTI: 'false',
      WINDOW_DAYS_MAX: '92',
    },
  ],
  [{ windowEnd: 'exclusive' }, {}, { KORE_WINDOW_END: 'exclusive', KORE_BELOW_THRESHOLD_FORM: 'boolean' }],
  [{ windowEnd: 'inclusive-ms' }, {}, { KORE_WINDOW_END: 'inclusive-ms' }],
  [{ dates: 'iso' }, {}, { KORE_WINDOW_END: 'inclusive-ms' }],
  [{ thresholdForm: 'string' }, {}, { KORE_BELOW_THRESHOLD_FORM: 'string' }],
  [{ maxRangeDays: 31 }, {}, { WINDOW_DAYS_MAX: '31' }],
  [{ maxRangeDays: 2 }, {}, { WINDOW_DAYS_MAX: '2', WINDOW_DAYS_DEFAULT: '2' }],
  [{ enforceJti: true }, {}, { KORE_JTI: 'true' }],
  [{ enforceJti: true }, { KORE_JTI: 'true' }, { KORE_JTI: 'true' }],
  [{}, { KORE_JTI: 'true' }, { KORE_JTI: 'false' }],
  [{ hiddenCalls: 50 }, {}, { KORE_CALLS_RESERVED: '50' }],
])('a tenant with %j, asked with %j, is recommended %j', async ([switches, settings, expected]) => {
  await using kore = await startTenant(switches);
  const { settings: told } = await probeTenant(kore, { settings });
  const values = Object.fromEntries(told.map(({ name, value }) => [name, value]));
  expect(values).toMatchObject(expected);
  expect(readConfig({ ...environmentOf(kore), ...values }).kind).toBe('config');
});

test('a refusal for the rate ends the probe at once, and what was learned before is told', async () => {
  await using kore = await startTenant({ quotaLimit: 8 });
  const report = await probeTenant(kore);
  expect(kore.callCount).toBe(9);
  expect(report.stopped).toBe('rate');
  expect(couldLearn(report)).toBe(true);
  expect(answerIn(report, 'order')).toBe('ascending');
  expect(answerIn(report, 'range')).toMatch(/^unasked: .*rate/);
});

test('a call that fails by chance is asked again, and never passes for a refusal', async () => {
  await using kore = await startTenant();
  // The third call is the first in ISO form.
  kore.fault({ kind: 'status', status: 503, after: 2 });
  kore.fault({ kind: 'reset-before-headers', after: 5 });
  const report = await probeTenant(kore);
  expect(answerIn(report, 'dateForms')).toBe('blank and ISO');
  expect(answerIn(report, 'offsetReach')).toBe('the last row');
  expect(report.stopped).toBeNull();
});

test('whatever befalls calls on their way, a probe ends with a report', async () => {
  const fault: fc.Arbitrary<Fault> = fc.constantFrom<Fault>(
    { kind: 'reset-mid-body' },
    { kind: 'half-close' },
    { kind: 'truncate' },
    { kind: 'garbage' },
    { kind: 'html', status: 200 },
    { kind: 'html', status: 502 },
    { kind: 'empty', status: 204 },
    { kind: 'gzip-truncated' },
    { kind: 'gzip-bomb', megabytes: 20 },
    { kind: 'encoding', name: 'x-nobody' },
    { kind: 'redirect', location: 'http://127.0.0.1:9/' },
    { kind: 'surplus' },
    { kind: 'hang-before-headers' },
    { kind: 'errors-in-200' },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fault, fc.nat(25), fc.integer({ min: 1, max: 3 })), { maxLength: 3 }),
      async (faults) => {
        await using kore = await startTenant();
        for (const [each, after, times] of faults) kore.fault({ ...each, after, times });
        const report = await probeTenant(kore, { settings: { KORE_ATTEMPT_TIMEOUT_MS: '150' } });
        expect(report.callsMade).toBeLessThanOrEqual(30);
        expect(report.findings).toHaveLength(Object.keys(topics).length);
        expect(printReport(report)).not.toContain('canary');
      },
    ),
    { seed, numRuns: 25 },
  );
});

test('an upstream that falls silent is left alone after two questions', async () => {
  await using kore = await startTenant();
  kore.fault({ kind: 'reset-before-headers', after: 6, times: 'all' });
  const report = await probeTenant(kore);
  expect(report.stopped).toBe('silent');
  expect(kore.callCount).toBe(10);
  expect(answerIn(report, 'order')).toBe('ascending');
});

test('rows are looked for further back where the last days have none', async () => {
  const epochMs = Date.parse('2024-01-01T00:00:00Z');
  await using kore = await startTenant({}, { dayCount: Math.floor((nowMs - epochMs) / dayMs) - 20 });
  const report = await probeTenant(kore);
  expect(report.window?.from).toBe('2026-02-12T11:30:00.000Z');
  expect(answerIn(report, 'liveEdge')).toBe('older than 15 hours');
});

test('a given window is the one that is studied, and no other is looked for', async () => {
  await using kore = await startTenant();
  const window = { fromMs: Date.parse('2026-02-01T00:00:00Z'), untilMs: Date.parse('2026-02-03T00:00:00Z') };
  expect((await probeTenant(kore, { window })).window).toEqual({
    from: '2026-02-01T00:00:00.000Z',
    until: '2026-02-03T00:00:00.000Z',
    rows: 2_000,
  });
  kore.resetCalls();
  const before = { fromMs: Date.parse('2020-02-01T00:00:00Z'), untilMs: Date.parse('2020-02-03T00:00:00Z') };
  expect((await probeTenant(kore, { window: before })).ending).toBe('nothing');
  expect(kore.callCount).toBe(1);
});
