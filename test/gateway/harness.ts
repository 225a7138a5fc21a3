import { setTimeout as delay } from 'node:timers/promises';
import { type Config, readConfig } from '../../src/config.ts';
import { type RunningGateway, startGateway } from '../../src/gateway.ts';
import { createTelemetry } from '../../src/telemetry.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { environmentOf } from './environment.ts';

/** A running gateway over a simulator, with what a test looks at. */
export type GatewayUnderTest = RunningGateway & {
  query(query: string, variables?: object, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** The same with a bearer token: `test/issuer` makes them, and its settings have a gateway ask for them. */
  queryAs(
    token: string,
    query: string,
    variables?: object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** Every line that it logged so far. */
  readonly logLines: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
};

export type Answer = {
  readonly status: number;
  readonly data: Readonly<Record<string, Connection | null>> | null | undefined;
  readonly errors?: readonly ClientError[];
};

export type ClientError = {
  readonly message: string;
  readonly path?: readonly string[];
  readonly extensions: {
    readonly code: string;
    readonly reason?: string;
    readonly retryable: boolean;
    readonly requestId: string;
    readonly retryAfterSeconds?: number;
  };
};

/** The parts of a connection that tests ask for. */
export type Connection = {
  readonly edges: readonly {
    readonly cursor: string;
    readonly node: { readonly id: string; readonly conversationId: string };
  }[];
  readonly nodes: readonly { readonly conversationId: string; readonly [field: string]: unknown }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number | null;
  readonly window: { readonly from: string; readonly until: string };
  readonly coverage: { readonly complete: boolean; readonly [field: string]: unknown };
};

/** The settings of a gateway over this simulator: an ample quota, unless the test is about it. */
export function settingsFor(
  kore: Pick<Simulator, 'url' | 'account'>,
  settings: Readonly<Record<string, string>> = {},
): Config {
  const result = readConfig({
    PORT: '0',
    LOG_LEVEL: 'info',
    ...environmentOf(kore),
    KORE_CALLS_PER_MINUTE: '1000000',
    // The loop is the test's too, and a test may keep it busy.
    LOOP_LATE_MS_MAX: '60000',
    OPERATION_BEGIN_WITHIN_MS: '60000',
    ...settings,
  });
  if (result.kind === 'problems') throw new Error(JSON.stringify(result.problems));
  return result.config;
}

/** Starts a whole gateway in this process, on a free port, talking HTTP to the simulator. `now` is the wall clock, in milliseconds. */
export async function startTestGateway(
  kore: Pick<Simulator, 'url' | 'account'>,
  {
    settings = {},
    now = Date.now,
  }: { readonly settings?: Readonly<Record<string, string>>; readonly now?: () => number } = {},
): Promise<GatewayUnderTest> {
  const logLines: string[] = [];
  const config = settingsFor(kore, settings);
  const telemetry = createTelemetry({ level: config.LOG_LEVEL, write: (line) => logLines.push(line) });
  const gateway = await startGateway(config, {
    clock: { now, elapsed: () => performance.now(), wait: (waitMs, signal) => delay(waitMs, undefined, { signal }) },
    random: Math.random,
    fetch,
    telemetry,
  });
  return {
    ...gateway,
    logLines,
    query: (query, variables, headers) => post(gateway.url, { query, variables }, headers),
    queryAs: (token, query, variables, headers) =>
      post(gateway.url, { query, variables }, { authorization: `Bearer ${token}`, ...headers }),
    async [Symbol.asyncDispose]() {
      await gateway.close();
      // Node holds the figures of its own garbage collection as long as the process lives, and by them all others, and what these look at.
      telemetry.registry.clear();
    },
  };
}

async function post(url: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
}

/** The connection of an answer that must have it and no error. */
export function connectionOf(answer: Answer, field = 'conversations'): Connection {
  const connection = answer.data?.[field];
  if (connection === null || connection === undefined || answer.errors !== undefined) {
    throw new Error(`no ${field} in ${JSON.stringify(answer).slice(0, 2000)}`);
  }
  return connection;
}

/** What /metrics says of these names, labels and all, at one moment; NaN of one that isn't there. */
export async function figures(
  { url }: Pick<GatewayUnderTest, 'url'>,
  ...names: readonly string[]
): Promise<readonly number[]> {
  const lines = (await (await fetch(`${url}/metrics`)).text()).split('\n');
  return names.map((name) => Number(lines.find((each) => each.startsWith(`${name} `))?.split(' ')[1]));
}

/** The same of one name. */
export async function figure(gateway: Pick<GatewayUnderTest, 'url'>, name: string): Promise<number> {
  const [value = Number.NaN] = await figures(gateway, name);
  return value;
}
