import { createHash } from 'node:crypto';
import { type Caller, type Right, rights } from '../../model/access.ts';
import type { Verified } from './token.ts';

export type ClaimSettings = {
  /** Each is the name of a claim, or a JSON Pointer (RFC 6901) that begins with a slash. */
  readonly rolesClaim: string;
  readonly agentsClaim: string;
  readonly queuesClaim: string;
  /** Null: a role that is named like a right gives it. */
  readonly roleRights: ReadonlyMap<string, ReadonlySet<Right>> | null;
};

type Bearer = Pick<Verified, 'issuer' | 'subject' | 'claims'>;

/**
 * Who a good token speaks of, and what he may. Without a claim there are no rights and no rows. Null where a claim has another shape than it may: what it was meant to say is not
 * guessed at.
 */
export function callerOf({ issuer, subject, claims }: Bearer, settings: ClaimSettings): Caller | null {
  const roles = textsOf(claimAt(claims, settings.rolesClaim), / +/);
  const agentIds = textsOf(claimAt(claims, settings.agentsClaim), null);
  const queueIds = textsOf(claimAt(claims, settings.queuesClaim), null);
  if (roles === null || agentIds === null || queueIds === null) return null;
  const given = rightsOf(roles, settings.roleRights);
  return {
    id: createHash('sha256')
      .update(JSON.stringify([issuer, subject]))
      .digest('base64url'),
    rights: given,
    sight: given.has('all-conversations') ? null : { agentIds: new Set(agentIds), queueIds: new Set(queueIds) },
  };
}

function rightsOf(roles: readonly string[], roleRights: ClaimSettings['roleRights']): ReadonlySet<Right> {
  if (roleRights === null) return new Set(rights.filter((right) => roles.includes(right)));
  return new Set(roles.flatMap((role) => [...(roleRights.get(role) ?? [])]));
}

/** What is at that place, by own properties alone: a token may name one like those that all objects have. Undefined where nothing is. */
function claimAt(claims: unknown, place: string): unknown {
  const names = place.startsWith('/') ? place.slice(1).split('/').map(unescaped) : [place];
  let value = claims;
  for (const name of names) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    // A list has a length besides its items.
    if (Array.isArray(value) && !/^(0|[1-9]\d*)$/.test(name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

function unescaped(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A list of texts, or one text that may hold several, by `separator`. What is not there, or null, is none. Null: neither. */
function textsOf(value: unknown, separator: RegExp | null): readonly string[] | null {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') {
    return (separator === null ? [value] : value.split(separator)).filter((each) => each !== '');
  }
  if (!Array.isArray(value)) return null;
  const items: readonly unknown[] = value;
  return items.every((each) => typeof each === 'string') ? items.filter((each) => each !== '') : null;
}
