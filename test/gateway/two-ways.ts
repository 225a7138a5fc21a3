import { Trace } from '@apollo/usage-reporting-protobuf';
import { expect, vi } from 'vitest';
import { Output } from '../../src/graphql/executing/output.ts';
import type { GatewayUnderTest } from './harness.ts';

type Asked = {
  readonly query: string;
  readonly variables?: object;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What both ways answered. It wasn't executed where it was refused, or planned, or nothing came of it. */
export type AnsweredAlike = {
  readonly text: string;
  readonly status: number;
  readonly isExecuted: boolean;
  /** How many fields of the root are in the trace: those of introspection aren't. */
  readonly tracedFieldCount: number;
};

export const routerSecret = 'known-to-the-router-alone';
const asRouter = { 'router-authorization': routerSecret };

/**
 * Asks as the router three times: once so that what is to be read is held, then plainly, which compiled programs answer, and for a trace, which graphql-js takes. The answers
 * must be the same to the byte, but for the trace and what no two answers have alike: cursors, which are sealed with chance, and ids of requests.
 */
export async function askTwoWays(gateway: Pick<GatewayUnderTest, 'url'>, asked: Asked): Promise<AnsweredAlike> {
  await askOnce(gateway, asked, {});
  const plain = await askOnce(gateway, asked, {});
  const traced = await askOnce(gateway, asked, { 'apollo-federation-include-trace': 'ftv1' });
  expect(plain.text).not.toContain('"ftv1"');
  expect({ ...traced, isCompiled: false, text: comparable(traced.text) }).toEqual({
    ...plain,
    isCompiled: false,
    text: comparable(plain.text),
  });
  // Who executes writes, or is traced: never both.
  const isExecuted = /"data":\{/.test(plain.text);
  expect([isExecuted && !plain.isCompiled, traced.isCompiled]).toEqual([false, false]);
  expect(isExecuted && !traced.text.includes('"ftv1"')).toBe(false);
  return { text: plain.text, status: plain.status, isExecuted, tracedFieldCount: tracedFieldCount(traced.text) };
}

async function askOnce(
  { url }: Pick<GatewayUnderTest, 'url'>,
  { query, variables = {}, headers = {} }: Asked,
  more: Readonly<Record<string, string>>,
): Promise<{ readonly text: string; readonly status: number; readonly isCompiled: boolean }> {
  const written = vi.spyOn(Output.prototype, 'bytes');
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...asRouter, ...headers, ...more },
    body: JSON.stringify({ query, variables }),
  });
  // Decoded without repairing anything: bytes that are no UTF-8 are an error.
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await response.arrayBuffer());
  const isCompiled = written.mock.calls.length > 0;
  written.mockRestore();
  return { text, status: response.status, isCompiled };
}

function comparable(text: string): string {
  return (
    text
      .replaceAll(/,"ftv1":"[^"]*"|"ftv1":"[^"]*",?/g, '')
      .replace(/,"extensions":\{\}(?=\}\s*$)/, '')
      // How long it took, and which calls it made, differ each time: `x-upstream-trace` tells them.
      .replace(/"upstream":\{.*\}/, '"upstream":{}')
      .replaceAll(/"((?:start|end)?[cC]ursor)":"[^"]+"/g, '"$1":"a cursor"')
      .replaceAll(/"requestId":"[^"]+"/g, '"requestId":"something"')
  );
}

function tracedFieldCount(text: string): number {
  const [, trace] = /"ftv1":"([^"]*)"/.exec(text) ?? [];
  return trace === undefined ? 0 : (Trace.decode(Buffer.from(trace, 'base64')).root?.child?.length ?? 0);
}
