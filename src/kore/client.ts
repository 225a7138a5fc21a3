import { Agent, type Dispatcher, errors, interceptors } from 'undici';
import type { Clock, Patience, Turns } from '../model/ports.ts';
import type { Credential } from './credential.ts';
import { type Fault, fault, faultOfError, parseHttpDate } from './fault.ts';
import type { FaultReading, PageReader, PageReading, Received } from './page-reader.ts';

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

/** One attempt: its page, or what went wrong; without a status where no answer came. */
export type Outcome = (PageReading & { readonly status: number }) | (FaultReading & { readonly status: null });

export type Client = {
  /**
   * Asks once, and has the answer read at once: a promise that has waited for an answer is old, and what it was given is kept until all garbage is collected. Rejects
   * only with the reason of the caller's own signal, or with what `read` throws.
   */
  ask(body: string, isTokenFresh: boolean, patience: Patience, read: PageReader): Promise<Outcome>;
  close(): Promise<void>;
};

/** One POST to the one endpoint (contract section 1.1): bounded in time and size, never resumed, never redirected. */
export function createClient(
  settings: ClientSettings,
  credential: Credential,
  { clock, turns }: { readonly clock: Clock; readonly turns: Turns },
): Client {
  const agent = createAgent(settings);
  const attempt = async (body: string, isTokenFresh: boolean, limit: Limit): Promise<Dated> =>
    receive(agent, settings, body, await credential.token(isTokenFresh), limit);

  return {
    async ask(body, isTokenFresh, patience, read) {
      patience.signal.throwIfAborted();
      const deadlineAt = patience.deadlineAt();
      const timeLeftMs = deadlineAt - clock.elapsed();
      if (timeLeftMs <= 0) return { kind: 'fault', status: null, fault: fault('DEADLINE_EXCEEDED', 'never') };
      const limit = limitOf(patience.signal, Math.min(settings.attemptTimeoutMs, timeLeftMs));
      let answer: Dated;
      try {
        answer = await untilAborted(attempt(body, isTokenFresh, limit), limit.signal);
      } catch (error) {
        patience.signal.throwIfAborted();
        // The attempt's own limit is the upstream's fault; the deadline is ours, unless somebody with more time has joined meanwhile.
        const isLate = timeLeftMs <= settings.attemptTimeoutMs && patience.deadlineAt() <= deadlineAt;
        return { kind: 'fault', status: null, fault: limit.isOver() ? lateFault(isLate, error) : faultOfError(error) };
      } finally {
        limit.end();
      }
      // Several answers may have come at once, and each takes its time to be read.
      await turns.share();
      const reading = read(answer, clock.now());
      if (reading.kind === 'fault' && reading.fault.retry === 'fresh-token') credential.refused(answer.sentAtMs);
      return { ...reading, status: answer.status };
    },
    close: () => agent.destroy(),
  };
}

/**
 * An answer as bytes, and when it was sent by the clock of the upstream, where that says so. Its text is made when its turn comes to be read: texts that wait would
 * be copied by each collection of garbage, and bytes stand outside of what is collected.
 */
type Dated = Received & { readonly sentAtMs: number | undefined };

async function receive(
  agent: Dispatcher,
  { origin, streamId, accountId, orgId }: ClientSettings,
  body: string,
  token: string,
  { signal, stop }: Limit,
): Promise<Dated> {
  let informationCount = 0;
  const answer = await agent.request({
    origin,
    path: `/qualityai/api/v1/public/qualitymanagement/app/${encodeURIComponent(streamId)}/scorereporting`,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'accept-encoding': 'gzip',
      auth: token,
      accountid: accountId,
      orgid: orgId,
    },
    body,
    signal,
    onInfo: () => {
      informationCount += 1;
      if (informationCountMax < informationCount) stop(new errors.HeadersOverflowError());
    },
  });
  const { 'retry-after': retryAfter, date } = answer.headers;
  return {
    status: answer.statusCode,
    sentAtMs: parseHttpDate(typeof date === 'string' ? date : undefined),
    retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
    bodyBytes: await answer.body.arrayBuffer(),
  };
}

/** A server may send any number of 1xx responses before the true one; more than this is no conversation. */
const informationCountMax = 32;

/**
 * Pipelining stays 1 and HTTP/2 off: surplus bytes of one answer must never reach another request. undici's own retry, cache and
 * deduplication stay off: retry resumes half-read bodies by Range and joins two versions of a page.
 */
function createAgent(settings: ClientSettings): Dispatcher {
  return new Agent({
    pipelining: 1,
    allowH2: false,
    connections: settings.connectionsMax,
    maxResponseSize: settings.bodyBytesMax,
    headersTimeout: settings.headersTimeoutMs,
    bodyTimeout: settings.bodyIdleTimeoutMs,
    connect: { timeout: settings.connectTimeoutMs },
  }).compose(interceptors.decompress({ maxSize: settings.bodyBytesMax, skipErrorResponses: false }));
}

/** What an attempt is bound by: its caller's signal, its own time, and whatever else stops it. One signal for all of them, for joining signals takes longer than asking. */
type Limit = {
  readonly signal: AbortSignal;
  /** Whether its time was over before anything else stopped it. */
  isOver(): boolean;
  stop(reason: unknown): void;
  /** Lets go of what it was bound by. */
  end(): void;
};

const tooLate = new DOMException('The attempt took too long', 'TimeoutError');

function limitOf(callers: AbortSignal, timeoutMs: number): Limit {
  const controller = new AbortController();
  const { signal } = controller;
  const timer = setTimeout(() => controller.abort(tooLate), timeoutMs);
  const leave = () => controller.abort(callers.reason);
  callers.addEventListener('abort', leave, { once: true });
  return {
    signal,
    isOver: () => signal.reason === tooLate,
    stop: (reason) => controller.abort(reason),
    end() {
      clearTimeout(timer);
      callers.removeEventListener('abort', leave);
    },
  };
}

/** Ends with the work, or with the signal's reason as soon as it aborts: undici itself doesn't look while it connects. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function lateFault(isLate: boolean, cause: unknown): Fault {
  return isLate ? fault('DEADLINE_EXCEEDED', 'never', { cause }) : fault('UPSTREAM_TIMEOUT', 'always', { cause });
}
