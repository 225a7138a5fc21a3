import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/errors.ts';
import { readAnswer } from '../../src/kore/answer.ts';
import { createDrift, type DriftEntry } from '../../src/kore/drift.ts';
import { type DecodedPage, decodePage } from '../../src/kore/wire.ts';
import type { Conversation, Disposition, MetricResult } from '../../src/model/conversation.ts';

/**
 * Each pair in test/fixtures/wire is a law: what the upstream sends, and the page and the drift that it means. In an expected row, what isn't
 * stated is null or empty; instants are RFC 3339; a row that can't be read is null. An `.invalid.` body is no page, and fails.
 */
const folder = new URL('../fixtures/wire/', import.meta.url);
const names = readdirSync(folder)
  .map((file) => /^(.+)\.wire\.(?:json|txt)$/.exec(file)?.[1] ?? '')
  .filter((name) => name !== '');

describe('a page of the upstream is decoded to what it means', () => {
  test.for(names.filter((name) => !name.endsWith('.invalid')))('%s', (name) => {
    expect(decodeBody(bodyOf(name))).toStrictEqual(expectationOf(name));
  });
});

describe('a body that is no page is a failure of its own kind', () => {
  test.for(names.filter((name) => name.endsWith('.invalid')))('%s', (name) => {
    expect(decodeBody(bodyOf(name))).toStrictEqual(readExpected(name));
  });
});

test('every fixture has its expectation, and every expectation its fixture', () => {
  const expected = readdirSync(folder).filter((file) => file.endsWith('.expected.json'));
  expect(expected.map((file) => file.replace('.expected.json', '')).sort()).toStrictEqual(names.toSorted());
  expect(names.length).toBeGreaterThan(25);
});

test('rows that can not be read are told apart by their bytes, however deep they are nested', () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const rows = ['null', '"one"', '"two"', '{"a":1}', `{"deep":${deep}}`];
  const page = decodePage(JSON.parse(`{"results":[${rows.join(',')}],"totalResults":5}`), driftOf().drift);
  expect(new Set(page.rows.map(({ identity }) => identity)).size).toBe(rows.length);
  expect(page.rows.every(({ conversation }) => conversation === null)).toBe(true);
});

test('a row is the same one in whatever order its agents and queues are listed', () => {
  const one = { 'Agent ID': 'a-1', 'Agent Name': 'A. Rao' };
  const other = { 'Agent ID': 'a-2', 'Agent Name': 'A. Rao' };
  const row = { conversationId: 'c-1', Queues: [], Metrics: [] };
  const results = [
    { ...row, Agents: [one, other] },
    { ...row, Agents: [other, one] },
    { ...row, Agents: [one] },
  ];
  const [first, second, third] = decodePage({ results, totalResults: 3 }, driftOf().drift).rows;
  expect(second?.identity).toBe(first?.identity);
  expect(third?.identity).not.toBe(first?.identity);
});

/** Everything that a body leads to: the page and the drift, or the failure. */
function decodeBody(bodyText: string): unknown {
  const reading = readAnswer({ status: 200, retryAfter: undefined, bodyText }, 0);
  if (reading.kind === 'fault') return told(reading.fault.failure);
  const { drift, entries } = driftOf();
  try {
    const page = decodePage(reading.body, drift);
    return { page: shown(page), drift: entries() };
  } catch (error) {
    if (error instanceof Failure) return told(error);
    throw error;
  }
}

function driftOf() {
  const drift = createDrift({ entriesMax: 1000, now: () => 0, onFirst: () => undefined });
  const shape = ({ path, kind, count }: DriftEntry) => ({ path, kind, count });
  return { drift, entries: () => drift.entries().map(shape).sort(byPlace) };
}

function byPlace(one: Pick<DriftEntry, 'path' | 'kind'>, other: Pick<DriftEntry, 'path' | 'kind'>): number {
  return `${one.path} ${one.kind}` < `${other.path} ${other.kind}` ? -1 : 1;
}

function told({ code, reason }: Failure): object {
  return { code, reason: reason ?? null };
}

function shown({ total, rows }: DecodedPage): object {
  return { total, rows: rows.map(({ conversation }) => conversation) };
}

function bodyOf(name: string): string {
  const file = readdirSync(folder).find((each) => each === `${name}.wire.json` || each === `${name}.wire.txt`) ?? '';
  return readFileSync(new URL(file, folder), 'utf8');
}

function readExpected(name: string): { readonly page: ExpectedPage; readonly drift: readonly DriftEntry[] } {
  return JSON.parse(readFileSync(new URL(`${name}.expected.json`, folder), 'utf8'));
}

function expectationOf(name: string): object {
  const { page, drift } = readExpected(name);
  return {
    page: { total: page.total, rows: page.rows.map((row) => (row === null ? null : complete(row))) },
    drift: drift.toSorted(byPlace),
  };
}

/** An expected row as it is written: only what isn't null or empty. */
type ExpectedPage = { readonly total: number; readonly rows: readonly (ExpectedRow | null)[] };
type ExpectedRow = Partial<Omit<Conversation, 'metrics' | 'audit' | 'dispositions' | 'evaluatedAt'>> & {
  readonly conversationId: string;
  readonly metrics?: readonly Partial<MetricResult>[];
  readonly evaluatedAt?: string;
  readonly audit?: Partial<Omit<Conversation['audit'], 'auditedAt'>> & { readonly auditedAt?: string };
  readonly dispositions?: readonly {
    readonly setId?: string;
    readonly setName?: string;
    readonly codes: readonly Partial<Disposition['codes'][number]>[];
  }[];
};

function complete({ metrics = [], audit = {}, dispositions = [], evaluatedAt, ...row }: ExpectedRow): Conversation {
  return {
    ...blankConversation,
    ...row,
    evaluatedAt: instantOf(evaluatedAt),
    metrics: metrics.map((metric) => ({ ...blankMetric, ...metric })),
    audit: {
      status: null,
      statusLabel: null,
      score: null,
      auditor: null,
      ...audit,
      auditedAt: instantOf(audit.auditedAt),
    },
    dispositions: dispositions.map(({ setId = null, setName = null, codes }) => ({
      setId,
      setName,
      codes: codes.map((code) => ({ id: null, name: null, colour: null, ...code })),
    })),
  };
}

function instantOf(text: string | undefined): number | null {
  return text === undefined ? null : Date.parse(text);
}

const blankMetric: MetricResult = {
  metricId: null,
  metricName: null,
  weight: null,
  negativeWeight: null,
  qualification: null,
  isFatalError: null,
  auditorResponse: null,
};

const blankConversation: Omit<Conversation, 'conversationId' | 'metrics' | 'audit' | 'dispositions' | 'evaluatedAt'> = {
  customConversationId: null,
  agents: [],
  queues: [],
  koreEvaluationScore: null,
  unscoredReason: null,
  fatalErrorCount: null,
  language: null,
  channel: null,
  contactDirection: null,
  isDirectionDefaulted: null,
  durationStatus: null,
  evaluationStatus: null,
  notApplicableScoringTreatment: null,
  customFields: null,
};
