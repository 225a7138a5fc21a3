import { type ExecutionResult, execute, Kind, parse, validate } from 'graphql';
import { createDirectory } from '../../src/directory.ts';
import { Failure } from '../../src/errors.ts';
import { type Context, preparedOf } from '../../src/graphql/context.ts';
import type { DriftModel } from '../../src/graphql/models.ts';
import { createOperations, type OperationLimits } from '../../src/graphql/operations.ts';
import { buildSchema } from '../../src/graphql/schema.ts';
import { rights } from '../../src/model/access.ts';
import { createCalendar } from '../../src/model/calendar.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { createCursors } from '../../src/paging/cursor.ts';
import { createSeal } from '../../src/paging/seal.ts';
import { createTracing } from '../../src/tracing.ts';
import { createReadings, type Readings, type StreamState } from './readings.ts';

const schema = buildSchema();

export const limits: OperationLimits = {
  windowDaysMax: 92,
  windowDaysDefault: 7,
  pageSizeMax: 500,
  pageSizeDefault: 25,
  listItemsMax: 250,
  filterDepthMax: 6,
  filtersMax: 250,
  filtersPerOperationMax: 1_000,
  filterTextLengthMax: 1_000,
  nodeIdsMax: 250,
  representationsMax: 100,
  breakdownGroupsMax: 5_000,
  programBytesMax: 1_000_000,
  keptBytesMax: 1_000_000,
  callsPerOperationMax: 100,
  rowsPerOperationMax: 10_000,
  valuesPerOperationMax: 100_000,
  slicesPerOperationMax: 40_000,
};

/** The second day of March 2026 in UTC, and the window of five days that the tests ask about. */
export const firstDay = Date.parse('2026-03-02T00:00:00Z') / 1000;
export const dayLength = 86_400;
export const dayCount = 5;
export const window = `window: { from: "2026-03-02T00:00:00Z", until: "2026-03-07T00:00:00Z" }`;
export const nowMs = Date.parse('2026-03-06T12:00:00Z');

export type Told = { readonly path: string; readonly code: string; readonly reason?: string | undefined };

export type Answered = {
  readonly data: Readonly<Record<string, unknown>> | null;
  /** Failures that fields ended with. */
  readonly errors: readonly Told[];
  readonly readings: Readings;
};

/** Runs an operation over a stream in memory: everything but HTTP and the upstream is the gateway's own. */
export async function ask(
  query: string,
  state: StreamState,
  {
    variables = {},
    bounds = {},
    drift = [],
  }: { variables?: Record<string, unknown>; bounds?: Partial<OperationLimits>; drift?: readonly DriftModel[] } = {},
): Promise<Answered> {
  const document = parse(query);
  const faults = validate(schema, document);
  if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join('\n'));
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('no operation');
  const calendar = createCalendar(state.timeZone ?? 'UTC');
  const readings = createReadings(state, calendar);
  const directory = createDirectory({ idsMax: 1_000 });
  readings.onRows = (rows, from) => directory.learn(tableOf(rows), from);
  const operations = createOperations({
    schema,
    upstream: () => ({ quota: { callsMax: 60, remaining: 60, queuedCalls: 0, resetAt: null }, drift }),
    beginOperation: () => readings.operation,
    beginPlan: () => {
      throw new Error('nothing is planned here');
    },
    namesOf: () => directory,
    cursors: createCursors(createSeal(['a secret of sixteen']), 'scope'),
    calendar,
    clock: { now: () => nowMs },
    turns: { share: async () => {} },
    tracing: createTracing(),
    limits: { ...limits, ...bounds },
  });
  const context: Context = operations.createContext('request-1', {
    patience: { signal: new AbortController().signal, deadlineAt: () => Number.POSITIVE_INFINITY },
    isAfresh: false,
    isTraced: false,
    isPlanned: false,
    isOfRouter: false,
    caller: { id: 'desk', rights: new Set(rights), sight: null },
  });
  operations.prepare(context, { document, operation, variables });
  const result: ExecutionResult = await execute({ schema, document, contextValue: context, variableValues: variables });
  await preparedOf(context).reads.settled();
  return { data: result.data ?? null, errors: (result.errors ?? []).map(toldOf), readings };
}

function toldOf({ path, originalError, message }: NonNullable<ExecutionResult['errors']>[number]): Told {
  if (!(originalError instanceof Failure)) throw originalError ?? new Error(message);
  return { path: path?.join('.') ?? '', code: originalError.code, reason: originalError.reason };
}

/** What an operation that must not fail answers. */
export async function answer(...args: Parameters<typeof ask>): Promise<Readonly<Record<string, unknown>>> {
  const { data, errors } = await ask(...args);
  if (data === null || errors.length > 0) throw new Error(JSON.stringify(errors));
  return JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
}
