import { readdirSync, readFileSync } from 'node:fs';
import { tableOf } from './page.ts';

type FileRecord = { readonly noticed: number; readonly unnoticed: number };

/** Of how many changes to the sources of an area how many were noticed. */
export type AreaScore = { readonly area: string; readonly changes: number; readonly noticed: number };

const folder = 'test/mutation/results';

/** What `npm run test:mutation` has kept, by area. */
export function areaScores(): readonly AreaScore[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => {
      const files = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as readonly FileRecord[];
      const noticed = files.reduce((total, file) => total + file.noticed, 0);
      const unnoticed = files.reduce((total, file) => total + file.unnoticed, 0);
      return { area: name.replace('.json', ''), changes: noticed + unnoticed, noticed };
    });
}

/** The table of these scores; each leads to the changes that nobody noticed. */
export function areaTable(): string {
  const rows = areaScores().map(({ area, changes, noticed }) => [
    `[${area}](../${folder}/${area}.json)`,
    `${changes}`,
    `${noticed}`,
    `${((100 * noticed) / changes).toFixed(1)} %`,
  ]);
  return tableOf(['area', 'changes', 'noticed', 'of them'], rows);
}
