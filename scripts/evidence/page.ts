import { readFileSync, writeFileSync } from 'node:fs';

const page = 'docs/evidence.md';

/** Puts a text between two marks of docs/evidence.md, in the place of what stands there. Throws where there are no such marks. */
export function writePart(name: string, part: string): void {
  const text = readFileSync(page, 'utf8');
  const [begin, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const [from, until] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || until < from) throw new Error(`${page} has no place for ${name}`);
  writeFileSync(page, text.slice(0, from + begin.length) + part + text.slice(until));
}

/** A table in Markdown. */
export function tableOf(head: readonly string[], body: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
