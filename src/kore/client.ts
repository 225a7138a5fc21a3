import { Agent, type Dispatcher, interceptors } from 'undici';
import { Failure } from '../errors.ts';
import type { Clock, Patience } from '../model/ports.ts';
import type { Credential } from './credential.ts';
import { type Fault, fault, faultOfAnswer, faultOfError, wordsOf } from './fault.ts';
import { isObject } from './values.ts';
import { isPage } from './wire.ts';

export type ClientSettings = {
  /** Scheme and host of the upstream, without a path. */
  readonly origin: string;
  readonly accountId: string;
  readonly orgId: string;
  readonly streamId: string;
  readonly connectionsMax: number;
  readonly attemptTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly bodyIdleTimeoutMs: number;
  readonly bodyBytesMax: number;
};

/** One attempt: the body of a page, or what went wrong. */
export type Outcome =
  | { readonly kind: 'page'; readonly body: unknown; readonly status: number }
  | { readonly kind: 'fault'; readonly fault: Fault; readonly status: number | null };

export type Client = {
  /** Asks once. Rejects only with the reason of the caller's own signal. */
  ask(body: string, isTokenFresh: boolean, patience: Patience): Promise<Outcome>;
  close(): Promise<void>;
};

/** One POST to the one endpoint (contract section 1.1): bounded in time and size, never resumed, never redirected. */
export function createClient(settings: ClientSettings, credential: Credential, clock: Clock): Client {
  const agent = createAgent(settings);
  const path = `/qualityai/api/v1/public/qualitymanagement/app/${encodeURIComponent(settings.streamId)}/scorereporting`;

  const send = async (body: string, token: string, signal: AbortSignal): Promise<Outcome> => {
    const answer = await agent.request({
      origin: settings.origin,
      path,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'accept-encoding': 'gzip, deflate',
        auth: token,
        accountid: settings.accountId,
        orgid: settings.orgId,
      },
      body,
      signal,
    });
    return outcomeOf(answer, await answer.body.text(), clock.now());
  };

  return {
    async ask(body, isTokenFresh, patience) {
      const timeout = AbortSignal.timeout(Math.max(1, Math.min(settings.attemptTimeoutMs, timeLeft(patience, clock))));
      const signal = AbortSignal.any([patience.signal, timeout]);
      try {
        return await send(body, await credential.token(isTokenFresh), signal);
      } catch (error) {
        patience.signal.throwIfAborted();
        if (timeout.aborted) return { kind: 'fault', status: null, fault: timedOut(patience, clock, error) };
        return { kind: 'fault', status: null, fault: faultOfError(error) };
      }
    },
    close: () => agent.destroy(),
  };
}

/**
 * Pipelining stays 1: surplus bytes of one answer must never reach another request. undici's own retry, cache and deduplication stay
 * off: retry resumes half-read bodies by Range and joins two versions of a page.
 */
function createAgent(settings: ClientSettings): Dispatcher {
  return new Agent({
    pipelining: 1,
    connections: settings.connectionsMax,
    maxResponseSize: settings.bodyBytesMax,
    headersTimeout: settings.headersTimeoutMs,
    bodyTimeout: settings.bodyIdleTimeoutMs,
    connect: { timeout: settings.connectTimeoutMs },
  }).compose(interceptors.decompress({ maxSize: settings.bodyBytesMax, skipErrorResponses: false }));
}

function outcomeOf({ statusCode, headers }: Dispatcher.ResponseData, bodyText: string, nowMs: number): Outcome {
  const body = parse(bodyText);
  const words = wordsOf(body, bodyText);
  // An object that names no error may be an encrypted envelope or a page without its list: decoding says which.
  if (statusCode === 200 && (isPage(body) || (isObject(body) && words === ''))) {
    return { kind: 'page', body, status: statusCode };
  }
  if (statusCode === 200 && body === undefined && looksCut(bodyText)) {
    return {
      kind: 'fault',
      status: statusCode,
      fault: fault('UPSTREAM_BAD_RESPONSE', 'once', { reason: 'TRUNCATED' }),
    };
  }
  const retryAfter = headers['retry-after'];
  const header = typeof retryAfter === 'string' ? retryAfter : undefined;
  return { kind: 'fault', status: statusCode, fault: faultOfAnswer(statusCode, words, header, nowMs) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // What is no JSON is judged by its words and its status.
  }
}

/** A body that begins as JSON and can't be parsed was cut off on its way, or was never finished. */
function looksCut(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

function timeLeft(patience: Patience, clock: Clock): number {
  return patience.deadlineAt() - clock.elapsed();
}

/** The attempt's own limit is the upstream's fault; the operation's deadline is ours. */
function timedOut(patience: Patience, clock: Clock, cause: unknown): Fault {
  if (timeLeft(patience, clock) <= 0) {
    return {
      failure: new Failure('DEADLINE_EXCEEDED', 'The operation took longer than it may', { cause }),
      retry: 'never',
    };
  }
  return fault('UPSTREAM_TIMEOUT', 'always', { cause });
}
