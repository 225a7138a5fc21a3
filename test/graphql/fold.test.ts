import { expect, test } from 'vitest';
import { createFolding } from '../../src/graphql/answering/fold.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import type { Selected } from '../../src/selection/rows.ts';

const table = tableOf([]);
const part = (rowCount: number): Selected => ({ table, indices: new Uint32Array(rowCount) });
const count = (parts: readonly Selected[]) => parts.reduce((sum, { indices }) => sum + indices.length, 0);

test('a fold takes turns after as many rows as are added up at a stretch, and so do others that were asked for at once', async () => {
  const log: string[] = [];
  const folding = createFolding({
    share: async () => {
      log.push('turn');
    },
  });
  const fold = {
    tally: (parts: readonly Selected[]) => {
      log.push(`tally ${parts.length}`);
      return count(parts);
    },
    merge: (one: number, other: number) => {
      log.push('merge');
      return one + other;
    },
  };
  const parts = [...new Array(25).fill(0).map(() => part(1_000)), part(30_000)];
  const sums = await Promise.all([folding.fold(parts, fold), folding.fold([], fold), folding.fold([part(7)], fold)]);
  expect(sums).toEqual([55_000, 0, 7]);
  expect(log).toEqual([
    ...['turn', 'tally 10', 'turn', 'tally 10', 'turn', 'merge', 'turn', 'tally 6', 'turn', 'merge'],
    ...['tally 0', 'turn', 'tally 1'],
  ]);
});

test('a fold that fails lets the next one go on', async () => {
  const folding = createFolding({ share: async () => {} });
  const broken = folding.fold([part(1)], {
    tally: (): number => {
      throw new Error('broken');
    },
    merge: (one) => one,
  });
  const sound = folding.fold([part(1)], { tally: count, merge: (one) => one });
  await expect(broken).rejects.toThrow('broken');
  await expect(sound).resolves.toBe(1);
});
