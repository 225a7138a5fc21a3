import { readdirSync, readFileSync } from 'node:fs';

/**
 * A GraphQL block of a document, with what the document says of it. In its info string stand `plan`, `trace` and `no-cache` (the headers that it
 * is sent with), `then` (it is asked after the block above it, which also gives it its `$after`: that one's `endCursor`) and `fails=CODE` or
 * `fails=CODE/REASON`. Behind it may stand its variables (```json variables), its answer (```json, where "…" is whatever differs each time), and
 * what it costs when nothing is held but what the blocks above it have read (`**Calls: 1.**`), in this order.
 */
export type Block = {
  readonly file: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly goesOn: boolean;
  readonly failure: { readonly code: string; readonly reason: string | undefined } | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly answer: unknown;
  readonly callCount: number | null;
};

/** Blocks that are asked one after the other, of one gateway. */
export type Chain = { readonly title: string; readonly blocks: readonly Block[] };

/** A snippet of code with what it prints, and how many calls it makes. */
export type Snippet = {
  readonly title: string;
  readonly code: string;
  readonly output: string | null;
  readonly callCount: number | null;
};

type Document = { readonly file: string; readonly text: string };

const documents: readonly Document[] = readdirSync('.', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md') && !/(^|\/)(node_modules|dist|artifacts)\//.test(name))
  .toSorted()
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

const blockPattern =
  /```graphql((?: [^\n]*)?)\n([\s\S]*?)```(?:\s*```json variables\n([\s\S]*?)```)?(?:\s*```json\n([\s\S]*?)```)?(?:\s*\*\*Calls: (\d+)\.\*\*)?/g;

const headersOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  plan: { 'x-upstream-plan': '1' },
  trace: { 'x-upstream-trace': '1' },
  'no-cache': { 'cache-control': 'no-cache' },
};

const day = '{ from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }';

/** Every GraphQL block of every document. */
export const blocks: readonly Block[] = documents.flatMap(({ file, text }) =>
  [...text.matchAll(blockPattern)].map(([, info = '', query = '', variables, answer, calls]) => ({
    file,
    query,
    ...said(info),
    variables: variables === undefined ? {} : JSON.parse(variables),
    answer: answer === undefined ? null : JSON.parse(answer),
    callCount: calls === undefined ? null : Number(calls),
  })),
);

/** The same, each with those that go on from it. */
export const chains: readonly Chain[] = chained(blocks);

/** Queries in tables of `| query | calls |`, where `$day` is the day that the documents ask about. */
export const prices: readonly Block[] = documents.flatMap(({ file, text }) =>
  [...text.matchAll(/^\| query \| calls \|\n\|[-| ]+\|\n((?:\|.*\|\n)+)/gm)].flatMap(([, rows = '']) =>
    [...rows.matchAll(/^\| `(.+)` \| (\d+) \|$/gm)].map(([, query = '', calls]) => ({
      file,
      query: `{ ${query.replaceAll('\\|', '|').replaceAll('$day', day)} }`,
      ...said(''),
      variables: {},
      answer: null,
      callCount: Number(calls),
    })),
  ),
);

/** Commands for a shell, and programs, with what they print (```json or ```text) and their calls. */
export const snippetsOf = (language: 'sh' | 'ts'): readonly Snippet[] =>
  documents.flatMap(({ file, text }) =>
    [...text.matchAll(snippetPattern(language))].map(([, code = '', output, calls], index) => ({
      title: `${file} ${language} ${index + 1}`,
      code,
      output: output ?? null,
      callCount: calls === undefined ? null : Number(calls),
    })),
  );

const snippetPattern = (language: string) =>
  new RegExp(
    `\`\`\`${language}\\n([\\s\\S]*?)\`\`\`(?:\\s*\`\`\`(?:json|text)\\n([\\s\\S]*?)\`\`\`)?(?:\\s*\\*\\*Calls: (\\d+)\\.\\*\\*)?`,
    'g',
  );

function said(info: string): Pick<Block, 'headers' | 'goesOn' | 'failure'> {
  let said: Pick<Block, 'headers' | 'goesOn' | 'failure'> = { headers: {}, goesOn: false, failure: null };
  for (const word of info.split(/\s+/).filter((each) => each !== '')) {
    const [, code, reason] = /^fails=([A-Z_]+)(?:\/([A-Z_]+))?$/.exec(word) ?? [];
    if (code !== undefined) said = { ...said, failure: { code, reason } };
    else if (word === 'then') said = { ...said, goesOn: true };
    else if (headersOf[word] !== undefined) said = { ...said, headers: { ...said.headers, ...headersOf[word] } };
    else throw new TypeError(`"${word}" says nothing that is known of a block`);
  }
  return said;
}

function chained(all: readonly Block[]): readonly Chain[] {
  const found: Block[][] = [];
  for (const block of all) {
    const last = found.at(-1);
    if (block.goesOn && last !== undefined) last.push(block);
    else found.push([block]);
  }
  const counts = new Map<string, number>();
  return found.map((chain) => {
    const file = chain[0]?.file ?? '';
    const count = (counts.get(file) ?? 0) + 1;
    counts.set(file, count);
    return { title: `${file} ${count}`, blocks: chain };
  });
}
