import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Failure } from '../errors.ts';
import { type Caller, rights } from '../model/access.ts';
import type { Clock, Fetch, Log } from '../model/ports.ts';
import { readAuthorization } from './caller/bearer.ts';
import { type ClaimSettings, callerOf } from './caller/claims.ts';
import { createKeySet, createSecretKey, type KeySetSettings, type Keys } from './caller/key-set.ts';
import { createTokenCheck, type TokenSettings } from './caller/token.ts';
import type { Sender } from './sender.ts';

/** How callers are known: not at all, or by tokens. */
export type CallerSettings = { readonly kind: 'none' } | TokenCallerSettings;

export type TokenCallerSettings = TokenSettings &
  ClaimSettings & {
    readonly kind: 'jwt';
    readonly keys: { readonly kind: 'secret'; readonly secret: string } | ({ readonly kind: 'set' } & KeySetSettings);
    readonly tokenBytesMax: number;
    readonly cachedMax: number;
  };

export type Identity =
  | { readonly kind: 'caller'; readonly caller: Caller }
  /** `challenge` is the header `www-authenticate`, where a token would help. */
  | { readonly kind: 'refused'; readonly failure: Failure; readonly challenge: string | null };

export type Callers = {
  /** Says who sends a request, by its headers alone. Never rejects for what the request holds. */
  identify(request: Sender): Promise<Identity>;
  /** Whether tokens can be checked at all. */
  isReady(): boolean;
  /** Milliseconds since the keys were read; null where there is nothing to read. */
  keysAgeMs: (() => number) | null;
  close(): Promise<void>;
};

export type CallerParts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch: Fetch;
  readonly isRouter: (request: Sender) => boolean;
};

/** Knows callers as the settings say. */
export function createCallers(settings: CallerSettings, parts: CallerParts): Callers {
  if (settings.kind === 'none') {
    return {
      identify: async (request) => ({ kind: 'caller', caller: anyone(request) }),
      isReady: () => true,
      keysAgeMs: null,
      close: async () => {},
    };
  }
  const keys =
    settings.keys.kind === 'secret' ? createSecretKey(settings.keys.secret) : createKeySet(settings.keys, parts);
  const identifyToken = createTokenMemory(settings, keys, parts);
  return {
    async identify(request) {
      const shown = readAuthorization(request.raw.headersDistinct['authorization'], settings.tokenBytesMax);
      if (shown.kind === 'token') return identityOf(await identifyToken(shown.token), keys);
      if (shown.kind === 'unreadable') return refusedToken();
      return parts.isRouter(request) ? { kind: 'caller', caller: router } : missingToken();
    },
    isReady: keys.isLoaded,
    keysAgeMs: settings.keys.kind === 'secret' ? null : keys.ageMs,
    close: keys.close,
  };
}

/** What a token comes to. */
type Outcome = Caller | 'refused' | 'undecided' | 'malformed';

type Remembered = { readonly outcome: Caller | 'malformed'; readonly goodUntil: number; readonly generation: number };

/**
 * Checks each token once, also for requests that come at once, and remembers what came of it by the token's digest: until the token ends, keys may have gone, or others are
 * asked for more often. Tokens that are refused are not remembered, so they can't push out those that are good.
 */
function createTokenMemory(
  settings: TokenCallerSettings,
  keys: Keys,
  { clock, log }: CallerParts,
): (token: string) => Promise<Outcome> {
  const check = createTokenCheck(settings, keys, clock);
  const remembered = new LRUCache<string, Remembered>({ max: settings.cachedMax });
  const underWay = new Map<string, Promise<Outcome>>();

  const judge = async (token: string, digest: string): Promise<Outcome> => {
    const verdict = await check(token);
    if (verdict.kind === 'undecided') return 'undecided';
    if (verdict.kind === 'refused') {
      log.debug({ why: verdict.why }, 'a token was refused');
      return 'refused';
    }
    const { goodUntil, generation } = verdict.verified;
    const outcome = callerOf(verdict.verified, settings) ?? 'malformed';
    remembered.set(digest, { outcome, goodUntil, generation });
    return outcome;
  };

  return async (token) => {
    const digest = createHash('sha256').update(token).digest('base64url');
    const known = remembered.get(digest);
    if (known !== undefined) {
      if (keys.isUsable() && known.generation === keys.generation() && clock.now() < known.goodUntil)
        return known.outcome;
      remembered.delete(digest);
    }
    const begun = underWay.get(digest);
    if (begun !== undefined) return await begun;
    const judging = judge(token, digest).finally(() => underWay.delete(digest));
    underWay.set(digest, judging);
    return await judging;
  };
}

function identityOf(outcome: Outcome, keys: Keys): Identity {
  switch (outcome) {
    case 'refused':
      return refusedToken();
    case 'undecided':
      return undecided(keys.retryAfterSeconds());
    case 'malformed':
      return malformedClaim();
    default:
      return { kind: 'caller', caller: outcome };
  }
}

/** The same words and the same status, whatever is wrong with a token: more would help those who make them. */
function refusedToken(): Identity {
  const failure = new Failure('UNAUTHENTICATED', 'The bearer token is not valid here', { reason: 'TOKEN' });
  return { kind: 'refused', failure, challenge: 'Bearer error="invalid_token"' };
}

function missingToken(): Identity {
  const failure = new Failure('UNAUTHENTICATED', 'This gateway needs a bearer token', { reason: 'TOKEN_MISSING' });
  return { kind: 'refused', failure, challenge: 'Bearer' };
}

function malformedClaim(): Identity {
  const failure = new Failure('FORBIDDEN', 'The token has a claim that is neither text nor a list of texts', {
    reason: 'CLAIM',
  });
  return { kind: 'refused', failure, challenge: null };
}

/** Nothing is said against the token: it can't be told whether it is good. */
function undecided(retryAfterSeconds: number): Identity {
  const failure = new Failure('OVERLOADED', "Tokens can't be checked now: the issuer's keys could not be read", {
    reason: 'KEY_SET',
    retryAfterSeconds,
  });
  return { kind: 'refused', failure, challenge: null };
}

/** The supergraph's router, when it asks for itself and not for somebody: it may be told the SDL, and sees no conversation. */
const router: Caller = {
  id: 'router',
  rights: new Set(),
  sight: { agentIds: new Set(), queueIds: new Set() },
};

/**
 * Somebody who isn't known by name: he may do everything. For a fair share of the quota he is told from others by his address, and by the name that a client gives itself
 * in the header that Apollo's clients send.
 */
function anyone({ ip, headers }: Pick<Sender, 'ip' | 'headers'>): Caller {
  const clientName = String(headers['apollographql-client-name'] ?? '').slice(0, clientNameLengthMax);
  return { id: `${ip} ${clientName}`, rights: new Set(rights), sight: null };
}

const clientNameLengthMax = 100;
