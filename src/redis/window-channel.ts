import type { Clock, Log } from '../model/ports.ts';
import type { Link, Script } from './link.ts';
import { createServerClock, toUs } from './server-clock.ts';
import { shutScript } from './window-scripts.ts';
import type { SharedWindowSettings, Spans } from './window-settings.ts';
import { emptyView, readView, type View } from './window-view.ts';

/** The scripts of one window, by one link. */
export type Channel = {
  /** Runs a script; null: the server can't be reached, or refuses. Never throws. */
  run(script: Script, values: readonly (string | number)[]): Promise<View | null>;
  /** What was heard last. */
  view(): View;
  /** The server's clock by now, in microseconds: not later than it is. 0: it isn't known. */
  serverUs(): number;
  /** The server's clock is not known any more: it may be another's. */
  forgetClock(): void;
};

/** A server that was never spoken to. */
export function createChannel(
  { link, clock, log, random }: ChannelParts,
  settings: SharedWindowSettings,
  spans: Spans,
): Channel {
  const keys = names.map((name) => `${settings.keyPrefix}:${name}`);
  const warn = createWarnings(log);
  let view = emptyView(settings.callsMax);
  const serverClock = createServerClock();

  const fixed = fixedOf(settings, spans);
  const ask: Channel['run'] = async (script, values) => {
    const sentAt = clock.elapsed();
    try {
      const reply = await link.run(script, keys, [random(), ...fixed, ...values]);
      const receivedAt = clock.elapsed();
      const next = readView(reply, receivedAt, spans.countsMs);
      if (view.word !== '' && next.word !== view.word) {
        warn('the shared window had been forgotten: nobody calls until none of the calls before can count');
        serverClock.forget();
      }
      view = next;
      return serverClock.saw(next.serverUs, sentAt, receivedAt) ? next : { ...next, status: 'astray' };
    } catch (error) {
      if (link.isUp()) warn('the shared window can not be used', error);
      return null;
    }
  };

  return {
    view: () => view,
    serverUs: () => serverClock.nowUs(clock.elapsed()),
    forgetClock: serverClock.forget,
    async run(script, values) {
      const heard = await ask(script, values);
      if (heard?.status !== 'astray') return heard;
      // Slots may have ended too early by a clock that jumped: none is given until they would have.
      warn("the shared store's clock jumped: nobody calls until none of the calls before can count");
      await ask(shutScript, [toUs(spans.holdMs), 0]);
      return heard;
    },
  };
}

type ChannelParts = {
  readonly link: Link;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => string;
};

const names = ['slots', 'scans', 'behind', 'callers', 'state', 'waiting', 'replicas'] as const;

function fixedOf(settings: SharedWindowSettings, spans: Spans): readonly number[] {
  const { callsMax, windowMs, keptForDirect, lapseMs, forgottenMs, replicasExpected } = settings;
  return [
    callsMax,
    toUs(windowMs),
    toUs(spans.holdMs),
    keptForDirect,
    toUs(lapseMs),
    toUs(forgottenMs),
    replicasExpected,
    toUs(spans.countsMs),
  ];
}

/** Says each thing once. */
function createWarnings(log: Log): (message: string, error?: unknown) => void {
  const said = new Set<string>();
  return (message, error) => {
    if (said.has(message)) return;
    said.add(message);
    log.warn(error instanceof Error ? { error: error.message } : {}, message);
  };
}
