import { expect, test } from 'vitest';
import { type CorruptionKind, corruptRow } from './corrupt.ts';

const row = {
  conversationId: 'c-1',
  Queues: [],
  Agents: [{ 'Agent ID': 'a-1' }],
  koreEvalutionScore: 77,
  Language: 'English',
  Metrics: [],
};

test.for<[CorruptionKind, object]>([
  ['wrong-type', { Language: 7, Metrics: 'none', Agents: null }],
  ['score-as-text', { koreEvalutionScore: '80' }],
  ['score-na', { koreEvalutionScore: 'NA' }],
  ['score-out-of-range', { koreEvalutionScore: 101 }],
  ['score-infinite', { koreEvalutionScore: Number.POSITIVE_INFINITY }],
  ['score-negative-zero', { koreEvalutionScore: -0 }],
  ['unknown-key', { 'AI Coach Summary': { version: 3 } }],
  ['empty-id', { conversationId: '' }],
  ['id-as-number', { conversationId: 9_007_199_254_740_992 }],
  ['unknown-literals', { duration_status: 'partially_evaluated', contactDirection: 'internal' }],
  ['odd-date', { AuditDate: '31/12/2026' }],
  ['metric-without-id', { Metrics: [{ 'Metric Name': 'Nameless' }] }],
  ['duplicate-keys', { Language: 'Klingon' }],
  ['unicode', { Queues: [{ 'Queue Name': '\ud800 lone \u0000 nul \u202e bidi' }] }],
])('a broken row is still JSON, and broken as asked: %s', ([kind, broken]) =>
  expect(JSON.parse(corruptRow(row, kind))).toMatchObject(broken),
);

test.for<[CorruptionKind, (value: unknown, text: string) => void]>([
  ['null', (value) => expect(value).toBe(null)],
  ['not-an-object', (value) => expect(value).toBe('conversation unavailable')],
  ['missing-id', (value) => expect(value).not.toHaveProperty('conversationId')],
  ['prototype', (value) => expect(Object.keys(Object(value))).toContain('__proto__')],
  ['deep', (_, text) => expect(text).toContain('['.repeat(10_000))],
  ['huge-name', (_, text) => expect(text.length).toBeGreaterThan(1_000_000)],
])('a broken row may be no row at all: %s', ([kind, check]) =>
  check(JSON.parse(corruptRow(row, kind)), corruptRow(row, kind)),
);
