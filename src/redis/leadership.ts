import type { Clock } from '../model/ports.ts';
import { type Link, script } from './link.ts';

/** One of the replicas does what is done once for all of them. */
export type Leadership = {
  /** Whether it is this one. While the others can't be reached nobody is. */
  isLeader(): boolean;
  /** Leaves it to another at once. */
  close(): Promise<void>;
};

export type LeadershipParts = {
  readonly link: Link;
  readonly clock: Clock;
  readonly keyPrefix: string;
  /** A word for this process that no other has. */
  readonly owner: string;
};

/** For so long the leader is the leader after it said so last; another takes over in two seconds more. */
const leadMs = 6_000;
const claimEveryMs = 2_000;
/** Clocks go differently, so it stops a little before. */
const leadPart = 0.9;

/** KEYS: the leader. ARGV: who would be it, and for how many milliseconds. Answers 1 if it is. What would never end is garbage. */
const claim = script(`
local left = redis.call('pttl', KEYS[1])
if left == -1 or left > tonumber(ARGV[2]) then redis.call('unlink', KEYS[1]) end
local held = redis.pcall('get', KEYS[1])
if held and held ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2])
return 1`);

/** KEYS: the leader. ARGV: who is it no more. */
const resign = script(`
local held = redis.pcall('get', KEYS[1])
if held == ARGV[1] then redis.call('unlink', KEYS[1]) end
return 1`);

/** Begins to claim it, every two seconds. */
export function createLeadership({ link, clock, keyPrefix, owner }: LeadershipParts): Leadership {
  const ending = new AbortController();
  const names = [`${keyPrefix}:leader`];
  let leadsUntil = Number.NEGATIVE_INFINITY;
  const work = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const sentAt = clock.elapsed();
      const reply = await link.run(claim, names, [owner, leadMs]).catch(() => null);
      if (reply !== null) leadsUntil = reply === 1 ? sentAt + leadMs * leadPart : Number.NEGATIVE_INFINITY;
      await clock.wait(claimEveryMs, ending.signal).catch(() => undefined);
    }
  };
  const working = work();
  return {
    isLeader: () => link.isUp() && clock.elapsed() < leadsUntil,
    async close() {
      ending.abort();
      await working;
      leadsUntil = Number.NEGATIVE_INFINITY;
      await link.run(resign, names, [owner]).catch(() => undefined);
    },
  };
}
