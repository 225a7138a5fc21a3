import type { Reply } from './link.ts';
import { toUs } from './server-clock.ts';
import { numberOf, wordOf } from './window-view.ts';

/** Those who share the window, as this replica heard of them last: should the server forget them, it is told of them. */
export type Roster = { readonly at: number; readonly members: readonly Member[] };

type Member = { readonly id: string; readonly place: string; readonly share: number; readonly ageMs: number };

/** The roster as a script reads it at `now` (by Clock.elapsed). */
export function rosterWords({ at, members }: Roster, now: number): readonly (string | number)[] {
  return members.flatMap(({ id, place, share, ageMs }) => [id, place, share, toUs(ageMs + now - at)]);
}

const factsEach = 4;

/** Reads what a script has listed. Throws a TypeError for what no script of the window answers. */
export function readRoster(flat: readonly Reply[]): readonly Member[] {
  const members: Member[] = [];
  for (let at = 0; at + factsEach <= flat.length; at += factsEach) {
    const [id, place, share, age] = flat.slice(at, at + factsEach);
    members.push({ id: wordOf(id), place: wordOf(place), share: numberOf(share), ageMs: numberOf(age) / 1_000 });
  }
  return members;
}
