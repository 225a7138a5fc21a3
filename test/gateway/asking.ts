import type { GatewayUnderTest } from './harness.ts';

/** Asks a question that must be answered without an error. */
export async function ask(
  gateway: Pick<GatewayUnderTest, 'query'>,
  query: string,
  variables?: object,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await gateway.query(query, variables);
  if (answer.errors !== undefined || answer.data === null || answer.data === undefined) {
    throw new Error(`no answer to ${query}: ${JSON.stringify(answer).slice(0, 2000)}`);
  }
  return answer.data;
}

/** The argument of a window of whole days in UTC, from a date on. */
export function dayWindow(date: string, dayCount = 1): string {
  const fromMs = Date.parse(`${date}T00:00:00Z`);
  const [from, until] = [fromMs, fromMs + dayCount * 86_400_000].map((ms) => new Date(ms).toISOString());
  return `window: { from: "${from}", until: "${until}" }`;
}
