import { readFileSync } from 'node:fs';

/** What became of one change, as Stryker tells it: lines and columns count from 1. */
export type MutantFate = {
  readonly fileName: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: Position; readonly end: Position };
};
type Position = { readonly line: number; readonly column: number };

/** What is kept of an area: for each file how many changes were noticed and how many not, and every change that nobody noticed. */
export type FileRecord = {
  readonly file: string;
  readonly noticed: number;
  readonly unnoticed: number;
  readonly survivors: readonly string[];
};

/**
 * Sums up a run of Stryker. Noticed are changes that a test failed for, or that kept one from ending; unnoticed those that every test passed
 * with, or that no test came to. Changes that can't be run count for neither.
 */
export function recordOf(fates: readonly MutantFate[]): readonly FileRecord[] {
  return [...Map.groupBy(fates, ({ fileName }) => relative(fileName))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, ofFile]) => {
      const lines = readFileSync(file, 'utf8').split('\n');
      const unnoticed = ofFile.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
      return {
        file,
        noticed: ofFile.filter(({ status }) => status === 'Killed' || status === 'Timeout').length,
        unnoticed: unnoticed.length,
        survivors: unnoticed.map((fate) => told(fate, lines)),
      };
    });
}

const relative = (fileName: string) => fileName.slice(fileName.lastIndexOf('/src/') + 1);

function told({ location: { start, end }, replacement = '', status }: MutantFate, lines: readonly string[]): string {
  const whole = lines.slice(start.line - 1, end.line);
  const cut = whole.map((line, index) =>
    line.slice(index === 0 ? start.column - 1 : 0, index === whole.length - 1 ? end.column - 1 : undefined),
  );
  const untested = status === 'NoCoverage' ? ' (no test comes here)' : '';
  return `${start.line}: ${oneLine(cut.join(' '))} → ${oneLine(replacement)}${untested}`;
}

const oneLine = (text: string) => {
  const short = text.replace(/\s+/g, ' ').trim();
  return short.length > 70 ? `${short.slice(0, 67)}…` : short;
};
