import { expect, test } from 'vitest';
import { dayWindow } from '../gateway/asking.ts';
import type { Answer } from '../gateway/harness.ts';
import type { Corruption } from '../simulator/corrupt.ts';
import type { SimulatedRow } from '../simulator/row.ts';
import type { Switches } from '../simulator/switches.ts';
import { errorOf, expectWholeScan, openStand, type Stand } from './stand.ts';
import { day, scanOf, summaryOf, truthOf } from './truth.ts';

/** What rows say, in whatever way: null and counted where it can't be read, never another value; and a bad row costs no other. */
const fields =
  'conversationId koreEvaluationScore unscoredReason language contactDirection durationStatus agents { agentId name } queues { queueId name } metrics { metricName } audit { status statusLabel auditedAt } customFields';
const rowsOn = (date: string) =>
  `{ conversations(${dayWindow(date)}, first: 500) { totalCount nodes { ${fields} } coverage { complete conversationsRead conversationsExpected } } upstream { drift { path kind example count } } }`;
const rowsOf = rowsOn(day);
const figuresOn = (date: string) =>
  `{ scoreSummary(${dayWindow(date)}) { conversationCount scoredCount averageScore minimumScore maximumScore coverage { complete conversationsRead conversationsExpected } } }`;

const figuresOf = figuresOn(day);

type Seen = Readonly<Record<string, unknown>> & { readonly conversationId: string };

function nodesOf(answer: Answer): readonly Seen[] {
  expect(answer.errors, JSON.stringify(answer.errors)).toBeUndefined();
  return answer.data?.['conversations']?.nodes ?? [];
}

function driftOf(answer: Answer): readonly { readonly path: string; readonly kind: string }[] {
  const upstream: unknown = answer.data?.['upstream'];
  return (upstream as { readonly drift: readonly { readonly path: string; readonly kind: string }[] }).drift;
}

const every = 5;
const isBroken = (index: number) => (index + 1) % every === 0;
const openCorrupt = (kind: Corruption['kind'], more: Partial<Switches> = {}): Promise<Stand> =>
  openStand({ conversationsPerDay: 60, switches: { corrupt: { every, kind }, segments: false, ...more } });

/** All rows in their places; broken ones as `expected` says, all others as they are. */
async function expectRows(stand: Stand, expected: (row: SimulatedRow, seen: Seen) => void): Promise<Answer> {
  const answer = await stand.ask(rowsOf);
  const { rows } = truthOf(stand.kore);
  const nodes = nodesOf(answer);
  expect(nodes.map(({ conversationId }) => conversationId)).toEqual(rows.map(({ conversationId }) => conversationId));
  expect(answer.data?.['conversations']).toMatchObject({ totalCount: 60, coverage: { complete: true } });
  for (const [index, row] of rows.entries()) {
    const seen = nodes[index];
    if (seen === undefined) throw new Error('a row is missing');
    if (isBroken(index)) expected(row, seen);
    else expect(seen['koreEvaluationScore']).toBe(row.absent.has('score') ? null : row.score);
  }
  return answer;
}

test.for(['sampled', 'table', 'mixed'] as const)(
  'F54 keys as published, misspelt, spaced or renamed (%s): the same rows',
  async (spelling) => {
    await using stand = await openCorrupt('unknown-key', { spelling });
    const answer = await expectRows(stand, (row, seen) => {
      expect(seen['koreEvaluationScore']).toBe(row.absent.has('score') ? null : row.score);
      expect(seen['agents']).toEqual(row.agents.map(({ id }) => expect.objectContaining({ agentId: id })));
    });
    expect(driftOf(answer)).toContainEqual(
      expect.objectContaining({ path: 'results[].AI Coach Summary', kind: 'UNKNOWN_KEY' }),
    );
  },
);

test.for(['V1', 'V2', 'V3', 'V5', 'V6', 'V7'] as const)(
  'F54 keys of version %s: what it lacks is null, scores are there',
  async (era) => {
    await using stand = await openStand({ conversationsPerDay: 60, switches: { era } });
    const nodes = nodesOf(await stand.ask(rowsOf));
    const { rows } = truthOf(stand.kore);
    const scores = rows.map(({ score, absent }) => (absent.has('score') ? null : score));
    expect(nodes.map((node) => node['koreEvaluationScore'])).toEqual(scores);
    expect(
      nodes.every(({ customFields }) => (customFields === null) === era < 'V5' || customFields !== undefined),
    ).toBe(true);
    if (era === 'V1') expect(nodes.every(({ language }) => language === null)).toBe(true);
  },
);

test.for(['score-as-text', 'score-na', 'score-out-of-range', 'score-infinite'] as const)(
  'F55 F56 a score that is none (%s): null without a reason, counted as drift, and in no figure',
  async (kind) => {
    await using stand = await openCorrupt(kind);
    const answer = await expectRows(stand, (_, seen) => {
      expect([seen['koreEvaluationScore'], seen['unscoredReason']]).toEqual([null, null]);
    });
    expect(driftOf(answer).some(({ path }) => /koreEval/.test(path))).toBe(true);
    const { rows } = truthOf(stand.kore);
    const scores = rows.flatMap(({ score, absent }, index) =>
      isBroken(index) || score === null || absent.has('score') ? [] : [score],
    );
    const summary = summaryOf(await stand.ask(figuresOf));
    expect(summary).toMatchObject({ conversationCount: 60, scoredCount: scores.length, coverage: { complete: true } });
    expect(summary.averageScore).toBeCloseTo(scores.reduce((sum, score) => sum + score, 0) / scores.length, 8);
  },
);

test('F55 values of another type: null, an empty list, and counted', async () => {
  await using stand = await openCorrupt('wrong-type');
  const answer = await expectRows(stand, (row, seen) => {
    expect(seen).toMatchObject({ language: null, metrics: [], agents: [] });
    expect(seen['koreEvaluationScore']).toBe(row.absent.has('score') ? null : row.score);
  });
  expect(driftOf(answer)).toContainEqual(expect.objectContaining({ kind: 'WRONG_TYPE', path: 'results[].Language' }));
});

test('F56 a score of -0 is 0, and a score', async () => {
  await using stand = await openCorrupt('score-negative-zero');
  await expectRows(stand, (_, seen) => {
    expect(Object.is(seen['koreEvaluationScore'], 0), String(seen['koreEvaluationScore'])).toBe(true);
    expect(seen['unscoredReason']).toBeNull();
  });
});

test('F57 a score that is null, one that is absent, and one that is 0: told apart, and null is in no average', async () => {
  const date = '2026-03-04';
  await using stand = await openStand({ conversationsPerDay: 300 });
  const nodes = nodesOf(await stand.ask(rowsOn(date)));
  const { rows, scores, average } = truthOf(stand.kore, date);
  const [zeros, absent, nulls] = [
    rows.filter(({ score, absent: keys }) => score === 0 && !keys.has('score')).length,
    rows.filter(({ absent: keys }) => keys.has('score')).length,
    rows.filter(({ score, absent: keys }) => score === null && !keys.has('score')).length,
  ];
  expect(Math.min(zeros, absent, nulls), 'there are such').toBeGreaterThan(0);
  const unscored = nodes.filter(({ koreEvaluationScore }) => koreEvaluationScore === null);
  expect(unscored).toHaveLength(absent + nulls);
  expect(unscored.every(({ unscoredReason }) => unscoredReason !== null)).toBe(true);
  const scoredZero = nodes.filter(({ koreEvaluationScore }) => koreEvaluationScore === 0);
  expect(scoredZero).toHaveLength(zeros);
  expect(scoredZero.every(({ unscoredReason }) => unscoredReason === null)).toBe(true);
  const summary = summaryOf(await stand.ask(figuresOn(date)));
  expect(summary.scoredCount).toBe(scores.length);
  expect(summary.averageScore).toBeCloseTo(average, 8);
});

test('F58 words that nobody knows: UNKNOWN, with the upstream’s own word where there is a field for it', async () => {
  await using stand = await openCorrupt('unknown-literals');
  const answer = await expectRows(stand, (_, seen) => {
    expect(seen).toMatchObject({
      durationStatus: 'UNKNOWN',
      contactDirection: null,
      audit: { status: 'UNKNOWN', statusLabel: 'Zurückgestellt' },
    });
  });
  expect(driftOf(answer).filter(({ kind }) => kind === 'UNKNOWN_VALUE').length).toBeGreaterThanOrEqual(3);
});

test('F59 a date in a form that may mean two days: null, and counted', async () => {
  await using stand = await openCorrupt('odd-date');
  const answer = await expectRows(stand, (_, seen) => expect(seen).toMatchObject({ audit: { auditedAt: null } }));
  expect(driftOf(answer).some(({ path }) => /AuditDate/.test(path))).toBe(true);
});

test.for(['prototype', 'duplicate-keys', 'deep'] as const)(
  'F60 JSON that is made to hurt (%s): a row like any other, and nothing else is touched',
  async (kind) => {
    await using stand = await openCorrupt(kind);
    await expectRows(stand, (row, seen) => {
      expect(seen['koreEvaluationScore']).toBe(row.absent.has('score') ? null : row.score);
      if (kind === 'duplicate-keys') expect(seen['language']).toBe('Klingon');
    });
    expect(Object.hasOwn(Object.prototype, 'isAdmin') || 'isAdmin' in {}).toBe(false);
    const summary = summaryOf(await stand.ask(figuresOf));
    expect(summary).toMatchObject({ conversationCount: 60, coverage: { complete: true } });
  },
);

test.for(['not-an-object', 'null', 'missing-id', 'empty-id', 'id-as-number'] as const)(
  'F61 a row in five can’t be read (%s): all others are there, and the answer says that it is a part, and of how many',
  async (kind) => {
    await using stand = await openCorrupt(kind);
    const answer = await stand.ask(rowsOf);
    const { rows } = truthOf(stand.kore);
    const readable = rows.filter((_, index) => !isBroken(index)).map(({ conversationId }) => conversationId);
    expect(nodesOf(answer).map(({ conversationId }) => conversationId)).toEqual(readable);
    expect(answer.data?.['conversations']).toMatchObject({
      totalCount: 60,
      coverage: { complete: false, conversationsRead: 60, conversationsExpected: 60 },
    });
    expect(driftOf(answer).some(({ path }) => path.startsWith('results[]'))).toBe(true);
    const summary = summaryOf(await stand.ask(figuresOf));
    expect(summary).toMatchObject({
      conversationCount: 48,
      coverage: { complete: false, conversationsRead: 60, conversationsExpected: 60 },
    });
  },
);

test('F62 lone surrogates, NUL and text that turns its direction: passed on as JSON, and one line each in the log', async () => {
  await using stand = await openCorrupt('unicode');
  await expectRows(stand, (_, seen) => {
    expect(seen['queues']).toMatchObject([{ queueId: 'qu-odd' }]);
    expect(JSON.stringify(seen['queues'])).toMatch(/lone/);
  });
  const response = await fetch(`${stand.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: rowsOf }),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  // Valid UTF-8, and valid JSON.
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  expect(JSON.parse(text)).toHaveProperty('data.conversations.nodes');
  for (const line of stand.gateway.logLines) {
    expect(line.trimEnd()).not.toContain('\n');
    expect(() => JSON.parse(line)).not.toThrow();
  }
});

test('F62 a name of a megabyte: the row is there, and nothing of it is in the log', async () => {
  await using stand = await openStand({
    conversationsPerDay: 6,
    switches: { corrupt: { every: 3, kind: 'huge-name' }, segments: false },
  });
  const answer = await stand.ask(rowsOf);
  expect(nodesOf(answer)).toHaveLength(6);
  expect(answer.data?.['conversations']).toMatchObject({ coverage: { complete: true } });
  expect(Math.max(...stand.gateway.logLines.map((line) => line.length))).toBeLessThan(5_000);
});

test('F14 rows that are too large for one answer, of whatever window: told by one call, and the day beside it is read', async () => {
  await using stand = await openStand({
    conversationsPerDay: 20,
    switches: { corrupt: { every: 1, kind: 'huge-name' }, segments: false },
  });
  // Smaller windows aren't tried: what a row may weigh is 26 times what it does.
  const answer = await stand.ask(figuresOf);
  expect(errorOf(answer)).toMatchObject({ code: 'UPSTREAM_TOO_LARGE', retryable: false });
  expect(stand.kore.callCount).toBe(1);
  stand.kore.set({ corrupt: null });
  expectWholeScan(stand, await stand.ask(scanOf('2026-03-03')), '2026-03-03');
});
