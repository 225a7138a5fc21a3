import { expect } from 'vitest';
import { type Answer, type ClientError, type GatewayUnderTest, startTestGateway } from '../gateway/harness.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/simulator.ts';
import { timed } from '../timed.ts';
import { day, summaryOf, truthOf } from './truth.ts';

/** An upstream that lies, and a whole gateway over it by HTTP: what each fault of docs/attacks.md is tried on. */
export type Stand = {
  readonly kore: Simulator;
  readonly gateway: GatewayUnderTest;
  /** Asks, and expects an answer by the deadline and 100 ms. */
  ask(query: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type StandOptions = SimulatorOptions & {
  readonly settings?: Readonly<Record<string, string>>;
  /** The gateway's wall clock. */
  readonly gatewayNow?: () => number;
};

/** What a deadline may be passed by. */
const overtimeMs = 100;

/** Short times, for faults that take time: three attempts end before the deadline. */
export const briefly: Readonly<Record<string, string>> = {
  OPERATION_DEADLINE_MS: '1300',
  OPERATION_ANSWER_RESERVE_MS: '100',
  KORE_ATTEMPT_TIMEOUT_MS: '300',
};

/** Enough time for whatever isn't about time, on a busy machine too; but nobody waits long before asking again. */
const usual: Readonly<Record<string, string>> = {
  OPERATION_DEADLINE_MS: '10000',
  KORE_RETRY_WAIT_MS_MIN: '1',
  KORE_RETRY_WAIT_MS_MAX: '5',
};

export const fromMs = Date.parse(`${day}T00:00:00Z`);

/** A day of 130 conversations, so that a list and a scan take two pages each; the day after is there too. */
export async function openStand({ settings = {}, gatewayNow, ...options }: StandOptions = {}): Promise<Stand> {
  const switches = { quotaLimit: 0, ...options.switches };
  const kore = await startSimulator({ conversationsPerDay: 130, ...options, switches });
  const clock = gatewayNow === undefined ? {} : { now: gatewayNow };
  const all = { ...usual, ...settings };
  const gateway = await startTestGateway(kore, { settings: all, ...clock });
  const limitMs = Number(all['OPERATION_DEADLINE_MS']) + overtimeMs;
  return {
    kore,
    gateway,
    async ask(query, headers) {
      const { value, isInTime } = await timed(limitMs, () => gateway.query(query, undefined, headers));
      expect(isInTime, `an answer within ${limitMs} ms to ${query}`).toBe(true);
      return value;
    },
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await kore[Symbol.asyncDispose]();
    },
  };
}

/** The list is whole, says so, and has the upstream's rows in their order, each once. */
export function expectWholeList(stand: Stand, answer: Answer, date = day): void {
  const { ids } = truthOf(stand.kore, date);
  expect(answer.errors, JSON.stringify(answer.errors)).toBeUndefined();
  const list = answer.data?.['conversations'];
  expect(list?.nodes.map(({ conversationId }) => conversationId)).toEqual(ids);
  expect([list?.totalCount, list?.coverage.complete, list?.pageInfo.hasNextPage]).toEqual([ids.length, true, false]);
}

/** The same of a list that comes in whatever order, for the upstream has none. */
export function expectAllRows(stand: Stand, answer: Answer, date = day): void {
  const { ids } = truthOf(stand.kore, date);
  expect(answer.errors, JSON.stringify(answer.errors)).toBeUndefined();
  const list = answer.data?.['conversations'];
  expect(list?.nodes.map(({ conversationId }) => conversationId).toSorted()).toEqual(ids.toSorted());
  expect([list?.totalCount, list?.coverage.complete]).toEqual([ids.length, true]);
}

/** Figures are whole, say so, and are those of the upstream's rows. */
export function expectWholeScan(stand: Stand, answer: Answer, date = day, dayCount = 1): void {
  const { ids, scores, average } = truthOf(stand.kore, date, dayCount);
  expect(answer.errors, JSON.stringify(answer.errors)).toBeUndefined();
  const summary = summaryOf(answer);
  expect([summary.conversationCount, summary.scoredCount]).toEqual([ids.length, scores.length]);
  expect(summary.averageScore).toBeCloseTo(average, 8);
  expect(summary.coverage.complete).toBe(true);
}

/** The one error of an answer whose only field is null for it. */
export function errorOf(answer: Answer): ClientError['extensions'] {
  expect(answer.status).toBe(200);
  expect(Object.values(answer.data ?? {})).toEqual([null]);
  expect(answer.errors, JSON.stringify(answer)).toHaveLength(1);
  const extensions = answer.errors?.[0]?.extensions;
  if (extensions === undefined) throw new Error('no error');
  return extensions;
}

/** Words that only the upstream says, or that only its account knows. */
const upstreamWords = ['canary', '10.1.2.3', 'sign in', 'Internal processing', 'eyJ', 'Scope is', 'Invalid StreamId'];
/** What only a transport says: for the operator's log, as a bare code. */
const transportWords = ['ECONN', 'UND_ERR', 'undici', 'socket hang up'];

/** Neither the answers nor the log hold a word, host, token or secret of the upstream. */
export function expectDiscreet({ kore, gateway }: Stand, ...answers: readonly Answer[]): void {
  const told = JSON.stringify(answers);
  const logged = gateway.logLines.join('');
  const secrets = [new URL(kore.url).host, ...Object.values(kore.account)];
  const tokens = kore.calls.map(({ headers }) => headers['auth'] ?? 'eyJ');
  for (const word of [...secrets, ...tokens, ...upstreamWords]) {
    expect(told).not.toContain(word);
    expect(logged).not.toContain(word);
  }
  for (const word of transportWords) expect(told).not.toContain(word);
  expect(
    gateway.logLines.filter((line) => line.includes('"msg":"bug"')),
    'no bug was met',
  ).toEqual([]);
}
