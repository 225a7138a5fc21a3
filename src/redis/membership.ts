import type { Clock } from '../model/ports.ts';
import type { Link } from './link.ts';
import { beatScript, lookScript } from './membership-scripts.ts';
import { type Roster, readRoster, rosterWords } from './roster.ts';
import { toUs } from './server-clock.ts';
import type { Channel } from './window-channel.ts';
import type { SharedWindowSettings, Spans } from './window-settings.ts';
import { numberOf } from './window-view.ts';

/** A replica among the others that share a window. */
export type Membership = {
  /** Whether the server counts for this replica now; else it may be alone. */
  isJoined(): boolean;
  /** The word of the server's memory in which this replica takes part. */
  word(): string;
  /** The last time it took part, or was begun. By Clock.elapsed. */
  lostAt(): number;
  /** How many calls of a window it may make alone, once it has been silent for so long that the others leave them to it; 0 for when it may not. */
  shareAlone(): number;
  /** Until when it must be silent, if it is alone. By Clock.elapsed. */
  silentUntil(): number;
  /** Replicas that share the window, as far as it is known, with this one. */
  replicaCount(): number;
  /** It takes no part until the next beat, which is made now. */
  doubt(): void;
  close(): Promise<void>;
};

export type MembershipParts = {
  readonly id: string;
  readonly link: Link;
  readonly clock: Clock;
  readonly channel: Channel;
  /** Tells the server all that it must know before this replica takes part; false: it couldn't. */
  readonly prepare: () => Promise<boolean>;
  readonly onJoined: () => void;
  /** It takes no part after all. */
  readonly onUnheard: () => void;
  /** Who waits here, as scripts read it. */
  readonly asks: () => string;
};

/** Clocks go differently, so a replica stops a little before the others forget it. */
const forgottenPart = 0.99;

type State = {
  /** The share that it believes in: no more than was granted for so long that the others know of it. */
  share: number | null;
  rising: { readonly share: number; readonly since: number } | null;
  number: number;
  word: string;
  isJoined: boolean;
  lostAt: number;
  /** When the last beat was sent that may have been heard, and the last of which it is known. */
  triedAt: number;
  heardAt: { readonly elapsed: number; readonly now: number } | null;
  roster: Roster;
};

type Facts = { readonly settings: SharedWindowSettings; readonly spans: Spans; readonly bornAt: number };

/** Begins to beat. A replica that never met the others believes in its part of the replicas that are expected. */
export function createMembership(parts: MembershipParts, settings: SharedWindowSettings, spans: Spans): Membership {
  const { clock, link } = parts;
  const facts = { settings, spans, bornAt: clock.elapsed() };
  const state = unmet(facts.bornAt);
  let isEnding = false;
  let sleeping = new AbortController();
  const lose = (): void => {
    if (state.isJoined) state.lostAt = clock.elapsed();
    state.isJoined = false;
  };
  link.onChange((isUp) => {
    if (!isUp) {
      lose();
      parts.channel.forgetClock();
    }
    sleeping.abort();
  });
  const work = async (): Promise<void> => {
    while (!isEnding) {
      sleeping = new AbortController();
      if (link.isUp() && !(await beat(parts, state, facts))) {
        lose();
        parts.onUnheard();
      }
      if (isEnding) return;
      const waitMs = state.isJoined || !link.isUp() ? spans.beatMs : Math.ceil(spans.beatMs / 5);
      await clock.wait(waitMs, sleeping.signal).catch(() => undefined);
    }
  };
  const working = work();
  return {
    isJoined: () => state.isJoined,
    replicaCount: () => Math.max(1, state.roster.members.length),
    word: () => state.word,
    lostAt: () => state.lostAt,
    shareAlone: () => shareAlone(state, facts, clock),
    silentUntil: () => silentUntil(state, spans),
    doubt() {
      lose();
      sleeping.abort();
    },
    async close() {
      isEnding = true;
      sleeping.abort();
      await working;
    },
  };
}

function unmet(bornAt: number): State {
  return {
    share: null,
    rising: null,
    number: 0,
    word: '',
    isJoined: false,
    lostAt: bornAt,
    triedAt: bornAt,
    heardAt: null,
    roster: { at: bornAt, members: [] },
  };
}

/** The share that this replica has for sure; none once the others may have forgotten it. A machine that slept is told so by one of its clocks. */
function shareAlone({ share, heardAt }: State, { settings, spans }: Facts, clock: Clock): number {
  const { callsMax, forgottenMs, replicasExpected } = settings;
  if (share === null || heardAt === null) return replicasExpected === 0 ? 0 : Math.floor(callsMax / replicasExpected);
  const agoMs = Math.max(clock.elapsed() - heardAt.elapsed, clock.now() - heardAt.now);
  return agoMs < forgottenMs * forgottenPart - spans.holdMs ? share : 0;
}

/** Until the others have noticed that this replica is not heard, and none of the calls before can count. */
function silentUntil({ triedAt }: State, { fenceMs, lapseMs, holdMs }: Spans): number {
  return triedAt + fenceMs + lapseMs + holdMs;
}

/**
 * Believes in a smaller share at once, and in a greater one when it has been granted for so long that the others have heard of it: should the server forget it,
 * they don't.
 */
function believe(
  state: State,
  claimed: number,
  granted: number,
  { now, lapseMs }: { readonly now: number; readonly lapseMs: number },
): void {
  state.share = Math.min(claimed, granted);
  if (granted <= claimed) {
    state.rising = null;
    return;
  }
  const { share, since } = state.rising ?? { share: granted, since: now };
  const risen = Math.min(share, granted);
  state.rising = now < since + lapseMs ? { share: risen, since } : null;
  if (state.rising === null) state.share = risen;
}

/** One beat, and all that goes before it. False: this replica takes no part. */
async function beat(parts: MembershipParts, state: State, facts: Facts): Promise<boolean> {
  const { channel, clock } = parts;
  const { settings, spans } = facts;
  // The clock of the server must be known, so that it can tell a beat that lay somewhere for long.
  const isReady = (channel.serverUs() > 0 || (await channel.run(lookScript, [])) !== null) && (await parts.prepare());
  const sentAt = clock.elapsed();
  const sentNow = clock.now();
  const serverUs = channel.serverUs();
  if (!isReady || serverUs === 0 || !parts.link.isUp()) return false;
  const { triedAt } = state;
  const claimed = shareAlone(state, facts, clock);
  const isSilenced = silentUntil(state, spans) <= sentAt;
  state.triedAt = sentAt;
  state.number += 1;
  const heard = await channel.run(beatScript, [
    parts.id,
    settings.place,
    claimed,
    state.number,
    serverUs + toUs(spans.fenceMs),
    toUs(sentAt - facts.bornAt),
    state.word,
    isSilenced ? 1 : 0,
    parts.asks(),
    ...rosterWords(state.roster, sentAt),
  ]);
  // Another server, or one that has forgotten all, takes this replica for one that can't be heard, as the one before does soon.
  if (heard?.status === 'elsewhere') state.triedAt = triedAt;
  if (heard?.status !== 'heard') return false;
  const [granted, ...flat] = heard.more;
  if (state.word !== heard.word) state.rising = null;
  believe(state, claimed, numberOf(granted), { now: sentAt, lapseMs: spans.lapseMs });
  state.heardAt = { elapsed: sentAt, now: sentNow };
  state.word = heard.word;
  state.roster = { at: sentAt, members: readRoster(flat) };
  state.isJoined = true;
  parts.onJoined();
  return true;
}
