import type { Drift } from '../../src/kore/drift.ts';
import type { Clock } from '../../src/model/ports.ts';
import type { Ask } from './ask.ts';
import { type PageReply, type Reply, readReply } from './reply.ts';
import type { Sender } from './sender.ts';

/** Why no more is asked. `rate`: the upstream refused for its rate; `silent`: four calls in a row, two questions, got no answer that is one. */
export type StopReason = 'calls' | 'rate' | 'silent';

/** Thrown by a question that can't be asked any more. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(reason);
    this.reason = reason;
  }
}

/** The calls of one probe, one after another. */
export type Talk = {
  /**
   * Asks the usual question with some of it changed, and once more if the call failed: what fails by chance must not pass for a refusal.
   * Rejects with a Stop instead of sending one call too many.
   */
  ask(change: Partial<Ask>): Promise<Reply>;
  /** Changes the usual question from here on. */
  settle(change: Partial<Ask>): void;
  usual(): Ask;
  callsLeft(): number;
  readonly replies: readonly Reply[];
};

export type TalkOptions = {
  readonly usual: Ask;
  readonly callsMax: number;
  /** At most so many calls in any window of so many milliseconds, counted from their answers. */
  readonly pace: { readonly callsMax: number; readonly windowMs: number };
};

/** A talk that has said nothing yet. */
export function createTalk(sender: Sender, drift: Drift, clock: Clock, options: TalkOptions): Talk {
  const { callsMax, pace } = options;
  const replies: Reply[] = [];
  let usual = options.usual;
  let endedAt: number[] = [];
  const waitForTurn = async () => {
    const [oldest] = endedAt.slice(-pace.callsMax);
    if (oldest === undefined || endedAt.length < pace.callsMax) return;
    const waitMs = oldest + pace.windowMs - clock.elapsed();
    if (waitMs > 0) await clock.wait(waitMs, new AbortController().signal);
  };
  const askOnce = async (ask: Ask): Promise<Reply> => {
    const stop = stopReason(replies, callsMax);
    if (stop !== null) throw new Stop(stop);
    await waitForTurn();
    const reply = readReply(ask, await sender.send(ask), drift);
    endedAt = [...endedAt, clock.elapsed()].slice(-pace.callsMax);
    replies.push(reply);
    if (isRefused(reply, 'rate')) throw new Stop('rate');
    return reply;
  };
  return {
    async ask(change) {
      const ask = { ...usual, ...change };
      const first = await askOnce(ask);
      return isFailed(first) ? await askOnce(ask) : first;
    },
    settle: (change) => {
      usual = { ...usual, ...change };
    },
    usual: () => usual,
    callsLeft: () => callsMax - replies.length,
    replies,
  };
}

function stopReason(replies: readonly Reply[], callsMax: number): StopReason | null {
  if (replies.some((reply) => isRefused(reply, 'rate'))) return 'rate';
  const lastFour = replies.slice(-4);
  if (lastFour.length === 4 && lastFour.every(isFailed)) return 'silent';
  return callsMax <= replies.length ? 'calls' : null;
}

// A server may well fail over one question that it should refuse, or be too slow for it. Over two of them, it is down.
function isFailed(reply: Reply): boolean {
  return isRefused(reply, 'failed') || isRefused(reply, 'not-a-page');
}

function isRefused(reply: Reply, cause: string): boolean {
  return reply.kind === 'refused' && reply.cause === cause;
}

/** Whether a page says that its window has rows: by rows, for a total may be off by a few; by its total only where no page has rows. */
export function isFilled(page: PageReply, whole: PageReply): boolean {
  return whole.rows.length > 0 ? page.rows.length > 0 : page.total > 0;
}

/** Whether a call got a page. */
export function isPage(reply: Reply): reply is PageReply {
  return reply.kind === 'page';
}
