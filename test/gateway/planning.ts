/** What an answer with `x-upstream-plan: 1` holds, and what one with `x-upstream-trace: 1` does. */
export type Body = {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions: Readonly<Record<string, unknown>> }[];
  readonly extensions?: { readonly upstream?: { readonly plan?: PlanBody; readonly calls?: number } };
};

export type PlanBody = {
  readonly calls: readonly {
    readonly window: { readonly from: string; readonly until: string };
    readonly offset: number | null;
    readonly limit: number;
    readonly held: boolean;
    readonly filters: { readonly contactDirection: string | null; readonly includeBelowThreshold: boolean };
  }[];
  readonly callsLeftOut: number;
  readonly least: number;
  readonly most: number | null;
  readonly unknownSlices: number;
  readonly quotaMinutes: number;
};

/** Asks over HTTP, and gives the whole answer with its status. */
export async function post(
  url: string,
  query: string,
  headers: Readonly<Record<string, string>> = {},
  variables: object = {},
): Promise<Body & { readonly status: number }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as Body) };
}

export const planHeader = { 'x-upstream-plan': '1' };

/** The plan of an operation, which must be one. */
export async function planOf(url: string, query: string, variables: object = {}): Promise<PlanBody> {
  const answer = await post(url, query, planHeader, variables);
  const plan = answer.extensions?.upstream?.plan;
  if (answer.status !== 200 || answer.data !== null || plan === undefined) {
    throw new Error(`no plan of ${query}: ${JSON.stringify(answer).slice(0, 2000)}`);
  }
  return plan;
}
