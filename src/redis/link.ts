import { createHash } from 'node:crypto';
import type { Clock, Log } from '../model/ports.ts';
import type { RedisAddress } from './address.ts';
import { readArrivals } from './arrivals.ts';
import { type Connection, connect } from './connect.ts';

/** What a script answers. Bulk strings are bytes. */
export type Reply = number | Buffer | null | readonly Reply[];

/** A Lua script: what it does is done at once, and nothing comes between. */
export type Script = { readonly text: string; readonly sha: string };

/** The way to a Redis or Valkey: it may be stopped, hung or slow, and nobody waits for it longer than `commandMs`. */
export type Link = {
  /**
   * Runs a script over keys of one slot. Rejects with LinkLost at once while the link is down, and with it when no answer has come within `commandMs`
   * milliseconds: then it may yet be done. Rejects with the server's own error when that refuses.
   */
  run(script: Script, keys: readonly string[], values: readonly (string | number | Uint8Array)[]): Promise<Reply>;
  isUp(): boolean;
  /** Ends when the link is up, or after `withinMs` milliseconds: then it is told that it isn't. */
  ready(withinMs: number): Promise<void>;
  /** Told of every change between up and down. */
  onChange(listener: (isUp: boolean) => void): void;
  close(): Promise<void>;
};

/** The server can't be reached, or doesn't answer. */
export class LinkLost extends Error {
  override readonly name = 'LinkLost';
}

/**
 * A script by its text. `always` runs though the server's memory is full, for what is small and must be known; `read` changes nothing, so it runs then too;
 * `write` is refused then.
 */
export function script(text: string, kind: 'always' | 'read' | 'write' = 'always'): Script {
  const whole = `#!lua${flagsOf[kind]}\n${text}`;
  return { text: whole, sha: createHash('sha1').update(whole).digest('hex') };
}

const flagsOf = { always: ' flags=allow-oom', read: ' flags=no-writes', write: '' } as const;

export type LinkSettings = {
  readonly address: RedisAddress;
  /** A key of the slot that all of this gateway's keys are in. */
  readonly probeKey: string;
  readonly commandMs: number;
  readonly connectMs: number;
};

const probeEveryMs = 250;
/** While it is down, it is looked for more often: a connection is soon there at the start. */
const probeDownEveryMs = 50;
/** A connection that doesn't answer for so many probes is given up for a new one: its other end may be gone without a word. */
const silentProbesMax = 8;
/** A server that says so can't do what it is asked to for now. */
const unable = /^(READONLY|LOADING|MASTERDOWN|CLUSTERDOWN|NOREPLICAS|NOAUTH|NOPERM|MISCONF)/;

const probe = script("redis.call('set', KEYS[1], '1', 'px', 10000) return 1");

/** Connects, and connects again whenever it must. Never throws: a server that can't be reached is a link that is down. */
export function createLink(settings: LinkSettings, clock: Clock, log: Log): Link {
  const { commandMs, probeKey } = settings;
  const ending = new AbortController();
  const client = connect(settings, clock);
  const state = createState(log, ending.signal);
  const attempt: Link['run'] = (what, keys, values) => {
    const bytes = values.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value));
    return within(evaluate(client, what, [keys.length, ...keys, ...bytes]), commandMs, clock);
  };
  const watching = watch(() => attempt(probe, [probeKey], []), { client, state, clock, signal: ending.signal });

  return {
    isUp: state.isUp,
    onChange: state.onChange,
    async ready(withinMs) {
      for (let left = withinMs; !state.isUp() && 0 < left && !ending.signal.aborted; left -= readyStepMs)
        await clock.wait(readyStepMs, ending.signal).catch(() => undefined);
      if (!state.isUp() && !ending.signal.aborted) state.tellDown();
    },
    async run(what, keys, values) {
      if (!state.isUp()) throw new LinkLost('the shared store can not be reached');
      try {
        return await attempt(what, keys, values);
      } catch (error) {
        if (!(error instanceof Error) || (error.name === 'ReplyError' && !startsWith(error, unable))) throw error;
        state.turn(false, error.message);
        throw new LinkLost(error.message, { cause: error });
      }
    },
    async close() {
      ending.abort();
      client.end();
      await watching;
    },
  };
}

type State = Pick<Link, 'isUp' | 'onChange'> & { turn(isUp: boolean, reason: string): void; tellDown(): void };

function createState(log: Log, ending: AbortSignal): State {
  const listeners: ((isUp: boolean) => void)[] = [];
  let isUp = false;
  let lastReason = '';
  const tellDown = () => log.warn({ reason: lastReason }, 'the shared store can not be reached');
  return {
    isUp: () => isUp,
    onChange: (listener) => {
      listeners.push(listener);
    },
    tellDown,
    turn(next, reason) {
      lastReason = reason;
      if (isUp === next || ending.aborted) return;
      isUp = next;
      if (next) log.info({}, 'the shared store can be reached');
      else tellDown();
      for (const listener of listeners) listener(next);
    },
  };
}

type Watched = {
  readonly client: Connection;
  readonly state: State;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/** Asks again and again whether the server answers, until the signal aborts. */
async function watch(ask: () => Promise<Reply>, { client, state, clock, signal }: Watched): Promise<void> {
  for (let silentCount = 0; !signal.aborted; ) {
    try {
      await ask();
      silentCount = 0;
      state.turn(true, '');
    } catch (error) {
      // Where there is no connection, one is made already.
      if (error instanceof LinkLost) silentCount += 1;
      state.turn(false, messageOf(error));
      if (silentProbesMax <= silentCount) {
        silentCount = 0;
        client.reconnect();
      }
    }
    await clock.wait(state.isUp() ? probeEveryMs : probeDownEveryMs, signal).catch(() => undefined);
  }
}

async function evaluate(
  client: Connection,
  { text, sha }: Script,
  rest: readonly (string | number | Buffer)[],
): Promise<Reply> {
  try {
    return await client.call('evalsha', [sha, ...rest]);
  } catch (error) {
    if (!startsWith(error, /^NOSCRIPT/)) throw error;
    return await client.call('eval', [text, ...rest]);
  }
}

const readyStepMs = 10;

/** Rejects when `work` takes longer: what it does in the end is of no use any more. */
async function within<T>(work: Promise<T>, limitMs: number, clock: Clock): Promise<T> {
  const done = new AbortController();
  const late = clock.wait(limitMs, done.signal).then(async () => {
    await readArrivals();
    throw new LinkLost(`no answer within ${limitMs} ms`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
    work.catch(() => undefined);
  }
}

function startsWith(error: unknown, pattern: RegExp): boolean {
  return error instanceof Error && pattern.test(error.message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
