import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../src/model/conversation.ts';
import { madeRows } from '../model/sample.ts';
import type { CorruptionKind } from '../simulator/corrupt.ts';
import type { SimulatedRow } from '../simulator/row.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { rowsOf, startUpstream } from './upstream.ts';

/** The simulator spells its rows by itself, so what the decoder makes of them can be held against its facts. */
const eras = ['V1', 'V2', 'V3', 'V5', 'V6', 'V7'] as const;
type Era = (typeof eras)[number];
const cases = eras.flatMap((era) =>
  (['sampled', 'table', 'mixed'] as const).map((spelling) => [era, spelling] as const),
);

describe('rows of every quirk are decoded to their facts, and only unknown literals are drift, in every era and spelling', () => {
  test.for(cases)('%s %s', async ([era, spelling]) => {
    await using kore = await startSimulator({ switches: { era, spelling } });
    await using upstream = startUpstream(kore);
    for (const offset of [0, 300, 600]) {
      const ask = { offset, limit: 100, includeBelowThreshold: true };
      const rows = madeRows(await upstream.read(ask));
      const facts = rowsOf(kore, ask);
      expect(rows.map(({ conversation }) => shownOf(conversation))).toStrictEqual(
        facts.map((row) => factsOf(row, era)),
      );
    }
    for (const { path, kind } of upstream.drift.entries()) {
      expect([path, kind]).toStrictEqual(['results[].AuditStatus', 'UNKNOWN_VALUE']);
    }
  });
});

test('the fields that only the tables name are decoded too', async () => {
  await using kore = await startSimulator({ switches: { tableOnlyFields: true, quirks: false } });
  await using upstream = startUpstream(kore);
  const ask = { limit: 100 };
  const rows = madeRows(await upstream.read(ask));
  const shown = rows.map(({ conversation }) => [
    conversation?.channel,
    conversation?.evaluationStatus,
    conversation?.audit.score,
    conversation?.evaluatedAt,
  ]);
  const facts = rowsOf(kore, ask).map(({ channel, evaluationStatus, auditScore, score, evaluatedAtMs }) => [
    channel.toUpperCase(),
    evaluationStatus.toUpperCase(),
    auditScore,
    score === null ? null : evaluatedAtMs,
  ]);
  expect(shown).toStrictEqual(facts);
  expect(upstream.drift.entries()).toStrictEqual([]);
});

/** A broken row, whether it can still be told from others, and what of it is counted. */
type Broken = readonly [kind: CorruptionKind, isReadable: boolean, drift: readonly string[]];

describe('a broken row costs nothing but itself, and is counted', () => {
  test.for<Broken>([
    ['wrong-type', true, ['WRONG_TYPE Language', 'WRONG_TYPE Metrics', 'MISSING Agents']],
    ['score-as-text', true, ['WRONG_TYPE koreEvaluationScore']],
    ['score-na', true, ['WRONG_TYPE koreEvaluationScore']],
    ['score-out-of-range', true, ['UNKNOWN_VALUE koreEvaluationScore']],
    ['score-infinite', true, ['UNKNOWN_VALUE koreEvaluationScore']],
    ['score-negative-zero', true, []],
    ['unknown-key', true, ['UNKNOWN_KEY AI Coach Summary']],
    ['not-an-object', false, ['WRONG_TYPE ']],
    ['null', false, ['WRONG_TYPE ']],
    ['missing-id', false, ['MISSING conversationId']],
    ['empty-id', false, ['UNKNOWN_VALUE conversationId']],
    ['id-as-number', false, ['WRONG_TYPE conversationId']],
    [
      'unknown-literals',
      true,
      ['UNKNOWN_VALUE duration_status', 'UNKNOWN_VALUE contactDirection', 'UNKNOWN_VALUE AuditStatus'],
    ],
    ['odd-date', true, ['UNKNOWN_VALUE AuditDate']],
    ['metric-without-id', true, []],
    ['prototype', true, ['UNKNOWN_KEY __proto__', 'UNKNOWN_KEY constructor']],
    ['duplicate-keys', true, []],
    ['deep', true, ['UNKNOWN_KEY deep']],
    ['unicode', true, []],
    ['huge-name', true, []],
  ])('%s', async ([kind, isReadable, counted]) => {
    await using kore = await startSimulator({ switches: { quirks: false, corrupt: { every: 50, kind } } });
    await using upstream = startUpstream(kore, { client: { bodyBytesMax: 8 * 1024 * 1024 } });
    const ask = { limit: 100 };
    const page = await upstream.read(ask);
    const [rows, total] = [madeRows(page), page.total];
    const facts = rowsOf(kore, ask);
    expect([rows.length, total]).toStrictEqual([100, 1000]);
    rows.forEach(({ conversation }, place) => {
      const row = facts[place];
      if ((place + 1) % 50 === 0) expect(conversation !== null).toBe(isReadable);
      else expect(shownOf(conversation)).toStrictEqual(row === undefined ? null : factsOf(row, 'V7'));
    });
    const drift = upstream.drift
      .entries()
      .map(({ path, kind: each }) => `${each} ${path.replace(/^results\[\]\.?/, '')}`);
    expect(drift.sort()).toStrictEqual(counted.toSorted());
    expect(upstream.drift.entries().every(({ count }) => count === 2)).toBe(true);
  });
});

function shownOf(conversation: Conversation | null): unknown {
  if (conversation === null) return null;
  const { conversationId, customConversationId, koreEvaluationScore, fatalErrorCount, language, audit } = conversation;
  const { durationStatus, contactDirection, agents, queues, metrics, dispositions, customFields } = conversation;
  return {
    ...{ conversationId, customConversationId, koreEvaluationScore, fatalErrorCount, language },
    ...{ durationStatus, contactDirection, customFields },
    agents: agents.map(({ agentId, name }) => [agentId, name]),
    queues: queues.map(({ queueId, name }) => [queueId, name]),
    metrics: metrics.map(({ metricId, qualification, isFatalError }) => [metricId, qualification, isFatalError]),
    audit: [audit.statusLabel, audit.auditor, audit.auditedAt],
    dispositions: dispositions.map(({ setId, setName, codes }) => [
      setId,
      setName,
      codes.map(({ id, name }) => [id, name]),
    ]),
  };
}

function factsOf(row: SimulatedRow, era: Era): unknown {
  const { conversationId, absent } = row;
  const since = <T>(version: Era, value: T, otherwise: T): T => (version <= era ? value : otherwise);
  const tail = <T>(version: Era, value: T, otherwise: T): T =>
    absent.has('tail') ? otherwise : since(version, value, otherwise);
  return {
    conversationId,
    customConversationId: since('V2', row.customConversationId, null),
    koreEvaluationScore: row.score,
    fatalErrorCount: absent.has('fatalCount') ? null : since('V3', row.fatalErrorCount, null),
    language: since('V2', row.language, null),
    durationStatus: since('V3', row.durationStatus?.toUpperCase() ?? null, null),
    contactDirection: absent.has('direction') ? null : tail('V5', row.direction?.toUpperCase() ?? null, null),
    customFields: tail('V5', row.customFields, null),
    agents: row.agents.map(({ id, name }) => [id, name]),
    queues: row.queues.map(({ id, name }) => [id, name]),
    metrics: row.metrics.map(({ id, qualification, isFatalError }) => [
      id,
      qualification === '-' ? 'PENDING' : qualification,
      since('V2', isFatalError, null),
    ]),
    audit: tail('V5', [row.auditStatus, row.auditorName, instantOf(row.auditDate)], [null, null, null]),
    dispositions: tail(
      'V6',
      row.dispositions.map(({ setId, setName, codes }) => [setId, setName, codes.map(({ id, name }) => [id, name])]),
      [],
    ),
  };
}

function instantOf(date: string | number | null): number | null {
  return typeof date === 'string' ? Date.parse(date.includes('T') ? date : `${date.replace(' ', 'T')}Z`) : date;
}
