import { Agent } from 'node:http';
import { type Chance, chanceOf } from '../chance.ts';
import { sayFigures } from '../figures.ts';
import type { Planted } from './canaries.ts';
import { exchange, isKnownCode, type Letter, type Reply } from './letter.ts';

/** One request of chance. */
export type Case = Letter;

/** How many requests are under way at once, each on a connection that is kept. */
const lanes = 8;

/** What was found wrong, with the seed that repeats it, and how often each status came. */
export type Found = { readonly wrong: readonly string[]; readonly statuses: Readonly<Record<string, number>> };

/** Sends so many requests of chance, each made of a seed of its own, and judges every answer. */
export async function fuzz(
  planted: Pick<Planted, 'gateway' | 'secrets'>,
  { count, seed, make }: { readonly count: number; readonly seed: number; readonly make: (chance: Chance) => Case },
): Promise<Found> {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const wrong: string[] = [];
  const statuses: Record<string, number> = {};
  let sent = 0;
  const lane = async (): Promise<void> => {
    while (sent < count && wrong.length < 5) {
      const own = seed + sent;
      sent += 1;
      const asked = make(chanceOf(own));
      const reply = await exchange(planted.gateway.url, measured(asked), agent).catch((error: unknown) =>
        String(error),
      );
      const problem = typeof reply === 'string' ? reply : problemOf(asked, reply, planted.secrets);
      const key = typeof reply === 'string' ? 'none' : String(reply.status);
      statuses[key] = (statuses[key] ?? 0) + 1;
      if (problem !== null) wrong.push(`seed ${own}: ${problem}: ${JSON.stringify(asked).slice(0, 1_500)}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  agent.destroy();
  sayFigures('fuzz', { cases: sent, seed, ...statuses });
  return { wrong, statuses };
}

/** Node says nothing of a body that it doesn't expect of a method. */
function measured({ headers, ...asked }: Case): Case {
  const length = asked.body === undefined ? {} : { 'content-length': Buffer.byteLength(asked.body) };
  return { ...asked, headers: { ...headers, ...length } };
}

/** What is wrong with an answer; null: nothing. */
function problemOf({ method }: Case, { status, headers, text }: Reply, secrets: RegExp): string | null {
  if (500 <= status) return `status ${status}`;
  if (secrets.test(text) || secrets.test(JSON.stringify(headers))) return `gives away a secret: ${text.slice(0, 300)}`;
  // Neither has a body.
  if (method === 'HEAD' || status === 204) return null;
  const type = String(headers['content-type']);
  if (!/^application\/(graphql-response\+)?json; charset=utf-8$/.test(type)) return `content-type ${type}, ${status}`;
  return shapeProblem(text, status);
}

function shapeProblem(text: string, status: number): string | null {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return `no JSON: ${text.slice(0, 300)}`;
  }
  if (typeof answer !== 'object' || answer === null) return `no object: ${text.slice(0, 300)}`;
  const { data, errors } = answer as { readonly data?: unknown; readonly errors?: unknown };
  if (data === undefined && errors === undefined) return `neither data nor errors: ${text.slice(0, 300)}`;
  if (400 <= status && errors === undefined) return `status ${status} without errors`;
  if (errors === undefined) return null;
  if (!Array.isArray(errors) || errors.length === 0) return 'errors that are none';
  return errors.map(errorProblem).find((problem) => problem !== null) ?? null;
}

function errorProblem(error: unknown): string | null {
  const { message, extensions } = error as {
    readonly message?: unknown;
    readonly extensions?: Record<string, unknown>;
  };
  const code = extensions?.['code'];
  if (typeof message !== 'string' || typeof extensions?.['requestId'] !== 'string') return 'an error without a shape';
  if (code === 'INTERNAL_SERVER_ERROR') return 'a bug';
  if (!isKnownCode(code)) return `a code of nobody: ${String(code)}`;
  return /Did you mean|call stack/.test(message) ? `a message that says too much: ${message}` : null;
}
