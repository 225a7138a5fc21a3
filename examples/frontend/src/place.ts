import { type Days, isDay, lastDays } from './days.ts';
import { timeZone } from './settings.ts';

/** What the page shows, all of it in its address: it can be reloaded, kept, sent to somebody, and gone back from. */
export type Place = {
  /** A number of days that end with today, or days by date. */
  readonly span: number | Days;
  readonly view: View;
};

export type View =
  | { readonly kind: 'leaderboard' }
  | { readonly kind: 'conversations'; readonly agentId: string | null };

export const presets: readonly number[] = [7, 30];
const [presetDefault = 7] = presets;
const home: Place = { span: presetDefault, view: { kind: 'leaderboard' } };

/** The days that a place stands for now. */
export function daysOf({ span }: Place): Days {
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
    span: isDay(from) && isDay(to) && from <= to ? { from, to } : (preset ?? home.span),
    view: isList ? { kind: 'conversations', agentId } : home.view,
  };
}

/** The address of a place, relative to the page. */
export function hrefOf({ span, view }: Place): string {
  const fields = new URLSearchParams(typeof span === 'number' ? { days: String(span) } : span);
  if (view.kind === 'conversations')
    fields.set(view.agentId === null ? 'conversations' : 'agent', view.agentId ?? 'all');
  return `?${fields}`;
}
