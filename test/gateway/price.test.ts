import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { startTestGateway } from './harness.ts';

type Body = {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly object[];
  readonly extensions?: { readonly upstream?: Readonly<Record<string, number>> };
};

async function ask(url: string, query: string, headers: Readonly<Record<string, string>> = {}): Promise<Body> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Body;
}

const traced = { 'x-upstream-trace': '1' };
const day = dayWindow('2026-03-02', 1);
const list = `{ conversations(${day}, first: 150) { nodes { conversationId } } }`;
const summary = `{ scoreSummary(${day}) { conversationCount } }`;

test('an operation that asks for its trace is told what it has cost, and another is told nothing', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1000 });
  await using gateway = await startTestGateway(kore, { settings: { KORE_CALLS_PER_MINUTE: '60' } });
  expect((await ask(gateway.url, list)).extensions).toBeUndefined();
  expect(kore.callCount).toBe(2);
  const held = await ask(gateway.url, list, traced);
  expect(held.extensions?.upstream).toEqual({
    calls: 0,
    rows: 200,
    heldPages: 2,
    mergedReads: 0,
    waitedMs: 0,
    quotaRemaining: 58,
  });
  kore.resetCalls();
  const scanned = await ask(gateway.url, summary, traced);
  expect(scanned.extensions?.upstream).toMatchObject({ calls: kore.callCount, rows: 1000, quotaRemaining: 49 });
  expect(kore.callCount).toBe(9);
});

test('attempts count, not pages, and a refusal is traced too', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 50, faults: [{ kind: 'status', status: 503 }] });
  await using gateway = await startTestGateway(kore, { settings: { KORE_RETRY_WAIT_MS_MIN: '1' } });
  const answer = await ask(gateway.url, `{ conversations(${day}) { totalCount } }`, traced);
  expect(kore.callCount).toBe(2);
  expect(answer.extensions?.upstream).toMatchObject({ calls: 2, rows: 50 });
  const refused = await ask(gateway.url, '{ conversations(first: -1) { totalCount } }', traced);
  expect(refused.errors).toHaveLength(1);
  expect(refused.extensions?.upstream).toMatchObject({ calls: 0, rows: 0 });
});

test('the quota and the drift of the wire can be asked for, after the reads of the same operation, without a call', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 50 });
  await using gateway = await startTestGateway(kore, { settings: { KORE_CALLS_PER_MINUTE: '60' } });
  const state =
    '{ upstream { quota { callsPerMinute remaining resetAt queuedCalls } drift { path kind example count firstSeenAt } } }';
  const before = await ask(gateway.url, state);
  expect(before.data).toEqual({
    upstream: { quota: { callsPerMinute: 60, remaining: 60, resetAt: null, queuedCalls: 0 }, drift: [] },
  });
  expect(kore.callCount).toBe(0);
  kore.set({ corrupt: null, spelling: 'table' });
  const both = await ask(
    gateway.url,
    `{ conversations(${day}) { totalCount } upstream { quota { remaining resetAt } } }`,
  );
  expect(both.data).toMatchObject({ upstream: { quota: { remaining: 59, resetAt: expect.stringMatching(/^2/) } } });
});
