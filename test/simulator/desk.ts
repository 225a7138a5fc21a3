import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Account, type Headers, makeDoorkeeper } from './auth.ts';
import type { CallEntry, CallLog } from './calls.ts';
import { type Exchange, makeExchange, waitMs } from './exchange.ts';
import type { Fault, FaultQueue } from './faults.ts';
import { share } from './hash.ts';
import { answerQuestion } from './page.ts';
import { makeQuota } from './quota.ts';
import { type Answer, type Refusal, spellRefusal } from './refusal.ts';
import { readQuestion } from './request.ts';
import { sendAnswer, sendCompressed } from './send.ts';
import type { World } from './world.ts';

/** What a desk works with. `beforeCall` is asked anew for each call. */
export type DeskOptions = {
  readonly world: World;
  readonly account: Account;
  readonly log: CallLog;
  readonly faults: FaultQueue;
  readonly now: () => number;
  readonly beforeCall: () => ((callIndex: number) => void) | null;
};

/** Where scorereporting calls are answered: credentials, quota, body, page, in that order; then delay, fault, answer. */
export type Desk = (
  request: IncomingMessage,
  response: ServerResponse,
  streamId: string,
  body: string,
) => Promise<void>;

/** A desk with an empty quota and no token seen. */
export function makeDesk(options: DeskOptions): Desk {
  const { log, faults, world, now } = options;
  const doorkeeper = makeDoorkeeper(options.account);
  const quota = makeQuota();
  return async (request, response, streamId, text) => {
    const headers = flatHeaders(request);
    const body = decode(text);
    const { index, entry } = log.begin({ at: now(), body, headers });
    const fault = faults.next();
    const exchange = makeExchange(request, response, {
      onStatus: (status) => {
        entry.status = status;
      },
      onEnd: (isAborted) => log.end(entry, isAborted),
    });
    const { clockSkewMs } = world.switches;
    response.setHeader('date', new Date(now() + clockSkewMs).toUTCString());
    const answer = await decide();
    await conclude(options, exchange, { index, entry, fault, answer });

    async function decide(): Promise<Answer> {
      if (request.method !== 'POST')
        return refuse({ kind: 'not-found', status: 405, message: 'Method Not Allowed', code: 405 });
      const forbidden = await doorkeeper(headers, world.switches, now());
      if (forbidden !== null) return refuse(forbidden);
      if (streamId !== options.account.streamId) return refuse(unknownStream);
      const tooMany = quota(world.switches, now());
      if (tooMany !== null) return refuse(tooMany);
      const read = readQuestion(body, world.switches);
      if ('refusal' in read) return refuse(read.refusal);
      options.beforeCall()?.(index);
      return answerQuestion(world, read.value, index, now());
    }

    function refuse(refusal: Refusal): Answer {
      return spellRefusal(refusal, world.switches);
    }
  };
}

const unknownStream: Refusal = { kind: 'not-found', status: 400, message: 'Invalid StreamId', code: 400 };

async function conclude(
  { world }: DeskOptions,
  exchange: Exchange,
  call: { readonly index: number; readonly entry: CallEntry; readonly fault: Fault | null; readonly answer: Answer },
): Promise<void> {
  const { entry, fault, answer } = call;
  entry.outcome = fault === null ? answer.outcome : `fault:${fault.kind}`;
  entry.rowCount = answer.rowCount;
  const { latencyMs, latencyJitterMs, gzip } = world.switches;
  const isThere = await waitMs(
    latencyMs + latencyJitterMs * share(world.layout.seed, call.index, 1002),
    exchange.signal,
  );
  if (!isThere) return;
  if (fault === null && gzip) sendCompressed(exchange, answer);
  else await sendAnswer(exchange, answer, fault);
}

function decode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function flatHeaders(request: IncomingMessage): Headers {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
