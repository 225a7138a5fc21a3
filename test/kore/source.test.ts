import { describe, expect, test } from 'vitest';
import type { Failure } from '../../src/errors.ts';
import type { Fault } from '../simulator/faults.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { expectData, failureOf, startUpstream, type UpstreamUnderTest } from './upstream.ts';

/** A fault that never ends, the code that it leads to, its reason, and how many calls are made: 3 where the rule says as often as allowed. */
type Row = readonly [fault: Fault, code: string, reason: string | undefined, callCount: number];

const faults: readonly Row[] = [
  [{ kind: 'hang-before-headers' }, 'UPSTREAM_TIMEOUT', undefined, 3],
  [{ kind: 'hang-mid-headers' }, 'UPSTREAM_TIMEOUT', undefined, 3],
  [{ kind: 'hang-mid-body' }, 'UPSTREAM_TIMEOUT', undefined, 3],
  [{ kind: 'drip', bytes: 1, everyMs: 5 }, 'UPSTREAM_TIMEOUT', undefined, 3],
  [{ kind: 'content-length', by: 10 }, 'UPSTREAM_TIMEOUT', undefined, 3],
  [{ kind: 'reset-before-headers' }, 'UPSTREAM_UNAVAILABLE', undefined, 3],
  [{ kind: 'reset-mid-body' }, 'UPSTREAM_UNAVAILABLE', undefined, 3],
  [{ kind: 'half-close' }, 'UPSTREAM_UNAVAILABLE', undefined, 3],
  [{ kind: 'fin-mid-body' }, 'UPSTREAM_UNAVAILABLE', undefined, 3],
  [{ kind: 'html', status: 502 }, 'UPSTREAM_UNAVAILABLE', undefined, 3],
  [{ kind: 'status', status: 503 }, 'UPSTREAM_UNAVAILABLE', undefined, 3],
  [{ kind: 'status', status: 504 }, 'UPSTREAM_UNAVAILABLE', undefined, 3],
  [{ kind: 'status', status: 500 }, 'UPSTREAM_UNAVAILABLE', undefined, 2],
  [{ kind: 'truncate' }, 'UPSTREAM_BAD_RESPONSE', 'TRUNCATED', 2],
  [{ kind: 'truncate-close-delimited' }, 'UPSTREAM_BAD_RESPONSE', 'TRUNCATED', 2],
  [{ kind: 'content-length', by: -10 }, 'UPSTREAM_BAD_RESPONSE', 'TRUNCATED', 2],
  [{ kind: 'empty', status: 200 }, 'UPSTREAM_BAD_RESPONSE', 'EMPTY', 2],
  [{ kind: 'empty', status: 204 }, 'UPSTREAM_BAD_RESPONSE', 'EMPTY', 2],
  [{ kind: 'gzip-truncated' }, 'UPSTREAM_BAD_RESPONSE', 'BROKEN_TRANSFER', 2],
  [{ kind: 'encoding', name: 'gzip' }, 'UPSTREAM_BAD_RESPONSE', 'BROKEN_TRANSFER', 2],
  [{ kind: 'encoding', name: 'br' }, 'UPSTREAM_BAD_RESPONSE', 'BROKEN_TRANSFER', 2],
  [{ kind: 'encoding', name: 'zstd' }, 'UPSTREAM_BAD_RESPONSE', 'BROKEN_TRANSFER', 2],
  [{ kind: 'encoding', name: 'gzip,gzip,gzip,gzip,gzip,gzip' }, 'UPSTREAM_BAD_RESPONSE', 'BROKEN_TRANSFER', 2],
  [{ kind: 'header-flood', kilobytes: 40 }, 'UPSTREAM_BAD_RESPONSE', 'BROKEN_TRANSFER', 2],
  [{ kind: 'informational-flood', count: 5_000 }, 'UPSTREAM_BAD_RESPONSE', 'BROKEN_TRANSFER', 2],
  [{ kind: 'garbage' }, 'UPSTREAM_BAD_RESPONSE', 'BROKEN_TRANSFER', 2],
  [{ kind: 'errors-in-200' }, 'UPSTREAM_BAD_RESPONSE', 'REJECTED', 2],
  [{ kind: 'html', status: 200 }, 'UPSTREAM_BAD_RESPONSE', 'NOT_A_PAGE', 1],
  [{ kind: 'status', status: 200, body: '{}' }, 'UPSTREAM_BAD_RESPONSE', 'NOT_A_PAGE', 1],
  [{ kind: 'status', status: 200, body: '{"results":[]}' }, 'UPSTREAM_BAD_RESPONSE', 'NO_TOTAL', 1],
  [{ kind: 'status', status: 412 }, 'UPSTREAM_BAD_RESPONSE', 'REJECTED', 1],
  [{ kind: 'redirect', location: 'http://127.0.0.1:9/', status: 302 }, 'UPSTREAM_BAD_RESPONSE', 'NOT_A_PAGE', 1],
  [{ kind: 'gzip-bomb' }, 'UPSTREAM_TOO_LARGE', undefined, 1],
  [{ kind: 'big-body', megabytes: 20 }, 'UPSTREAM_TOO_LARGE', undefined, 1],
  [{ kind: 'status', status: 401 }, 'UPSTREAM_AUTH', undefined, 2],
  [{ kind: 'status', status: 403 }, 'UPSTREAM_FORBIDDEN', undefined, 1],
  [{ kind: 'status', status: 404 }, 'UPSTREAM_NOT_FOUND', 'STREAM', 1],
];

describe('a fault that goes on has one code, after as many whole calls as the rule allows, and tells nothing', () => {
  test.for(faults)('%j: %s', async ([fault, code, reason, callCount]) => {
    await using kore = await startSimulator({ faults: [{ ...fault, times: 'all' }] });
    await using upstream = startUpstream(
      kore,
      code === 'UPSTREAM_TIMEOUT' ? { client: { attemptTimeoutMs: 250 } } : {},
    );
    const failure = await failureOf(upstream);
    expect([failure.code, failure.reason, kore.callCount]).toStrictEqual([code, reason, callCount]);
    expectWholeCalls(kore);
    expectDiscreet(failure, upstream, kore);
    expect(upstream.budget.state()).toMatchObject({ inFlightCalls: 0, queuedCalls: 0 });
  });
});

describe('a fault that passes is not seen where asking again is allowed', () => {
  test.for(faults.filter(([, , , callCount]) => callCount > 1))('%j', async ([fault, code]) => {
    await using kore = await startSimulator({ faults: [fault] });
    await using upstream = startUpstream(
      kore,
      code === 'UPSTREAM_TIMEOUT' ? { client: { attemptTimeoutMs: 500 } } : {},
    );
    await expectData(upstream, kore);
    expect(kore.callCount).toBe(2);
    expectWholeCalls(kore);
  });
});

describe('an answer that is odd but whole is taken', () => {
  test.for<[Fault]>([
    [{ kind: 'delay', ms: 5 }],
    [{ kind: 'gzip' }],
    [{ kind: 'gzip-twice' }],
    [{ kind: 'encoding', name: 'identity' }],
    [{ kind: 'encoding', name: 'snappy' }],
    [{ kind: 'big-body', megabytes: 1 }],
    [{ kind: 'informational-flood', count: 20 }],
    [{ kind: 'surplus' }],
    [{ kind: 'close-after-answer' }],
    [{ kind: 'drip', bytes: 4_000, everyMs: 1 }],
  ])('%j', async ([fault]) => {
    await using kore = await startSimulator({ faults: [fault] });
    await using upstream = startUpstream(kore);
    await expectData(upstream, kore);
    expect(kore.callCount).toBe(1);
  });

  test('whatever it says its content is', async () => {
    await using kore = await startSimulator({ switches: { contentType: 'text/html', gzip: true } });
    await using upstream = startUpstream(kore);
    await expectData(upstream, kore);
  });
});

test('an encrypted envelope is said to be one, and not asked for again', async () => {
  await using kore = await startSimulator({ switches: { encrypted: true } });
  await using upstream = startUpstream(kore);
  expect(await failureOf(upstream)).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', reason: 'ENCRYPTED' });
  expect(kore.callCount).toBe(1);
});

test('where nobody listens the upstream is unavailable, after all attempts', async () => {
  const kore = await startSimulator();
  await using upstream = startUpstream(kore);
  await kore[Symbol.asyncDispose]();
  const failure = await failureOf(upstream);
  expect(failure.code).toBe('UPSTREAM_UNAVAILABLE');
  expect(upstream.reports.map(({ attempt, status }) => [attempt, status])).toStrictEqual([
    [1, null],
    [2, null],
    [3, null],
  ]);
  expectDiscreet(failure, upstream, kore);
});

test('a connection that the upstream has closed meanwhile costs an attempt, not the answer', async () => {
  await using kore = await startSimulator({ faults: [{ kind: 'close-after-answer' }] });
  await using upstream = startUpstream(kore, { client: { connectionsMax: 1 } });
  await expectData(upstream, kore);
  await expectData(upstream, kore);
});

test('attempts of different faults are counted together, and each fault has its own rule', async () => {
  await using kore = await startSimulator({
    faults: [
      { kind: 'status', status: 503 },
      { kind: 'status', status: 401 },
    ],
  });
  await using upstream = startUpstream(kore);
  await expectData(upstream, kore);
  expect(upstream.reports.map(({ outcome }) => outcome)).toStrictEqual(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_AUTH', 'OK']);
});

test('without an allowance nothing is asked again', async () => {
  await using kore = await startSimulator({ faults: [{ kind: 'status', status: 503, times: 'all' }] });
  await using upstream = startUpstream(kore, { retry: { retryReserve: 0 } });
  expect(await failureOf(upstream)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  expect(kore.callCount).toBe(1);
});

test('a 503 that asks for more time than there is, is told with that time', async () => {
  await using kore = await startSimulator({
    faults: [{ kind: 'status', status: 503, headers: { 'retry-after': '30' }, times: 'all' }],
  });
  await using upstream = startUpstream(kore);
  expect(await failureOf(upstream)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryAfterSeconds: 30 });
  expect(kore.callCount).toBe(1);
});

test('a redirect is never followed, so that the credential goes nowhere else', async () => {
  await using elsewhere = await startSimulator();
  for (const status of [301, 302, 303, 307, 308] as const) {
    await using kore = await startSimulator();
    const location = `${elsewhere.url}/qualityai/api/v1/public/qualitymanagement/app/${kore.account.streamId}/scorereporting`;
    kore.fault({ kind: 'redirect', location, status });
    await using upstream = startUpstream(kore);
    expect(await failureOf(upstream)).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE' });
  }
  expect(elsewhere.callCount).toBe(0);
});

test('surplus bytes of one answer never reach another request', async () => {
  await using kore = await startSimulator({ faults: [{ kind: 'surplus', times: 'all' }] });
  await using upstream = startUpstream(kore, { client: { connectionsMax: 1 } });
  for (let round = 0; round < 20; round++) {
    const asks = [{ offset: round * 20 }, { offset: round * 20 + 10 }];
    await Promise.all(asks.map((ask) => expectData(upstream, kore, ask)));
  }
});

/** Each attempt is the whole request again: never a part of it. */
function expectWholeCalls(kore: Simulator): void {
  const [first] = kore.calls;
  for (const { headers, body } of kore.calls) {
    expect(headers).not.toHaveProperty('range');
    expect(body).toStrictEqual(first?.body);
  }
}

/** Neither the failure nor the report of a call says where the upstream is, who asks, or what it said; the report's cause is a bare code. */
function expectDiscreet(failure: Failure, { reports }: UpstreamUnderTest, { url, account, calls }: Simulator): void {
  const uncaused = reports.map(({ cause: _, ...report }) => report);
  const said = `${failure.name} ${failure.message} ${JSON.stringify(failure)} ${JSON.stringify(uncaused)}`;
  for (const { cause } of reports) expect(cause ?? 'NONE').toMatch(/^\w{3,50}$/);
  const secrets = [
    new URL(url).host,
    '127.0.0.1',
    ...Object.values(account),
    ...calls.map(({ headers }) => headers['auth'] ?? 'eyJ'),
  ];
  for (const secret of [
    ...secrets,
    'upstream-canary',
    '10.1.2.3',
    'sign in',
    'Internal processing',
    'ECONN',
    'UND_ERR',
  ]) {
    expect(said).not.toContain(secret);
  }
}
