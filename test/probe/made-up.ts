import { type Ask, bodyOf } from '../../scripts/probe/ask.ts';
import { type Study, usualAsk } from '../../scripts/probe/opening.ts';
import type { Received } from '../../scripts/probe/reply.ts';
import type { Sender } from '../../scripts/probe/sender.ts';
import { createTalk, isPage } from '../../scripts/probe/talk.ts';
import { createDrift } from '../../src/kore/drift.ts';
import type { Clock } from '../../src/model/ports.ts';
import { configFor, nowMs } from './tenant.ts';

/** Numbers of the rows that a call gets, and how many there are; null refuses it. For what the simulator has no switch for. */
export type List = (ask: Ask, callIndex: number) => { readonly rows: readonly number[]; readonly total: number } | null;

const refusal = JSON.stringify({ errors: [{ msg: 'Validation errors/ Invalid arguments', code: 412 }] });

/** A sender that nobody is behind. `onSend` is told of each call. */
export function senderOf(list: List, onSend: () => void = () => undefined): Sender {
  let callIndex = 0;
  return {
    send: async (ask): Promise<Received> => {
      onSend();
      bodyOf(ask);
      const answer = list(ask, callIndex++);
      const text = answer === null ? refusal : spell(ask, answer);
      const status = answer === null ? 412 : 200;
      return { status, headers: {}, text, byteCount: text.length, tookMs: 1, atMs: nowMs, isTooLarge: false };
    },
    close: async () => undefined,
  };
}

function spell(ask: Ask, { rows, total }: NonNullable<ReturnType<List>>): string {
  const results = rows.map((row) => ({ conversationId: `c-${row}`, Agents: [], Queues: [], Metrics: [] }));
  return JSON.stringify({ results, totalResults: total, hasMore: ask.offset + rows.length < total });
}

const stillClock: Clock = { now: () => nowMs, elapsed: () => 0, wait: async () => undefined };

/** Deviations that nobody looks at. */
export const anyDrift = () => createDrift({ entriesMax: 100, now: () => nowMs, onFirst: () => undefined });

/** A study whose first page has been read, of a list that is made up. */
export async function studyOf(list: List): Promise<Study> {
  const talk = createTalk(senderOf(list), anyDrift(), stillClock, {
    usual: usualAsk(nowMs, null),
    callsMax: 30,
    pace: { callsMax: 100, windowMs: 1 },
  });
  const whole = await talk.ask({});
  if (!isPage(whole)) throw new Error('the first page is refused');
  const account = { accountId: 'a', orgId: 'o', streamId: 's', clientId: 'c', clientSecret: 'secret' };
  const config = configFor({ url: 'http://127.0.0.1:1', account });
  return { talk, whole, config, nowMs, isGiven: false, isCoarse: false, changes: [] };
}

/** The places [from, from + limit) of a list, as far as it goes. */
export function placesFrom(from: number, limit: number, total: number): readonly number[] {
  return Array.from({ length: Math.max(0, Math.min(limit, total - from)) }, (_, index) => from + index);
}
