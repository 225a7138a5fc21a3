import type { CallAsk, CallWindow, SlotAnswer } from '../model/sharing.ts';
import { type Asks, createAsks } from './asks.ts';
import { createIsolation, type Isolation } from './isolation.ts';
import { createMembership, type Membership } from './membership.ts';
import { leaveScript } from './membership-scripts.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createRefusals, type Refusals } from './refusals.ts';
import { type Channel, createChannel } from './window-channel.ts';
import { takeScript } from './window-scripts.ts';
import { kindLetters, type SharedWindowParts, type Spans, spansOf, wordFor } from './window-settings.ts';
import { expectedIn, stateIn } from './window-view.ts';

type Rooms = SharedWindowParts & {
  readonly id: string;
  readonly spans: Spans;
  readonly channel: Channel;
  readonly outbox: Outbox;
  readonly asks: Asks;
  readonly refusals: Refusals;
  readonly isolation: Isolation;
  readonly membership: Membership;
  readonly nextMember: (ask: CallAsk) => string;
};

/** A window, and how many replicas share it as far as this one knows. */
export type SharedWindow = CallWindow & { replicaCount(): number };

/**
 * The rolling window of an account that many replicas share through a Redis or Valkey: never more than `callsMax` calls in any span of `windowMs`, whatever
 * becomes of the server, the way to it, or a replica. docs/decisions/0018 says how. Never throws but for the signal of a `take`.
 */
export function createSharedWindow(parts: SharedWindowParts): SharedWindow {
  const rooms = furnish(parts);
  const { clock, channel, isolation, membership, asks, outbox, refusals } = rooms;
  const expectedAt = createExpected(rooms);
  let isClosed = false;
  return {
    expectedAt,
    async take(ask, signal) {
      signal.throwIfAborted();
      const now = clock.elapsed();
      if (isClosed) return { kind: 'later', at: now + rooms.spans.fenceMs, because: 'lost' };
      if (now < refusals.shutUntil()) return { kind: 'later', at: refusals.shutUntil(), because: 'shut' };
      return membership.isJoined()
        ? await takeShared(rooms, ask, signal, expectedAt)
        : await takeAlone(rooms, ask, signal);
    },
    replicaCount: membership.replicaCount,
    waiting: asks.set,
    refused(shutMs) {
      isolation.window()?.refused(shutMs);
      refusals.note(shutMs);
    },
    state() {
      const now = clock.elapsed();
      if (membership.isJoined()) return stateIn(channel.view(), now);
      const callsMax = membership.shareAlone();
      const silentUntil = membership.silentUntil();
      if (now < silentUntil) return { callsMax, remaining: 0, wholeAt: silentUntil };
      return isolation.window()?.state() ?? { callsMax, remaining: callsMax, wholeAt: null };
    },
    async close() {
      isClosed = true;
      await membership.close();
      // One whose calls the others don't know of stays in their books.
      if (membership.isJoined() && (await outbox.flush())) await channel.run(leaveScript, [rooms.id]);
    },
  };
}

function furnish(parts: SharedWindowParts): Rooms {
  const { link, clock, random, settings } = parts;
  const spans = spansOf(settings);
  const id = wordFor(random());
  let count = 0;
  const nextMember = ({ kind, caller }: CallAsk): string => {
    count += 1;
    return `${id}-${count}:${kindLetters[kind]}:${wordFor(caller)}`;
  };
  const channel = createChannel(parts, settings, spans);
  const outbox = createOutbox(channel, clock, spans);
  const refusals = createRefusals(channel, clock, outbox.flush);
  const asks = createAsks(channel, id, () => membership.isJoined());
  const isolation = createIsolation({ ...parts, nextMember, asks: asks.list, outbox, spans });
  const membership: Membership = createMembership(
    {
      id,
      link,
      clock,
      channel,
      asks: asks.text,
      async prepare() {
        isolation.handOver();
        return (await outbox.flush()) && (await refusals.tell());
      },
      onJoined: isolation.forget,
      onUnheard: isolation.goOn,
    },
    { ...settings, place: wordFor(settings.place) },
    spans,
  );
  return { ...parts, id, spans, channel, outbox, asks, refusals, isolation, membership, nextMember };
}

/** While others go first, or may come back: it is asked again soon. */
const againMs = 20;

/** Takes a slot of the window that all share. A reply that comes late is given back: the server may not hold the slot for long enough any more. */
async function takeShared(
  { channel, clock, membership, nextMember, outbox, spans }: Rooms,
  ask: CallAsk,
  signal: AbortSignal,
  expectedAt: CallWindow['expectedAt'],
): Promise<SlotAnswer> {
  const member = nextMember(ask);
  const note = (untilAt: number): void => {
    outbox.note(member, untilAt);
    void outbox.flush();
  };
  const sentAt = clock.elapsed();
  const seen = await channel.run(takeScript, [member, kindLetters[ask.kind], wordFor(ask.caller), membership.word()]);
  const now = clock.elapsed();
  // It may be done though nothing was heard of it.
  const isOurs = seen?.status === 'granted' && now <= sentAt + spans.fenceMs && !signal.aborted;
  if (!isOurs && (seen === null || seen.status === 'granted' || seen.status === 'astray')) note(0);
  signal.throwIfAborted();
  if (isOurs) return { kind: 'granted', slot: { end: once(() => note(clock.elapsed() + spans.countsMs)) } };
  const status = seen?.status;
  if (status === 'share')
    return { kind: 'later', at: Math.max(expectedAt(ask.kind, 0), now + againMs), because: status };
  if (status === 'full' || status === 'kind' || status === 'shut')
    return { kind: 'later', at: expectedAt(ask.kind, 0), because: status };
  if (status === 'elsewhere' || status === 'anew') membership.doubt();
  return { kind: 'later', at: now + againMs, because: 'lost' };
}

/** Takes a slot of what the others leave to this replica, if they do by now. */
async function takeAlone(
  { clock, isolation, membership, spans }: Rooms,
  ask: CallAsk,
  signal: AbortSignal,
): Promise<SlotAnswer> {
  const now = clock.elapsed();
  const answer = membership.silentUntil() <= now ? await isolation.take(ask, membership.shareAlone(), signal) : null;
  return answer ?? { kind: 'later', at: now + Math.max(againMs, spans.beatMs / 10), because: 'lost' };
}

/** A connection is made in that time, if it can be. */
const hopeMsMin = 1_000;

/** Who has just lost the others is likely to find them again at once; who hasn't found them for a while tells what he can be sure of. */
function createExpected({
  channel,
  clock,
  isolation,
  membership,
  refusals,
  settings,
  spans,
}: Rooms): CallWindow['expectedAt'] {
  const { windowMs } = settings;
  return (kind, ahead) => {
    const now = clock.elapsed();
    const isHoped = membership.isJoined() || now < membership.lostAt() + Math.max(spans.fenceMs, hopeMsMin);
    const shutUntil = refusals.shutUntil();
    if (isHoped) return Math.max(shutUntil, expectedIn(channel.view(), kind, ahead, { now, windowMs }));
    const silentUntil = membership.silentUntil();
    if (now < silentUntil) return Math.max(shutUntil, silentUntil);
    if (membership.shareAlone() < 1) return now + windowMs;
    return Math.max(shutUntil, isolation.window()?.expectedAt(kind, ahead) ?? now);
  };
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
