import type { Cursor } from '../../paging/cursor.ts';
import type { KeysetPlace } from '../../paging/keyset.ts';
import type { Place } from '../../selection/order.ts';
import type { RankKey } from '../../selection/ranking.ts';

/** The place of a row as its cursor holds it. */
export function sealPlace({ slice, value, conversationId, identity, ordinal }: Place): KeysetPlace {
  // The identity begins with the conversationId: held once, it leaves room for many agents.
  const isPrefixed = identity.startsWith(conversationId);
  const rest = isPrefixed ? identity.slice(conversationId.length) : identity;
  return [slice, value, conversationId, isPrefixed ? 1 : 0, rest, ordinal];
}

/** The place that a cursor holds; null for none, and for one of the upstream's own list. */
export function placeOf(cursor: Cursor | null): Place | null {
  if (cursor?.kind !== 'keyset') return null;
  const [slice, value = null, conversationId, isPrefixed, rest, ordinal] = cursor.keyset.place;
  const id = String(conversationId);
  return {
    slice: Number(slice),
    value,
    conversationId: id,
    identity: isPrefixed === 1 ? `${id}${rest}` : String(rest),
    ordinal: Number(ordinal),
  };
}

/** The place of an agent, queue or metric as its cursor holds it. */
export function sealRank({ value, id }: RankKey): KeysetPlace {
  return [value, id];
}

/** The same, read back. */
export function rankOf(cursor: Cursor | null): RankKey | null {
  if (cursor?.kind !== 'keyset') return null;
  const [value = null, id] = cursor.keyset.place;
  return { value, id: String(id) };
}
