import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { Failure } from '../../src/errors.ts';
import type { Budget } from '../../src/kore/budget.ts';
import { type ClientSettings, createClient } from '../../src/kore/client.ts';
import { type CredentialSettings, createCredential } from '../../src/kore/credential.ts';
import { createDrift, type Drift } from '../../src/kore/drift.ts';
import { type CallReport, createKoreSource, type KoreParts } from '../../src/kore/source.ts';
import type { Clock } from '../../src/model/ports.ts';
import type { ListQuestion } from '../../src/model/range.ts';
import type { Page, PageRequest } from '../../src/reading/source.ts';
import { createTracing } from '../../src/tracing.ts';
import { madeRows } from '../model/sample.ts';
import type { SimulatedRow } from '../simulator/row.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { realClock } from './clock.ts';
import { createGate, type GateSettings } from './gate.ts';

/** The rooms of the upstream, joined as main joins them, over a simulator. Waits are tiny, so that tests are quick without waiting themselves. */
export type UpstreamUnderTest = {
  /** Reads a page of the test's day; unless stated the first ten rows, within ten seconds. */
  read(ask?: Ask): Promise<Page>;
  readonly budget: Budget;
  readonly drift: Drift;
  readonly reports: readonly CallReport[];
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type Ask = Partial<PageRequest & Omit<ListQuestion, 'window'>> & {
  readonly deadlineMs?: number;
  readonly deadlineAt?: () => number;
  readonly signal?: AbortSignal;
};

export type UpstreamSettings = {
  readonly client?: Partial<ClientSettings>;
  readonly credential?: Partial<CredentialSettings>;
  readonly budget?: Partial<GateSettings>;
  readonly request?: Partial<KoreParts['request']>;
  readonly retry?: Partial<KoreParts['retry']>;
  readonly clock?: Clock;
};

const fromMs = Date.parse('2026-03-02T00:00:00Z');
const dayMs = 86_400_000;
const question: ListQuestion = {
  window: { from: fromMs / 1000, until: (fromMs + dayMs) / 1000 },
  contactDirection: null,
  includeBelowThreshold: false,
};

export function startUpstream(
  kore: Pick<Simulator, 'url' | 'account'>,
  settings: UpstreamSettings = {},
): UpstreamUnderTest {
  const clock = settings.clock ?? realClock;
  const { accountId, orgId, streamId, clientId, clientSecret } = kore.account;
  const credential = createCredential(
    { clientId, clientSecret, algorithm: 'HS256', isSingleUse: false, lifetimeSeconds: 600, ...settings.credential },
    clock,
    randomUUID,
  );
  const client = createClient(
    { origin: kore.url, accountId, orgId, streamId, ...clientSettings, ...settings.client },
    credential,
    { clock, turns: { share: async () => undefined } },
  );
  const budget = createGate({ ...budgetSettings, ...settings.budget }, clock);
  const drift = createDrift({ entriesMax: 100, now: clock.now, onFirst: () => undefined });
  const reports: CallReport[] = [];
  const source = createKoreSource({
    client,
    budget,
    drift,
    clock,
    random: () => 0,
    tracing: createTracing(),
    request: { windowEnd: 'inclusive-second', belowThresholdForm: 'boolean', ...settings.request },
    retry: { attemptsMax: 3, waitMsMin: 1, waitMsMax: 3, retryReserve: 100, ...settings.retry },
    onCall: (report) => reports.push(report),
  });
  return {
    read: (ask = {}) => {
      const { offset = 0, limit = 10, deadlineMs = 10_000, signal = new AbortController().signal, ...rest } = ask;
      const deadline = clock.elapsed() + deadlineMs;
      const { deadlineAt = () => deadline, ...narrowed } = rest;
      return source.readPage(
        { question: { ...question, ...narrowed }, offset, limit },
        { signal, deadlineAt },
        () => undefined,
      );
    },
    budget,
    drift,
    reports,
    close: client.close,
    [Symbol.asyncDispose]: client.close,
  };
}

const clientSettings = {
  connectionsMax: 4,
  attemptTimeoutMs: 2_000,
  connectTimeoutMs: 2_000,
  headersTimeoutMs: 2_000,
  bodyIdleTimeoutMs: 2_000,
  bodyBytesMax: 2 * 1024 * 1024,
};

const budgetSettings: GateSettings = { callsMax: 10_000, windowMs: 60_000, inFlightMax: 4, queueMax: 100 };

/** What the simulator's data holds for the same question; never a call. */
export function rowsOf(
  kore: Pick<Simulator, 'list'>,
  { offset = 0, limit = 10, includeBelowThreshold = false }: Ask = {},
): readonly SimulatedRow[] {
  return kore.list({ fromMs, untilMs: fromMs + dayMs, offset, limit, includeBelowThreshold }).rows;
}

/** The ids of a page, in its order; null for a row that could not be read. */
function idsOf(page: Page): readonly (string | null)[] {
  return madeRows(page).map(({ conversation }) => conversation?.conversationId ?? null);
}

/** The failure that a read ends with; anything else is a bug. */
export async function failureOf(upstream: UpstreamUnderTest, ask: Ask = {}): Promise<Failure> {
  const outcome: unknown = await upstream.read(ask).catch((error: unknown) => error);
  if (!(outcome instanceof Failure)) throw new Error(`no failure but ${JSON.stringify(outcome)}`, { cause: outcome });
  return outcome;
}

/** Reads, and expects exactly what the simulator's data holds. */
export async function expectData(
  upstream: UpstreamUnderTest,
  kore: Pick<Simulator, 'list'>,
  ask: Ask = {},
): Promise<void> {
  const page = await upstream.read(ask);
  expect(idsOf(page)).toStrictEqual(rowsOf(kore, ask).map(({ conversationId }) => conversationId));
}
