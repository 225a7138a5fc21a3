import type { Anchor, PlacedRow, Range } from '../model/range.ts';
import { neighbourCountMax, offsetAt, type Spot } from './view.ts';

/**
 * Rows with their anchors, which are made only when a cursor is asked for. The neighbours of a row are those that were collected with it; at the
 * ends of the collection those on its page, and then those that the cursor before it remembers: a page's edge costs no neighbour.
 */
export function placeRows(spots: readonly Spot[], { after, before }: Range): readonly PlacedRow[] {
  const prints = () => spots.map(({ page, index }) => page.prints()[index] ?? '');
  let known:
    | { readonly prints: readonly string[]; readonly leading: readonly string[]; readonly trailing: readonly string[] }
    | undefined;
  const anchorOf = (spot: Spot, at: number): Anchor => {
    known ??= {
      prints: prints(),
      leading: leadingPrints(spots[0], after),
      trailing: trailingPrints(spots.at(-1), before),
    };
    const preceding = known.prints.slice(Math.max(0, at - neighbourCountMax), at).reverse();
    const following = known.prints.slice(at + 1, at + 1 + neighbourCountMax);
    return {
      offset: offsetAt(spot),
      total: spot.page.total,
      print: known.prints[at] ?? '',
      before: [...preceding, ...known.leading].slice(0, neighbourCountMax),
      after: [...following, ...known.trailing].slice(0, neighbourCountMax),
    };
  };
  return spots.map((spot, at) => {
    const row = spot.page.row(spot.index);
    if (row === undefined) throw new RangeError(`page ${spot.page.index} has no row ${spot.index}`);
    return { identity: row.identity, conversation: row.conversation, anchor: () => anchorOf(spot, at) };
  });
}

/** The prints before the first row that was collected, the nearest first. */
function leadingPrints(first: Spot | undefined, after: Anchor | null): readonly string[] {
  if (first === undefined) return [];
  const onPage = first.page
    .prints()
    .slice(Math.max(0, first.index - neighbourCountMax), first.index)
    .reverse();
  return continued(onPage, after?.print, after?.before ?? []);
}

/** The prints behind the last row that was collected, the nearest first. */
function trailingPrints(last: Spot | undefined, before: Anchor | null): readonly string[] {
  if (last === undefined) return [];
  const onPage = last.page.prints().slice(last.index + 1, last.index + 1 + neighbourCountMax);
  return continued(onPage, before?.print, before?.after ?? []);
}

/** Neighbours on the page, and behind the row that a cursor stands on those that it remembers. */
function continued(
  onPage: readonly string[],
  print: string | undefined,
  remembered: readonly string[],
): readonly string[] {
  const at = print === undefined ? -1 : onPage.indexOf(print);
  return at === -1 ? onPage : [...onPage.slice(0, at + 1), ...remembered];
}
