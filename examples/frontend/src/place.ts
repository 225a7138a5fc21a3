import { type Days, isDay, lastDays } from './days.ts';
import type { SummaryOrder } from './graphql/graphql.ts';
import {
  agentOrderDefault,
  agentOrderOf,
  type OrderName,
  orderNameDefault,
  orderNamed,
  textOfOrder,
} from './orders.ts';

/**
 * What the page shows: which days, whose, in which order. All of it stands in its address, so it can be reloaded, kept, sent to somebody, and gone
 * back from. How far somebody has unfolded it, by more agents, more conversations or their metrics, doesn't.
 */
export type Place = {
  /** A number of days that end with today, or days by date. */
  readonly span: number | Days;
  readonly view: View;
};

export type View =
  | { readonly kind: 'leaderboard'; readonly orderBy: SummaryOrder }
  | { readonly kind: 'conversations'; readonly agentId: string | null; readonly order: OrderName };

/** The leaderboard as it is at first. */
export const leaderboardView: View = { kind: 'leaderboard', orderBy: agentOrderDefault };

/** Conversations of an agent, or of all, as they are at first. */
export function conversationsView(agentId: string | null): View {
  return { kind: 'conversations', agentId, order: orderNameDefault };
}

export const presets: readonly number[] = [7, 30];
const [presetDefault = 7] = presets;

/** The days that a place stands for now, where the zone's clocks say when that is. */
export function daysOf({ span }: Place, timeZone: string): Days {
  return typeof span === 'number' ? lastDays(span, timeZone) : span;
}

/** Reads the query of an address; what makes no sense is left out. */
export function placeOf(search: string): Place {
  const fields = new URLSearchParams(search);
  const [from, to] = [fields.get('from') ?? '', fields.get('to') ?? ''];
  const preset = presets.find((count) => String(count) === fields.get('days'));
  const agentId = fields.get('agent');
  const isList = agentId !== null || fields.has('conversations');
  return {
    span: isDay(from) && isDay(to) && from <= to ? { from, to } : (preset ?? presetDefault),
    view: isList
      ? { kind: 'conversations', agentId, order: orderNamed(fields.get('order')) }
      : { kind: 'leaderboard', orderBy: agentOrderOf(fields.get('order')) },
  };
}

/** The address of a place, relative to the page. */
export function hrefOf({ span, view }: Place): string {
  const fields = new URLSearchParams(typeof span === 'number' ? { days: String(span) } : span);
  if (view.kind === 'conversations')
    fields.set(view.agentId === null ? 'conversations' : 'agent', view.agentId ?? 'all');
  const order = orderTextOf(view);
  if (order !== null) fields.set('order', order);
  return `?${fields}`;
}

/** The order in words of an address; null where it is the one at first, which an address needn't name. */
function orderTextOf(view: View): string | null {
  if (view.kind === 'conversations') return view.order === orderNameDefault ? null : view.order;
  const text = textOfOrder(view.orderBy);
  return text === textOfOrder(agentOrderDefault) ? null : text;
}

/** What tells apart which rows are shown, whatever their order: where this changes nothing of what is in sight stays. */
export function rowsKeyOf(days: Days, view: View): string {
  return hrefOf({ span: days, view: view.kind === 'leaderboard' ? leaderboardView : conversationsView(view.agentId) });
}
