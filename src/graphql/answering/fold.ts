import type { Turns } from '../../model/ports.ts';
import type { Selected } from '../../selection/rows.ts';

/** How some rows are added up: a fold over parts, merged, is the fold over all. */
export type Fold<Tally> = {
  readonly tally: (parts: readonly Selected[]) => Tally;
  readonly merge: (one: Tally, other: Tally) => Tally;
};

/** The long work of one operation: one piece after the other, however many fields ask at once, for between them others have their turn. */
export type Folding = {
  fold<Tally>(parts: readonly Selected[], fold: Fold<Tally>): Promise<Tally>;
  /** Does for batches of items, in their order, what takes long for many rows. */
  inBatches<Item, Result>(
    items: readonly Item[],
    rowCountOf: (item: Item) => number,
    work: (batch: readonly Item[]) => Result,
  ): Promise<readonly Result[]>;
};

/** So many rows are worked on between two turns. */
const rowsPerTurn = 10_000;

/** The work of an operation that has none yet. */
export function createFolding(turns: Turns): Folding {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = last.then(work);
    last = done.catch(() => {}); // Who asked for it hears of it.
    return done;
  };
  const inBatches: Folding['inBatches'] = (items, rowCountOf, work) =>
    inTurn(async () => {
      const results = [];
      for (const batch of batchesOf(items, rowCountOf)) {
        await turns.share();
        results.push(work(batch));
      }
      return results;
    });
  return {
    inBatches,
    fold: (parts, { tally, merge }) =>
      inTurn(async () => {
        const [first, ...others] = batchesOf(parts, ({ indices }) => indices.length);
        if (first === undefined) return tally([]);
        await turns.share();
        let merged = tally(first);
        for (const batch of others) {
          await turns.share();
          const more = tally(batch);
          // Tallies grow with what they hold: to merge them takes its time, too.
          await turns.share();
          merged = merge(merged, more);
        }
        return merged;
      }),
  };
}

function batchesOf<Item>(items: readonly Item[], rowCountOf: (item: Item) => number): readonly (readonly Item[])[] {
  const batches: Item[][] = [];
  let rowCount = rowsPerTurn;
  for (const item of items) {
    if (rowsPerTurn <= rowCount) {
      batches.push([]);
      rowCount = 0;
    }
    batches.at(-1)?.push(item);
    rowCount += rowCountOf(item);
  }
  return batches;
}
