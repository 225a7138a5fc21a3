import { Socket } from 'node:net';
import { vi } from 'vitest';
import type { Caller } from '../../src/model/access.ts';
import type { KeySetSettings } from '../../src/server/caller/key-set.ts';
import {
  type CallerSettings,
  type Callers,
  createCallers,
  type Identity,
  type TokenCallerSettings,
} from '../../src/server/caller.ts';
import { type Issuer, startIssuer } from '../issuer/issuer.ts';
import { createFakeClock, type FakeClock } from '../kore/clock.ts';

/** Callers over an issuer, by a clock that goes only when it is told to. */
export type World = {
  readonly issuer: Issuer;
  readonly clock: FakeClock;
  readonly callers: Callers;
  readonly isReady: () => boolean;
  /** Who shows this, or the code of the refusal. */
  identify(...authorization: readonly string[]): Promise<Caller | string>;
  identity(...authorization: readonly string[]): Promise<Identity>;
  /** The same for a token. */
  admit(token: string): Promise<Caller | string>;
  /** Lets time pass: as long as the key set is being read, it stands still. */
  pass(ms: number): Promise<void>;
  /** What was logged. */
  readonly lines: readonly string[];
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type WorldSettings = Partial<Omit<TokenCallerSettings, 'keys' | 'kind'>> &
  Partial<KeySetSettings> & { readonly secret?: string };

/** Starts an issuer, and callers that know it. */
export async function startCallers({
  secret,
  begin = async () => {},
  ...settings
}: WorldSettings & { readonly begin?: (issuer: Issuer) => Promise<void> } = {}): Promise<World> {
  const clock = createFakeClock();
  const issuer = await startIssuer({ now: clock.now });
  await begin(issuer);
  const { all, timeoutMs } = settingsOf(issuer, settings, secret);
  const waits = new Set<{ readonly waitMs: number; readonly at: number }>();
  const lines: string[] = [];
  const note = (fields: object, message: string) => lines.push(JSON.stringify({ message, ...fields }));
  const callers = createCallers(all, {
    clock: {
      ...clock,
      wait(waitMs, signal) {
        const wait = { waitMs, at: clock.elapsed() + waitMs };
        waits.add(wait);
        return clock.wait(waitMs, signal).finally(() => waits.delete(wait));
      },
    },
    log: { debug: note, info: note, warn: note, error: note },
    fetch,
    isRouter: ({ headers }) => headers['router-authorization'] === 'router',
  });
  /** Whether only the clock can go on: the next reading is waited for, or an answer that doesn't come. */
  const isStill = () => {
    const each = [...waits];
    return each.some(({ waitMs }) => waitMs !== timeoutMs) || (each.length > 0 && /hang|drip/.test(issuer.manner));
  };
  const identity = (...authorization: readonly string[]) =>
    callers.identify({
      ip: '::1',
      headers: {},
      raw: { socket: new Socket(), headersDistinct: { authorization: [...authorization] } },
    });
  const identify = async (...authorization: readonly string[]) => {
    const identified = await identity(...authorization);
    return identified.kind === 'caller' ? identified.caller : identified.failure.code;
  };
  return {
    issuer,
    clock,
    lines,
    callers,
    isReady: callers.isReady,
    identity,
    identify,
    admit: (token) => identify(`Bearer ${token}`),
    async pass(ms) {
      const end = clock.elapsed() + ms;
      for (;;) {
        await vi.waitUntil(isStill, { interval: 1, timeout: 5_000 });
        const next = Math.min(...[...waits].map(({ at }) => at));
        if (end < next) break;
        await clock.advance(next - clock.elapsed());
      }
      await clock.advance(end - clock.elapsed());
    },
    close: callers.close,
    async [Symbol.asyncDispose]() {
      await callers.close();
      await issuer[Symbol.asyncDispose]();
    },
  };
}

function settingsOf({ url, settings }: Issuer, given: WorldSettings, secret: string | undefined) {
  const { url: address = url, timeoutMs = 3_000, bytesMax = 131_072, ...others } = given;
  const { cooldownMs = 30_000, refreshMs = 600_000, keptMs = 86_400_000, ...rest } = others;
  const set = { kind: 'set', url: address, timeoutMs, bytesMax, cooldownMs, refreshMs, keptMs } as const;
  const all: CallerSettings = {
    kind: 'jwt',
    issuer: settings['AUTH_ISSUER'] ?? '',
    audience: [settings['AUTH_AUDIENCE'] ?? ''],
    algorithms: secret === undefined ? ['RS256', 'ES256'] : ['HS256'],
    lifetimeMaxSeconds: 86_400,
    toleranceSeconds: 5,
    tokenBytesMax: 6_144,
    cachedMax: 10_000,
    rolesClaim: 'roles',
    agentsClaim: 'agents',
    queuesClaim: 'queues',
    roleRights: null,
    ...rest,
    keys: secret === undefined ? set : { kind: 'secret', secret },
  };
  return { all, timeoutMs };
}
