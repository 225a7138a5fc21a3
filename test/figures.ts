/**
 * Says figures that docs/evidence.md is made of (`npm run evidence`), on a line of their own. Several of a topic belong to one run, and are added up or compared
 * where the table is made (scripts/evidence).
 */
export function sayFigures(topic: string, figures: Readonly<Record<string, number | string>>): void {
  process.stdout.write(`figures of ${topic}: ${JSON.stringify(figures)}\n`);
}
