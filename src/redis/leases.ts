import type { Clock } from '../model/ports.ts';
import type { Lease, Leases } from '../model/sharing.ts';
import { type Link, script } from './link.ts';
import { keyOf } from './scope.ts';

export type SharedLeases = Leases & {
  /** Which of these nobody has now; none where that can't be told. Never rejects. */
  areFree(keys: readonly string[]): Promise<readonly boolean[]>;
  /** Ends when all that were released can be had by others, or it can't be told them. */
  close(): Promise<void>;
};

export type SharedLeasesParts = {
  readonly link: Link;
  readonly clock: Clock;
  /** What names of keys begin with: those who share it have no lease at the same time. */
  readonly keyPrefix: string;
  /** A word for this process that no other has. */
  readonly owner: string;
  /** Ends when all that was written so far can be seen by others, or is lost to them. */
  readonly settled: () => Promise<void>;
};

/** A lease that isn't renewed for so long is free: its holder is gone, or can't be heard. */
const leaseMs = 6_000;
const renewEveryMs = 2_000;
const keysPerRunMax = 200;
/** Clocks of replicas differ; a token that is further ahead than so many microseconds is of a clock that is wrong, and not gone on from. */
const aheadUsMax = 5_000_000;

/**
 * KEYS: a lease, and the scope's last token. ARGV: who wants it, for how many milliseconds, and what its token must exceed. Answers the token as text; 0 if somebody has the lease.
 * One that would never end is garbage, and so is a token of a time to come.
 */
const takeLease = script(`
local left = redis.call('pttl', KEYS[1])
if left == -1 or left > tonumber(ARGV[2]) then redis.call('unlink', KEYS[1]) end
if not redis.call('set', KEYS[1], ARGV[1], 'nx', 'px', ARGV[2]) then return 0 end
local time = redis.call('time')
local last = redis.pcall('get', KEYS[2])
last = type(last) == 'string' and tonumber(last) or 0
if not last or last ~= last or last > time[1] * 1000000 + ${aheadUsMax} then last = 0 end
local seen = math.min(tonumber(ARGV[3]), time[1] * 1000000 + ${aheadUsMax})
local token = string.format('%.0f', math.max(last, seen) + 1)
redis.call('set', KEYS[2], token)
return token`);

const isOurs = `
local function isOurs(key, owner)
  local held = redis.pcall('get', key)
  return type(held) == 'string' and held == owner
end
`;

/** KEYS: leases. ARGV: for how many milliseconds, then who has each. */
const renewLeases = script(`${isOurs}
for at, key in ipairs(KEYS) do
  -- One that the server has forgotten is still had by who renews it.
  if isOurs(key, ARGV[at + 1]) then redis.call('pexpire', key, ARGV[1])
  else redis.call('set', key, ARGV[at + 1], 'nx', 'px', ARGV[1]) end
end
return 1`);

/** KEYS: a lease. ARGV: who has it. */
const releaseLease = script(`${isOurs}
if isOurs(KEYS[1], ARGV[1]) then redis.call('unlink', KEYS[1]) end
return 1`);

/** KEYS: leases. Answers 0 for each that nobody has, else 1. */
const lookForLeases = script(
  `
local found = {}
for at, key in ipairs(KEYS) do found[at] = redis.call('exists', key) end
return found`,
  'read',
);

type Held = { readonly name: string; readonly word: string };

/**
 * Leases that replicas share. They spare calls, and no truth hangs on them: who lost his lease may go on beside its next holder, and then the greater token stays. When the link is
 * down, nobody gets one until those of before are over; then everybody gets every one.
 */
export function createSharedLeases({ link, clock, keyPrefix, owner, settled }: SharedLeasesParts): SharedLeases {
  const held = new Set<Held>();
  const releasing = new Set<Promise<void>>();
  const ending = new AbortController();
  let count = 0;
  const met = createMet(link, clock);
  const nameOf = (key: string) => `${keyPrefix}:lease:${keyOf(key)}`;
  const renewing = renewAll(link, held, clock, ending.signal);

  const release = async (lease: Held): Promise<void> => {
    await settled();
    held.delete(lease);
    // If it can't be told, the lease ends by itself.
    await link.run(releaseLease, [lease.name], [lease.word]).catch(() => undefined);
  };
  return {
    async take(key, atLeast): Promise<Lease | null> {
      count += 1;
      const lease = { name: nameOf(key), word: `${owner} ${count}` };
      const names = [lease.name, `${keyPrefix}:token`];
      const reply = await link.run(takeLease, names, [lease.word, leaseMs, atLeast]).catch(() => undefined);
      if (reply !== undefined) met.note();
      // Who has just lost the others may find them again at once, and one of them may have the lease.
      if (reply === 0 || (reply === undefined && clock.elapsed() < met.lastAt() + leaseMs)) return null;
      const token = Number(reply);
      if (!Buffer.isBuffer(reply)) return { token: atLeast + 1, release: async () => undefined };
      held.add(lease);
      return {
        // Whose own clock is far ahead numbers by it.
        token: Number.isFinite(token) ? Math.max(token, atLeast + 1) : atLeast + 1,
        async release() {
          const released = release(lease).finally(() => releasing.delete(released));
          releasing.add(released);
          await released;
        },
      };
    },
    async areFree(keys) {
      const names = keys.map(nameOf);
      const reply = names.length === 0 ? [] : await link.run(lookForLeases, names, []).catch(() => []);
      return keys.map((_, at) => Array.isArray(reply) && reply[at] === 0);
    },
    async close() {
      ending.abort();
      await Promise.all([renewing, ...releasing]);
    },
  };
}

/** When the others were met last: who has met them may lose them before his first lease. */
function createMet(link: Link, clock: Clock): { lastAt(): number; note(): void } {
  let lastAt = Number.NEGATIVE_INFINITY;
  const note = (): void => {
    lastAt = clock.elapsed();
  };
  if (link.isUp()) note();
  link.onChange(note);
  return { lastAt: () => lastAt, note };
}

async function renewAll(link: Link, held: ReadonlySet<Held>, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.wait(renewEveryMs, signal).catch(() => undefined);
    const all = [...held];
    for (let from = 0; from < all.length && !signal.aborted; from += keysPerRunMax) {
      // Those that were released meanwhile must not come back.
      const some = all.slice(from, from + keysPerRunMax).filter((lease) => held.has(lease));
      const names = some.map(({ name }) => name);
      const words = some.map(({ word }) => word);
      // Those that can't be renewed may be had by others.
      await link.run(renewLeases, names, [leaseMs, ...words]).catch(() => undefined);
    }
  }
}
