import { randomUUID } from 'node:crypto';
import type { Config } from './config.ts';
import type { Surroundings } from './gateway.ts';
import { createBudget } from './kore/budget.ts';
import { type ClientSettings, createClient } from './kore/client.ts';
import { createCredential } from './kore/credential.ts';
import { createDrift } from './kore/drift.ts';
import { createKoreSource } from './kore/source.ts';
import type { PageSource } from './reading/source.ts';
import { watchBudget } from './telemetry.ts';

/** Joins the rooms of Kore.ai: credential, client, budget, and the source that reading asks. */
export function createUpstream(
  config: Config,
  { clock, random, telemetry }: Surroundings,
): { source: PageSource; close: () => Promise<void> } {
  const credential = createCredential(
    {
      clientId: config.KORE_CLIENT_ID,
      clientSecret: config.KORE_CLIENT_SECRET,
      algorithm: config.KORE_JWT_ALGORITHM,
      isSingleUse: config.KORE_JTI,
      lifetimeSeconds: config.KORE_JWT_LIFETIME_SECONDS,
    },
    clock,
    randomUUID,
  );
  const client = createClient(clientSettings(config), credential, clock);
  const budget = createBudget(
    {
      callsMax: config.KORE_CALLS_PER_MINUTE - config.KORE_CALLS_RESERVED,
      windowMs: config.QUOTA_WINDOW_MS,
      inFlightMax: config.KORE_CALLS_IN_FLIGHT_MAX,
      queueMax: config.KORE_CALLS_QUEUED_MAX,
    },
    clock,
  );
  watchBudget(telemetry.registry, budget.state);
  const drift = createDrift({
    entriesMax: config.KORE_DRIFT_ENTRIES_MAX,
    now: clock.now,
    onFirst: ({ path, kind }) => {
      telemetry.drift.inc({ path, kind });
      telemetry.log.warn({ path, kind }, 'the wire has drifted');
    },
  });
  const source = createKoreSource({
    client,
    budget,
    drift,
    clock,
    random,
    request: { windowEnd: config.KORE_WINDOW_END, belowThresholdForm: config.KORE_BELOW_THRESHOLD_FORM },
    retry: {
      attemptsMax: config.KORE_ATTEMPTS_MAX,
      waitMsMin: config.KORE_RETRY_WAIT_MS_MIN,
      waitMsMax: config.KORE_RETRY_WAIT_MS_MAX,
      retryReserve: config.KORE_RETRY_RESERVE,
    },
    onCall: (report) => {
      telemetry.calls.inc({ outcome: report.outcome });
      telemetry.callSeconds.observe(report.tookMs / 1000);
      telemetry.log.info(report, 'call');
    },
  });
  return { source, close: client.close };
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
