import { randomUUID } from 'node:crypto';
import type { Config } from './config.ts';
import { type BudgetSettings, type BudgetState, createBudget } from './kore/budget.ts';
import { type ClientSettings, createClient } from './kore/client.ts';
import { type CredentialSettings, createCredential } from './kore/credential.ts';
import { createDrift, type DriftEntry } from './kore/drift.ts';
import { createOwnWindow, type WindowSettings } from './kore/own-window.ts';
import { createKoreSource, type KoreParts } from './kore/source.ts';
import type { Clock, Fetch, Random, Turns } from './model/ports.ts';
import type { CallWindow } from './model/sharing.ts';
import { placeOf } from './place.ts';
import type { PageSource } from './reading/source.ts';
import type { Link } from './redis/link.ts';
import { createSharedWindow } from './redis/shared-window.ts';
import type { Reports } from './reports.ts';
import { type Telemetry, watchBudget, watchDrift, watchReplicas } from './telemetry.ts';

/** What the program takes from the machine. */
export type Surroundings = {
  readonly clock: Clock;
  readonly random: Random;
  readonly telemetry: Telemetry;
  readonly fetch: Fetch;
};

/** By what replicas share the account's quota, and what the names of its keys begin with. */
export type SharedQuota = { readonly link: Link; readonly accountPrefix: string };

/** What is known of the upstream now. */
export type UpstreamState = { readonly quota: BudgetState; readonly drift: readonly DriftEntry[] };

/** Joins the rooms of Kore.ai: credential, client, budget, and the source that reading asks. */
export function createUpstream(
  config: Config,
  { clock, random, telemetry }: Surroundings,
  reports: Reports,
  turns: Turns,
  shared: SharedQuota | null,
): { source: PageSource; state: () => UpstreamState; close: () => Promise<void> } {
  const credential = createCredential(credentialSettings(config), clock, randomUUID, reports.skew);
  const client = createClient(clientSettings(config), credential, { clock, turns });
  const window = openWindow(config, shared, clock, telemetry);
  const budget = createBudget(budgetSettings(config), window, clock);
  watchBudget(telemetry.registry, budget.state);
  const drift = createDrift({ entriesMax: config.KORE_DRIFT_ENTRIES_MAX, now: clock.now, onFirst: reports.drift });
  watchDrift(telemetry.registry, drift.entries);
  const source = createKoreSource({
    client,
    budget,
    drift,
    clock,
    random,
    tracing: telemetry.tracing,
    request: { windowEnd: config.KORE_WINDOW_END, belowThresholdForm: config.KORE_BELOW_THRESHOLD_FORM },
    retry: retrySettings(config),
    onCall: reports.call,
  });
  return {
    source,
    state: () => ({ quota: budget.state(), drift: drift.entries() }),
    async close() {
      await client.close();
      await window.close();
    },
  };
}

/** The window of calls that all replicas share; that of a process which is alone is its own. */
function openWindow(
  config: Config,
  shared: SharedQuota | null,
  clock: Clock,
  { log, registry }: Telemetry,
): CallWindow {
  const settings = windowSettings(config);
  if (shared === null) return createOwnWindow(settings, clock);
  const window = createSharedWindow({
    ...shared,
    clock,
    log,
    random: randomUUID,
    settings: {
      ...settings,
      keyPrefix: `${shared.accountPrefix}:window`,
      attemptMs: config.KORE_ATTEMPT_TIMEOUT_MS + attemptReserveMs,
      lapseMs: config.REPLICA_LAPSE_MS,
      forgottenMs: config.REPLICA_FORGOTTEN_MS,
      replicasExpected: config.REPLICAS_EXPECTED,
      place: placeOf(config.HOST, config.PORT),
    },
    createOwnWindow: (callsMax) => createOwnWindow({ ...settings, callsMax }, clock),
  });
  watchReplicas(registry, window.replicaCount);
  return window;
}

/** What an attempt takes beside its call, at most. */
const attemptReserveMs = 1_000;

function credentialSettings(config: Config): CredentialSettings {
  return {
    clientId: config.KORE_CLIENT_ID,
    clientSecret: config.KORE_CLIENT_SECRET,
    algorithm: config.KORE_JWT_ALGORITHM,
    isSingleUse: config.KORE_JTI,
    lifetimeSeconds: config.KORE_JWT_LIFETIME_SECONDS,
  };
}

function budgetSettings(config: Config): BudgetSettings {
  return {
    windowMs: config.QUOTA_WINDOW_MS,
    inFlightMax: config.KORE_CALLS_IN_FLIGHT_MAX,
    queueMax: config.KORE_CALLS_QUEUED_MAX,
    queuedPerCallerMax: config.KORE_CALLS_QUEUED_PER_CALLER_MAX,
  };
}

function windowSettings(config: Config): WindowSettings {
  return {
    callsMax: config.KORE_CALLS_PER_MINUTE - config.KORE_CALLS_RESERVED,
    windowMs: config.QUOTA_WINDOW_MS,
    keptForDirect: config.KORE_CALLS_KEPT_FOR_LISTS,
  };
}

function retrySettings(config: Config): KoreParts['retry'] {
  return {
    attemptsMax: config.KORE_ATTEMPTS_MAX,
    waitMsMin: config.KORE_RETRY_WAIT_MS_MIN,
    waitMsMax: config.KORE_RETRY_WAIT_MS_MAX,
    retryReserve: config.KORE_RETRY_RESERVE,
  };
}

function clientSettings(config: Config): ClientSettings {
  return {
    origin: new URL(config.KORE_BASE_URL).origin,
    accountId: config.KORE_ACCOUNT_ID,
    orgId: config.KORE_ORG_ID,
    streamId: config.KORE_STREAM_ID,
    connectionsMax: config.KORE_CALLS_IN_FLIGHT_MAX,
    attemptTimeoutMs: config.KORE_ATTEMPT_TIMEOUT_MS,
    connectTimeoutMs: config.KORE_CONNECT_TIMEOUT_MS,
    headersTimeoutMs: config.KORE_HEADERS_TIMEOUT_MS,
    bodyIdleTimeoutMs: config.KORE_BODY_IDLE_TIMEOUT_MS,
    bodyBytesMax: config.KORE_BODY_BYTES_MAX,
  };
}
