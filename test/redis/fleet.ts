import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect } from 'vitest';
import { sayFigures } from '../figures.ts';
import { environmentOf } from '../gateway/environment.ts';
import type { SimulatedCall } from '../simulator/calls.ts';
import type { Simulator } from '../simulator/simulator.ts';

/** One gateway as an operator runs it: a process of its own. */
export type GatewayProcess = {
  readonly url: string;
  readonly child: ChildProcess;
  ask(query: string, caller?: string): Promise<FleetAnswer>;
  /** As a machine that goes. */
  kill(): Promise<void>;
};

export type FleetAnswer = {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string; readonly retryAfterSeconds?: number } }[];
};

/** Several gateways over one account and one store; `await using` ends them. */
export type Fleet = {
  readonly gateways: readonly GatewayProcess[];
  [Symbol.asyncDispose](): Promise<void>;
};

/** Starts gateways; ends when all are ready. */
export async function startFleet(
  kore: Pick<Simulator, 'url' | 'account'>,
  count: number,
  settings: Readonly<Record<string, string>>,
): Promise<Fleet> {
  const gateways = await Promise.all(Array.from({ length: count }, () => startProcess(kore, settings)));
  return {
    gateways,
    async [Symbol.asyncDispose]() {
      await Promise.all(gateways.map((gateway) => gateway.kill()));
    },
  };
}

async function startProcess(
  { url: koreUrl, account }: Pick<Simulator, 'url' | 'account'>,
  settings: Readonly<Record<string, string>>,
): Promise<GatewayProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'] ?? '',
      // More than one machine answers at once, from one address.
      OPERATIONS_IN_FLIGHT_MAX: '10000',
      OPERATION_BEGIN_WITHIN_MS: '60000',
      LOOP_LATE_MS_MAX: '60000',
      PORT: '0',
      ...environmentOf({ url: koreUrl, account }),
      ...settings,
    },
  });
  const url = await readyUrl(child);
  return {
    url,
    child,
    async ask(query, caller = 'one') {
      const headers = { 'content-type': 'application/json', 'apollographql-client-name': caller };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
      return (await response.json()) as FleetAnswer;
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function readyUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, url } = JSON.parse(line) as { msg: string; url?: string };
    if (msg !== 'ready' || url === undefined) continue;
    child.stdout.resume();
    return url;
  }
  throw new Error('the program ended before it was ready');
}

/** The most calls that arrived in any span of this length. */
export function mostInAnyWindow(calls: readonly Pick<SimulatedCall, 'at'>[], windowMs: number): number {
  const times = calls.map(({ at }) => at).sort((one, other) => one - other);
  let [most, first] = [0, 0];
  for (const [last, at] of times.entries()) {
    while (windowMs <= at - (times[first] ?? at)) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** What was asked for more than once, and when, in milliseconds since the first call. */
export function duplicatesOf(calls: readonly Pick<SimulatedCall, 'at' | 'body' | 'outcome'>[]): readonly object[] {
  const [first] = calls;
  const byBody = Map.groupBy(calls, ({ body }) => JSON.stringify(body));
  return [...byBody.values()]
    .filter(({ length }) => length > 1)
    .flatMap((alike) => alike.map(({ at, body, outcome }) => ({ body, outcome, at: at - (first?.at ?? at) })));
}

/** How equal shares are, by Jain: 1 is equal, 1/n is all to one. */
function fairnessOf(shares: readonly number[]): number {
  const sum = shares.reduce((all, share) => all + share, 0);
  const squares = shares.reduce((all, share) => all + share * share, 0);
  return squares === 0 ? 1 : (sum * sum) / (shares.length * squares);
}

/** One gateway after the other. */
export function gatewayOf({ gateways }: Fleet, at: number): GatewayProcess {
  const gateway = gateways[at % gateways.length];
  if (gateway === undefined) throw new Error('no gateway');
  return gateway;
}

const secondMs = 1_000;

/** A list that nobody else asks for: one call. */
export function listOf(index: number): string {
  const from = Date.parse('2026-03-02T00:00:00Z') + index * secondMs;
  const [begin, end] = [from, from + 600 * secondMs].map((ms) => new Date(ms).toISOString());
  return `{ conversations(window: { from: "${begin}", until: "${end}" }, first: 5) { totalCount nodes { conversationId } } }`;
}

/** A day that all callers share: a list of 250 rows, three calls. */
export const commonDay = 'window: { from: "2026-03-05T00:00:00Z", until: "2026-03-06T00:00:00Z" }';
export const common = `{ conversations(${commonDay}, first: 300) { totalCount nodes { conversationId } } }`;
const commonCalls = 3;

const callerCount = 200;
/** Lists that each caller alone asks for. */
const ownEach = 2;

/**
 * Two hundred callers ask at once, each one question after the other, at one replica after the other. Each is answered, and no call is made twice. Tells how equal their
 * shares of the first half of all answers were, and how many calls arrived at most in a window; and prints both.
 */
export async function askByAll(
  fleet: Fleet,
  kore: Pick<Simulator, 'calls'>,
  windowMs: number,
): Promise<{ readonly fairness: number; readonly most: number }> {
  const answeredBy: number[] = [];
  const callers = Array.from({ length: callerCount }, async (_, caller) => {
    for (let each = 0; each <= ownEach; each++) {
      const question = each === 1 ? common : listOf(caller * (ownEach + 1) + each);
      const { data, errors } = await gatewayOf(fleet, caller + each).ask(question, `caller ${caller}`);
      expect(errors).toBeUndefined();
      expect(data).toBeTruthy();
      answeredBy.push(caller);
    }
  });
  await Promise.all(callers);
  expect(duplicatesOf(kore.calls)).toEqual([]);
  expect(kore.calls.length).toBe(callerCount * ownEach + commonCalls);
  const shares = Array.from({ length: callerCount }, () => 0);
  for (const caller of answeredBy.slice(0, answeredBy.length / 2)) shares[caller] = (shares[caller] ?? 0) + 1;
  const [fairness, most] = [fairnessOf(shares), mostInAnyWindow(kore.calls, windowMs)];
  sayFigures('fleet', { callers: callerCount, fairness, mostInWindow: most });
  return { fairness, most };
}
