import type { ClientError, GatewayUnderTest } from './harness.ts';
import { type Claims, tokenFor } from './tokens.ts';

/** An answer with all of its parts. */
export type Answer = {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly ClientError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
};

/** Somebody with every right. */
export const operator: Claims = {
  sub: 'operator',
  roles: ['all-conversations', 'auditors', 'custom-fields', 'introspection', 'upstream'],
};

/** Asks as somebody; `nowMs` is the gateway's clock. */
export async function askAs(
  { url, nowMs }: Pick<GatewayUnderTest, 'url'> & { readonly nowMs: number },
  claims: Claims,
  query: string,
  {
    variables = {},
    headers = {},
  }: { readonly variables?: object; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const authorization = `Bearer ${await tokenFor(claims, nowMs)}`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization, ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
}
