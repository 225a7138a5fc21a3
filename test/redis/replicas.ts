import { randomUUID } from 'node:crypto';
import { createOwnWindow } from '../../src/kore/own-window.ts';
import type { CallAsk, CallWindow } from '../../src/model/sharing.ts';
import { parseRedisAddress } from '../../src/redis/address.ts';
import { createLink, type Link } from '../../src/redis/link.ts';
import { createSharedWindow } from '../../src/redis/shared-window.ts';
import { spansOf } from '../../src/redis/window-settings.ts';
import { createLines } from '../store/samples.ts';
import { clock } from './desk.ts';
import { openProxy } from './proxy.ts';

/** Short spans, so that a test sees many windows. */
export const quick = {
  keyPrefix: '{kore:account}',
  callsMax: 12,
  windowMs: 600,
  keptForDirect: 0,
  attemptMs: 60,
  lapseMs: 750,
  forgottenMs: 60_000,
  replicasExpected: 0,
  place: '',
};

export type WindowSettings = typeof quick;

/** After so long without the others a replica may call by itself. */
export const aloneAfterMs = (settings: WindowSettings): number => {
  const { fenceMs, lapseMs, holdMs } = spansOf(settings);
  return fenceMs + lapseMs + holdMs;
};

type Way = Awaited<ReturnType<typeof openProxy>>;

/** One replica: a link of its own, by a way of its own, and its part in the window; `await using` ends it as a process that stops. */
export type WindowReplica = {
  readonly window: CallWindow;
  readonly link: Link;
  readonly way: Way;
  readonly log: { readonly lines: readonly string[] };
  /** As a process that is killed: it says nothing any more. */
  kill(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Opens it; ends when the server can be reached, or after `readyMs`. */
export async function openWindow(
  port: number,
  more: Partial<WindowSettings> = {},
  readyMs = 10_000,
): Promise<WindowReplica> {
  const settings = { ...quick, ...more };
  const way = await openProxy(port);
  const address = parseRedisAddress(way.url);
  if (address === null) throw new Error(`no address: ${way.url}`);
  const log = createLines();
  const probeKey = `${settings.keyPrefix}:probe`;
  const link = createLink({ address, probeKey, commandMs: 100, connectMs: 2_000 }, clock, log);
  await link.ready(readyMs);
  const window = createSharedWindow({
    link,
    clock,
    log,
    random: randomUUID,
    settings,
    createOwnWindow: (callsMax) => createOwnWindow({ ...settings, callsMax }, clock),
  });
  const end = async (): Promise<void> => {
    await window.close();
    await link.close();
    await way[Symbol.asyncDispose]();
  };
  return {
    window,
    link,
    way,
    log,
    async kill() {
      way.cut();
      await end();
    },
    [Symbol.asyncDispose]: end,
  };
}

export type Call = CallAsk & { readonly replica: string; readonly from: number; until: number };

export const list: CallAsk = { kind: 'direct', caller: 'somebody' };

const shortestMs = 4;
const longestMs = 60;

/** Replicas that want to call all the time, and what they called. */
export type Load = {
  readonly calls: readonly Call[];
  /** Begins to ask for these calls again and again; ends with the load, or when its own end is called. */
  begin(replica: string, window: CallWindow, asks: () => CallAsk, callMs?: () => number): () => void;
  end(): Promise<void>;
};

export function createLoad(): Load {
  const calls: Call[] = [];
  const stopping = new AbortController();
  const workers: Promise<void>[] = [];
  const run = async (replica: string, window: CallWindow, ask: CallAsk, callMs: number): Promise<void> => {
    const answer = await window.take(ask, new AbortController().signal);
    if (answer.kind === 'later') {
      const waitMs = Math.min(longestMs, Math.max(shortestMs, answer.at - clock.elapsed()));
      await clock.wait(waitMs, stopping.signal).catch(() => undefined);
      return;
    }
    const call = { ...ask, replica, from: clock.elapsed(), until: Number.POSITIVE_INFINITY };
    calls.push(call);
    if (callMs > 0) await clock.wait(callMs, new AbortController().signal);
    call.until = clock.elapsed();
    answer.slot.end();
  };
  return {
    calls,
    begin(replica, window, asks, callMs = () => 5) {
      let isEnded = false;
      const work = async (): Promise<void> => {
        while (!isEnded && !stopping.signal.aborted) await run(replica, window, asks(), callMs());
      };
      workers.push(work());
      return () => {
        isEnded = true;
      };
    },
    async end() {
      stopping.abort();
      await Promise.all(workers);
    },
  };
}

/** The most calls that fell in one window: each counts from its begin until a window after its end. */
export function mostInWindow(calls: readonly Call[], windowMs: number): number {
  const counts = calls.map(
    ({ from: begin }) => calls.filter(({ from, until }) => from <= begin && begin < until + windowMs).length,
  );
  return Math.max(0, ...counts);
}

/** Ends when this is so; fails when it isn't in time. */
export async function until(isSo: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<number> {
  const began = clock.elapsed();
  while (!(await isSo())) {
    if (began + withinMs < clock.elapsed()) throw new Error(`not within ${withinMs} ms: ${isSo}`);
    await clock.wait(3, new AbortController().signal);
  }
  return clock.elapsed() - began;
}

/** Until so many calls were begun after now, all or those of one replica. */
export async function untilCalls({ calls }: Load, count: number, replica?: string): Promise<number> {
  const since = clock.elapsed();
  const isCounted = (call: Call) => since < call.from && (replica === undefined || call.replica === replica);
  return await until(() => count <= calls.filter(isCounted).length);
}
