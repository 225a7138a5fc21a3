import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { timed } from '../timed.ts';
import { ask, dayWindow } from './asking.ts';
import { type GatewayUnderTest, startTestGateway } from './harness.ts';

const week = dayWindow('2026-03-02', 7);
const coverage =
  'coverage { complete daysRead daysExpected conversationsRead conversationsExpected asOf retryAfterSeconds }';

type Summary = {
  readonly conversationCount: number;
  readonly coverage: {
    readonly complete: boolean;
    readonly daysRead: number;
    readonly daysExpected: number;
    readonly conversationsRead: number;
    readonly conversationsExpected: number | null;
    readonly retryAfterSeconds: number | null;
  };
};

async function summaryOf(gateway: GatewayUnderTest, window = week): Promise<Summary> {
  const { scoreSummary } = await ask(gateway, `{ scoreSummary(${window}) { conversationCount ${coverage} } }`);
  return scoreSummary as Summary;
}

const askingsMax = 1_000;

/** Asks again, as its answers say, until one is whole; how often it asked, and what it was told. */
async function converge(gateway: GatewayUnderTest): Promise<readonly Summary[]> {
  const answers: Summary[] = [];
  for (let asking = 0; asking < askingsMax; asking++) {
    const answer = await summaryOf(gateway);
    answers.push(answer);
    if (answer.coverage.complete) break;
  }
  return answers;
}

test('a window that the quota of a minute does not cover is answered as a part at once, and whole after a few askings', async () => {
  const quota = { quotaLimit: 5, quotaWindowMs: 8_000 };
  await using kore = await startSimulator({ conversationsPerDay: 80, switches: quota });
  await using gateway = await startTestGateway(kore, {
    settings: { KORE_CALLS_PER_MINUTE: '5', QUOTA_WINDOW_MS: '8000', OPERATION_DEADLINE_MS: '7500' },
  });
  const { value: first, isInTime } = await timed(6_000, () => summaryOf(gateway));
  expect(isInTime).toBe(true);
  expect(first).toMatchObject({
    // One call in four is kept for lists.
    conversationCount: 320,
    coverage: { complete: false, daysRead: 4, daysExpected: 7, conversationsRead: 320, conversationsExpected: null },
  });
  expect(first.coverage.retryAfterSeconds).toBeGreaterThanOrEqual(1);
  const answers = await converge(gateway);
  expect(answers.at(-1)).toMatchObject({
    conversationCount: 560,
    coverage: { complete: true, conversationsExpected: 560 },
  });
  for (const {
    conversationCount,
    coverage: { conversationsRead },
  } of answers)
    expect(conversationCount).toBe(conversationsRead);
  expect(kore.calls.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 200]);
});

test('pages that failed cost those that worked nothing: neighbouring days are answered, and only what failed is read again', async () => {
  await using kore = await startSimulator({
    conversationsPerDay: 80,
    switches: { quotaLimit: 0 },
    faults: [{ kind: 'status', status: 500, after: 3, times: 'all' }],
  });
  await using gateway = await startTestGateway(kore);
  const first = await summaryOf(gateway);
  expect(first.coverage.complete).toBe(false);
  expect(first.coverage.daysRead).toBeGreaterThan(0);
  expect(first.coverage.conversationsRead).toBe(first.coverage.daysRead * 80);
  kore.clearFaults();
  kore.resetCalls();
  expect(await summaryOf(gateway)).toMatchObject({ conversationCount: 560, coverage: { complete: true } });
  expect(kore.callCount).toBe(7 - first.coverage.daysRead);
});

test('where nothing can be read for a reason that does not pass, there is an error and no empty answer', async () => {
  await using kore = await startSimulator({ switches: { quotaLimit: 0, scopePublished: false } });
  await using gateway = await startTestGateway(kore);
  const answer = await gateway.query(`{ scoreSummary(${week}) { conversationCount } }`);
  expect(answer.data).toEqual({ scoreSummary: null });
  expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['UPSTREAM_FORBIDDEN']);
});

test('with a file what was read survives a restart, in the middle of a day too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-store-'));
  try {
    const settings = { STORE_URL: `file:${join(folder, 'store.db')}`, BACKGROUND_CALLS_MAX: '0' };
    await using kore = await startSimulator({ switches: { quotaLimit: 0 } });
    {
      await using gateway = await startTestGateway(kore, {
        settings: { ...settings, UPSTREAM_CALLS_PER_OPERATION: '20' },
      });
      expect((await summaryOf(gateway)).coverage.complete).toBe(false);
    }
    const callsBefore = kore.callCount;
    expect(callsBefore).toBe(20);
    {
      await using gateway = await startTestGateway(kore, { settings });
      expect(await summaryOf(gateway)).toMatchObject({ conversationCount: 7_000, coverage: { complete: true } });
    }
    expect(kore.callCount).toBe(77);
    await using gateway = await startTestGateway(kore, { settings });
    expect(await summaryOf(gateway)).toMatchObject({ conversationCount: 7_000, coverage: { complete: true } });
    expect(kore.callCount).toBe(77);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
