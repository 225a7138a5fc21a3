import type { OutgoingHttpHeaders } from 'node:http';
import { expect } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/simulator.ts';
import { type GatewayUnderTest, startTestGateway } from './harness.ts';
import { exchange, isKnownCode, type Letter, type Reply } from './letter.ts';

/** A request as an attacker writes it. */
export type Sent = Partial<Letter>;

export type Got = Reply & { readonly tookMs: number };

/** Refused with this status, code and reason. */
export type Attack = readonly [title: string, sent: Sent, status: number, code: string, reason?: string];

export const json = { 'content-type': 'application/json' };

/** A POST of this body. */
export function posted(body: object, headers: OutgoingHttpHeaders = json): Sent {
  return { method: 'POST', headers, body: JSON.stringify(body) };
}

/** A POST of this text, as it stands. */
export function written(body: string | Buffer, headers: OutgoingHttpHeaders = json): Sent {
  return { method: 'POST', headers, body };
}

/** A GET with these parameters. */
export function got(parameters: Readonly<Record<string, string>>, headers: OutgoingHttpHeaders = {}): Sent {
  return { method: 'GET', path: `/graphql?${new URLSearchParams(parameters)}`, headers };
}

/** Sends a request on a connection of its own. */
export async function send(url: string, { method = 'GET', path = '/graphql', headers = {}, body }: Sent): Promise<Got> {
  const began = performance.now();
  const reply = await exchange(url, { method, path, headers, body });
  return { ...reply, tookMs: performance.now() - began };
}

type Shaped = { readonly data?: unknown; readonly errors?: readonly ShapedError[] };
type ShapedError = { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> };

/** The errors of an answer that must be in the shape of GraphQL and hold nothing but codes and reasons of the closed sets. */
export function errorsOf({ text, headers }: Pick<Got, 'text' | 'headers'>): readonly ShapedError[] {
  expect(headers['content-type']).toMatch(/^application\/(graphql-response\+)?json; charset=utf-8$/);
  const { errors = [] } = JSON.parse(text) as Shaped;
  for (const { message, extensions } of errors) {
    expect(extensions['code']).not.toBe('INTERNAL_SERVER_ERROR');
    expect(isKnownCode(extensions['code'])).toBe(true);
    expect(extensions['requestId']).toBe(headers['x-request-id']);
    expect(extensions['requestId']).toMatch(/./);
    expect(message).not.toMatch(/Did you mean|call stack|node_modules|file:/);
  }
  return errors;
}

/** A gateway over a simulator that must never be asked. */
export type Target = { readonly kore: Simulator; readonly gateway: GatewayUnderTest } & AsyncDisposable;

/** Starts one for all attacks of a file. */
export async function startTarget(
  settings: Readonly<Record<string, string>> = {},
  options: SimulatorOptions = {},
): Promise<Target> {
  const kore = await startSimulator({ conversationsPerDay: 10, ...options });
  const gateway = await startTestGateway(kore, { settings });
  return {
    kore,
    gateway,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await kore[Symbol.asyncDispose]();
    },
  };
}

/** Holds that an attack is refused as it says, without data, without a call, and that the gateway lives on. */
export async function refuses({ kore, gateway }: Target, [, sent, status, code, reason]: Attack): Promise<Got> {
  const before = kore.callCount;
  const answer = await send(gateway.url, sent);
  const errors = errorsOf(answer);
  expect([answer.status, errors[0]?.extensions['code'], errors[0]?.extensions['reason']]).toEqual([
    status,
    code,
    reason,
  ]);
  const { data } = JSON.parse(answer.text) as Shaped;
  expect(Object.values(data ?? {}).filter((field) => field !== null)).toEqual([]);
  expect(kore.callCount).toBe(before);
  expect((await send(gateway.url, posted({ query: '{ __typename }' }))).text).toBe('{"data":{"__typename":"Query"}}\n');
  return answer;
}

/** The least that any of three requests takes, in milliseconds. */
export async function leastMs(url: string, sent: Sent): Promise<number> {
  const took: number[] = [];
  for (let count = 0; count < 3; count += 1) took.push((await send(url, sent)).tookMs);
  return Math.min(...took);
}
