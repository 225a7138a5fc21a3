import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import { openFigures, openIntake } from './doors.ts';
import type { Context } from './graphql/context.ts';
import { createOperations, type Operations } from './graphql/operations.ts';
import { buildSchema } from './graphql/schema.ts';
import type { Caller } from './model/access.ts';
import type { Clock, Tracing } from './model/ports.ts';
import { createCursors } from './paging/cursor.ts';
import { createSeal } from './paging/seal.ts';
import { createPatience } from './patience.ts';
import { createReaders } from './readers.ts';
import { beginOperation } from './reading/operation.ts';
import { beginPlan } from './reading/planner.ts';
import type { Scope } from './redis/scope.ts';
import { createReports, type Reports } from './reports.ts';
import { createApollo } from './server/apollo.ts';
import { createApp } from './server/app.ts';
import { type Callers, createCallers } from './server/caller.ts';
import { mountGraphql } from './server/endpoint.ts';
import { watchRequests } from './server/leaving.ts';
import { createOverload, type Overload } from './server/overload.ts';
import { createRouterCheck } from './server/router.ts';
import type { Sender } from './server/sender.ts';
import { wishesOf } from './server/wishes.ts';
import { callerSettings, httpSettings, operationLimits, overloadSettings } from './settings.ts';
import { createStopping } from './stopping.ts';
import { openShared } from './stores.ts';
import { watchKeySet, watchOperations } from './telemetry.ts';
import { createTurns } from './turns.ts';
import { createUpstream, type Surroundings } from './upstream.ts';

export type RunningGateway = {
  /** Where it listens, such as http://127.0.0.1:4000. */
  readonly url: string;
  /**
   * Says at once that it isn't ready, goes on as before for so long (0 unless given), then takes no more requests, finishes those in flight, and lets go of the upstream. Calls it
   * over for what can't be finished in time.
   */
  close(noticeMs?: number): Promise<void>;
};

/** Joins every room of the house, and opens the door. */
export async function startGateway(config: Config, surroundings: Surroundings): Promise<RunningGateway> {
  const { telemetry, clock } = surroundings;
  const reports = createReports(telemetry, config);
  const { operations, closeRooms } = await joinRooms(config, surroundings, reports);
  const stopping = createStopping(config.STOP_WITHIN_MS, clock);
  // Apollo clones the context, not what is in it.
  const requests = new WeakMap<Context['operation'], object>();
  const isRouter = createRouterCheck(config.ROUTER_SECRET);
  const callers = knowCallers(config, surroundings, isRouter);
  const settings = httpSettings(config);
  const overload = watchOverload(config, surroundings, reports);
  const host = {
    isReady: () => stopping.isWelcoming() && callers.isReady() && !overload.isHeavy(),
    isClosing: stopping.isClosing,
    metrics: async () => ({ contentType: telemetry.registry.contentType, text: await telemetry.registry.metrics() }),
    ...listenersOf(reports, telemetry),
  };
  const app = createApp({ settings, ...host });
  const requestsUnderWay = watchRequests(app.server);
  const apollo = createApollo({
    operations,
    tokensMax: config.QUERY_TOKENS_MAX,
    onBug: reports.bug,
    onAnswer: (context, operationName, codes) =>
      reports.operation(requests.get(context.operation), context, operationName, codes),
  });
  await apollo.start();
  const makeContext = contextMaker(config, clock, { operations, isRouter, stopping: stopping.over });
  const doors = { intake: openIntake(config, operations, isRouter), identify: callers.identify, overload };
  await mountGraphql(app, { ...doors, apollo, reports }, settings, (request, caller, gone) => {
    const context = makeContext(request, caller, gone);
    requests.set(context.operation, request);
    return context;
  });
  const figures = await openFigures(config, host);
  await app.listen({ host: config.HOST, port: config.PORT });
  return {
    url: urlOf(app.server.address() as AddressInfo, settings.tls === null ? 'http' : 'https'),
    async close(noticeMs = 0) {
      await stopping.stop(noticeMs, app, requestsUnderWay);
      await apollo.stop();
      overload.close();
      await callers.close();
      await closeRooms();
      await figures.close();
    },
  };
}

/** Who is told of what becomes of requests. */
function listenersOf({ request, refused, bug }: Reports, { untaken }: Surroundings['telemetry']) {
  return { onRequest: request, onRefusal: refused, onUntaken: () => untaken.inc(), onBug: bug };
}

function watchOverload(config: Config, { clock, telemetry }: Surroundings, { refusal }: Reports): Overload {
  const settings = overloadSettings(config);
  const overload = createOverload({ settings, elapsed: clock.elapsed, onRefusal: refusal });
  watchOperations(telemetry.registry, overload.state);
  return overload;
}

type Asking = Sender & { readonly id: string };

/** Makes what an operation is given of the request that it comes with. */
function contextMaker(
  config: Config,
  clock: Clock,
  parts: {
    readonly operations: Operations;
    readonly isRouter: ReturnType<typeof createRouterCheck>;
    readonly stopping: AbortSignal;
  },
): (request: Asking, caller: Caller, gone: AbortSignal) => Context {
  const waitMs = Math.max(1, config.OPERATION_DEADLINE_MS - config.OPERATION_ANSWER_RESERVE_MS);
  return (request, caller, gone) => {
    const patience = createPatience(waitMs, clock, gone, parts.stopping);
    return parts.operations.createContext(request.id, {
      patience: { ...patience, caller: () => caller.id },
      caller,
      isOfRouter: parts.isRouter(request),
      ...wishesOf(request),
    });
  };
}

function knowCallers(
  config: Config,
  { clock, fetch, telemetry: { log, registry } }: Surroundings,
  isRouter: ReturnType<typeof createRouterCheck>,
): Callers {
  const callers = createCallers(callerSettings(config), { clock, fetch, log, isRouter });
  if (callers.keysAgeMs !== null) watchKeySet(registry, callers.keysAgeMs);
  return callers;
}

function urlOf({ address, port, family }: AddressInfo, scheme: 'http' | 'https'): string {
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** The rooms between the door and the upstream. */
async function joinRooms(
  config: Config,
  surroundings: Surroundings,
  reports: Reports,
): Promise<{ operations: Operations; closeRooms: () => Promise<void> }> {
  const { clock, telemetry } = surroundings;
  const scope = scopeOf(config);
  const shared = await openShared(config, scope, clock, telemetry);
  const turns = createTurns(clock);
  const { source, state, close } = createUpstream(config, surroundings, reports, turns, shared);
  const readers = await createReaders(config, {
    source,
    clock,
    log: telemetry.log,
    tracing: telemetry.tracing,
    turns,
    onUnproven: reports.unproven,
    scope,
    shared,
  });
  const secrets = config.CURSOR_SECRET.length === 0 ? [config.KORE_CLIENT_SECRET] : config.CURSOR_SECRET;
  const operations = createOperations({
    schema: buildSchema(),
    beginOperation: (options) => beginOperation(readers.reading, options),
    beginPlan: (options, foreseen) => beginPlan(readers.reading, options, foreseen),
    calendar: readers.reading.calendar,
    clock,
    namesOf: readers.namesOf,
    upstream: state,
    tracing: telemetry.tracing,
    cursors: createCursors(createSeal(secrets), scope.whole),
    turns,
    limits: operationLimits(config),
  });
  return {
    operations,
    async closeRooms() {
      await readers.close();
      await close();
      await shared?.close();
      await handOver(telemetry.tracing, clock);
    },
  };
}

/** The last spans are worth a moment and no more: who takes them may be gone. */
async function handOver(tracing: Tracing, clock: Clock): Promise<void> {
  const done = new AbortController();
  const late = clock.wait(handOverMsMax, done.signal).catch(() => undefined);
  await Promise.race([tracing.flush(), late]);
  done.abort();
}

const handOverMsMax = 2_000;

function scopeOf(config: Config): Scope {
  const account = [new URL(config.KORE_BASE_URL).origin, config.KORE_ACCOUNT_ID];
  const whole = [config.KORE_ACCOUNT_ID, config.KORE_ORG_ID, config.KORE_STREAM_ID, config.KORE_CLIENT_ID];
  return { account: JSON.stringify(account), whole: JSON.stringify(whole) };
}
