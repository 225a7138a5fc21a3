import type { WireRow } from './wire.ts';

/** How rows are broken, and which: every `every`-th place of a list, so a row read twice at one place is broken twice. */
export type Corruption = { readonly every: number; readonly kind: CorruptionKind };

export type CorruptionKind = keyof typeof breakers;

/** The JSON text of a row, broken. */
export function corruptRow(row: WireRow, kind: CorruptionKind): string {
  return breakers[kind](row);
}

const scoreKeys = ['koreEvalutionScore', 'koreEvaluationScore'];

const breakers = {
  'wrong-type': (row: WireRow) => JSON.stringify({ ...row, Language: 7, Metrics: 'none', Agents: null, agents: null }),
  'score-as-text': (row: WireRow) => JSON.stringify(withScore(row, '80')),
  'score-na': (row: WireRow) => JSON.stringify(withScore(row, 'NA')),
  'score-out-of-range': (row: WireRow) => JSON.stringify(withScore(row, 101)),
  'score-infinite': (row: WireRow) => JSON.stringify(withScore(row, '\u0000')).replace('"\\u0000"', '1e999'),
  'score-negative-zero': (row: WireRow) => JSON.stringify(withScore(row, '\u0000')).replace('"\\u0000"', '-0'),
  'unknown-key': (row: WireRow) => JSON.stringify({ ...row, 'AI Coach Summary': { version: 3, lines: ['new'] } }),
  'not-an-object': () => '"conversation unavailable"',
  null: () => 'null',
  'missing-id': ({ conversationId: _, ...row }: WireRow) => JSON.stringify(row),
  'empty-id': (row: WireRow) => JSON.stringify({ ...row, conversationId: '' }),
  'id-as-number': (row: WireRow) =>
    JSON.stringify({ ...row, conversationId: 9_007_199_254_740_993n.toString() }).replace(/"(9007199254740993)"/, '$1'),
  'unknown-literals': (row: WireRow) =>
    JSON.stringify({
      ...row,
      duration_status: 'partially_evaluated',
      contactDirection: 'internal',
      AuditStatus: 'Zurückgestellt',
    }),
  'odd-date': (row: WireRow) => JSON.stringify({ ...row, AuditDate: '31/12/2026' }),
  'metric-without-id': (row: WireRow) =>
    JSON.stringify({ ...row, Metrics: [{ 'Metric Name': 'Nameless', 'Metric Weight': 5, Qualification: 'YES' }] }),
  prototype: (row: WireRow) =>
    `{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}},${JSON.stringify(row).slice(1)}`,
  'duplicate-keys': (row: WireRow) => `${JSON.stringify(row).slice(0, -1)},"Language":"Klingon"}`,
  deep: (row: WireRow) => `${JSON.stringify(row).slice(0, -1)},"deep":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
  unicode: (row: WireRow) =>
    `${JSON.stringify(row).slice(0, -1)},"Queues":[{"Queue ID":"qu-odd","Queue Name":"\\ud800 lone \\u0000 nul \\u202e bidi"}]}`,
  'huge-name': (row: WireRow) =>
    JSON.stringify({ ...row, Agents: [{ 'Agent ID': 'a-huge', 'Agent Name': 'x'.repeat(1_000_000) }] }),
};

function withScore(row: WireRow, score: unknown): WireRow {
  const key = scoreKeys.find((candidate) => candidate in row) ?? 'koreEvalutionScore';
  return { ...row, [key]: score };
}
