import { describe, expect, test } from 'vitest';
import { type Conversation, identityOf, type Row } from '../../src/model/conversation.ts';
import { tableBytes, valueBytes } from '../../src/model/size.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { rowsOf } from '../bench/rows.ts';
import { conversationOf, metricResultOf } from './sample.ts';

describe('the columns of a table', () => {
  test('code values in the order of their first appearance, whichever objects they are', () => {
    const { columns } = tableOf(
      rowsWith([{ agents: [agent('b')] }, { agents: [agent('a')] }, { agents: [agent('b')] }]),
    );
    expect(columns.agents.values).toEqual([[agent('b')], [agent('a')]]);
    expect([...columns.agents.codes]).toEqual([0, 1, 0]);
  });

  test.each<[string, Conversation['metrics'], number]>([
    ['equal metrics', [metricResultOf({ metricId: 'm', weight: 1 })], 1],
    ['the same metrics, otherwise answered', [metricResultOf({ metricId: 'm', weight: 1, qualification: 'YES' })], 1],
    ['another id', [metricResultOf({ metricId: 'n', weight: 1 })], 2],
    ['another name', [metricResultOf({ metricId: 'm', weight: 1, metricName: 'name' })], 2],
    ['another weight', [metricResultOf({ metricId: 'm', weight: 2 })], 2],
    ['another negative weight', [metricResultOf({ metricId: 'm', weight: 1, negativeWeight: 1 })], 2],
    ['one metric more', ['m', 'm'].map((metricId) => metricResultOf({ metricId, weight: 1 })), 2],
    ['none', [], 2],
  ])('of a form and one with %s hold as many forms as differ', (_, metrics, formCount) => {
    const form = [metricResultOf({ metricId: 'm', weight: 1 })];
    expect(tableOf(rowsWith([{ metrics: form }, { metrics }])).columns.form.values).toHaveLength(formCount);
  });

  test('of one value share their codes', () => {
    const { columns } = tableOf(
      rowsWith([{ score: 1 }, { score: 2 }].map(({ score }) => ({ koreEvaluationScore: score }))),
    );
    expect(columns.language.codes).toBe(columns.channel.codes);
    expect([...columns.language.codes]).toEqual([0, 0]);
    expect(columns.score.codes).not.toBe(columns.channel.codes);
  });
});

describe('the size of a table', () => {
  test('10,000 conversations of 10 metrics take about 160 bytes each', () => {
    const bytes = tableBytes(tableOf(rowsOf(10_000)));
    expect(bytes).toBeGreaterThan(1_000_000);
    expect(bytes).toBeLessThan(2_000_000);
  });

  test('grows with all that a table holds', () => {
    const base = rowsWith([{}]);
    const more: readonly (readonly Row[])[] = [
      rowsWith([{}, {}]),
      rowsWith([{ conversationId: 'a longer id than before' }]),
      rowsWith([{ customFields: { key: 'value' } }]),
      rowsWith([{ metrics: [metricResultOf({})] }]),
      [...base, { identity: 'unreadable', conversation: null }],
    ];
    for (const rows of more) expect(tableBytes(tableOf(rows))).toBeGreaterThan(tableBytes(tableOf(base)));
  });

  test('of a value is that of all its parts', () => {
    expect(valueBytes(['a', { b: [1, null] }])).toBeGreaterThan(valueBytes(['a', { b: [1] }]));
    expect(valueBytes('longer')).toBeGreaterThan(valueBytes('long'));
  });
});

const agent = (agentId: string) => ({ agentId, name: null });

function rowsWith(facts: readonly Partial<Conversation>[]): readonly Row[] {
  return facts.map(conversationOf).map((conversation) => ({ identity: identityOf(conversation), conversation }));
}
