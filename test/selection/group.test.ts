import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Conversation, Row } from '../../src/model/conversation.ts';
import { conversationAt } from '../../src/model/table.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import type { Dimension, DispositionCode, GroupValue, Periods } from '../../src/selection/dimension.ts';
import { type Grouping, groupRows, type MergedGroup, mergeGroups } from '../../src/selection/group.ts';
import { selectAll } from '../../src/selection/rows.ts';
import { conversationOf, metricResultOf } from '../model/sample.ts';
import { rowOf, rows } from './arbitraries.ts';

const parameters = { seed: 20_261_125, numRuns: 800 };
const options = { timeout: 30_000 };
const groupCountMax = 5_000;

type Day = { readonly rows: readonly Row[]; readonly periods: Periods };

const period = fc.constantFrom(
  { day: '2026-02-28', week: '2026-02-23', month: '2026-02-01' },
  { day: '2026-03-01', week: '2026-02-23', month: '2026-03-01' },
  { day: '2026-03-02', week: '2026-03-02', month: '2026-03-01' },
);
const days = fc.array(fc.record({ rows, periods: period }), { maxLength: 3 });
const dimension = fc.constantFrom<Dimension>(
  'AGENT',
  'QUEUE',
  'METRIC',
  'LANGUAGE',
  'CHANNEL',
  'CONTACT_DIRECTION',
  'AUDIT_STATUS',
  'AUDITOR',
  'EVALUATION_STATUS',
  'DURATION_STATUS',
  'DISPOSITION',
  'WINDOW_DAY',
  'WINDOW_WEEK',
  'WINDOW_MONTH',
);
const dimensions = fc.uniqueArray(dimension, { minLength: 1, maxLength: 3 });

describe('groups', () => {
  test('hold each conversation once in each combination of its values, in order', options, () => {
    fc.assert(
      fc.property(days, dimensions, (all, by) => {
        expect(plain(grouped(all, by))).toEqual(naiveGroups(all, by));
      }),
      parameters,
    );
  });

  test('are the same in whatever order tables are joined, but for the order of their parts', options, () => {
    fc.assert(
      fc.property(days, dimensions, (all, by) => {
        const values = (grouping: Grouping<MergedGroup>) =>
          plain(grouping).map(({ values, conversations }) => ({ values, count: conversations.length }));
        expect(values(grouped(all.toReversed(), by))).toEqual(values(grouped(all, by)));
      }),
      { ...parameters, numRuns: 300 },
    );
  });

  test('are refused when there are more than the bound, of one table or of all', options, () => {
    fc.assert(
      fc.property(days, dimensions, fc.nat(12), (all, by, bound) => {
        const groupCount = naiveGroups(all, by).length;
        expect(grouped(all, by, bound).kind).toBe(bound < groupCount ? 'too-many' : 'groups');
        for (const day of all) {
          const { kind } = groupRows(selectAll(tableOf(day.rows)), by, day.periods, bound);
          expect(kind).toBe(bound < naiveGroups([day], by).length ? 'too-many' : 'groups');
        }
      }),
      parameters,
    );
  });

  test('are never built for a row of too many combinations', () => {
    const many = Array.from({ length: 3_000 }, (_, at) => String(at));
    const row = conversationOf({
      agents: many.map((agentId) => ({ agentId, name: null })),
      queues: many.map((queueId) => ({ queueId, name: null })),
      metrics: many.map((metricId) => metricResultOf({ metricId })),
    });
    expect(
      grouped([{ rows: [rowOf(row)], periods: { day: '', week: '', month: '' } }], ['AGENT', 'QUEUE', 'METRIC']),
    ).toEqual({
      kind: 'too-many',
    });
  });

  test('come by code unit, texts that say null are none, and codes without an id stand after those with one', () => {
    const code = (id: string | null, name: string | null): DispositionCode => ({ id, name, colour: null });
    const codes = [code(null, null), code(null, 'b'), code('b', 'x'), code(null, 'a'), code('a', 'y'), code('a', 'x')];
    const of = (facts: Partial<Conversation>, by: Dimension) =>
      plain(
        grouped(
          [
            {
              rows: [rowOf(conversationOf(facts)), rowOf(conversationOf({}))],
              periods: { day: '', week: '', month: '' },
            },
          ],
          [by],
        ),
      ).map(({ values }) => values[0]);
    expect(of({ dispositions: [{ setId: null, setName: null, codes }] }, 'DISPOSITION')).toEqual([
      code('a', 'x'),
      code('b', 'x'),
      code(null, 'a'),
      code(null, 'b'),
      code(null, null),
      null,
    ]);
    const agents = ['null', '\uE000', '\u{1F600}', 'B', 'a'].map((agentId) => ({ agentId, name: null }));
    expect(of({ agents }, 'AGENT')).toEqual(['B', 'a', 'null', '\u{1F600}', '\uE000', null]);
  });
});

function grouped(all: readonly Day[], by: readonly Dimension[], bound = groupCountMax): Grouping<MergedGroup> {
  return mergeGroups(
    all.map((day) => groupRows(selectAll(tableOf(day.rows)), by, day.periods, bound)),
    bound,
  );
}

function plain(grouping: Grouping<MergedGroup>) {
  if (grouping.kind === 'too-many') return [];
  return [...grouping.groups.values()].map(({ values, parts }) => ({
    values,
    conversations: parts.flatMap(({ table, indices }) => [...indices].map((index) => conversationAt(table, index))),
  }));
}

/** A naive reading of the schema's descriptions. */
function naiveGroups(all: readonly Day[], by: readonly Dimension[]) {
  const groups = new Map<string, { readonly values: readonly GroupValue[]; readonly conversations: Conversation[] }>();
  const codes = all.flatMap((day) =>
    day.rows.flatMap(({ conversation }) => (conversation?.dispositions ?? []).flatMap((set) => set.codes)),
  );
  const isSame = (one: DispositionCode, other: DispositionCode): boolean =>
    one.id === other.id && (one.id !== null || one.name === other.name);
  const shown = (value: GroupValue): GroupValue => {
    if (value === null || typeof value === 'string') return value;
    const texts = codes.filter((code) => isSame(code, value)).map((code) => JSON.stringify(code));
    return JSON.parse(texts.sort()[0] ?? 'null') as DispositionCode;
  };
  for (const { rows: own, periods } of all) {
    for (const { conversation } of own) {
      if (conversation === null) continue;
      let combinations: readonly (readonly GroupValue[])[] = [[]];
      for (const dimension of by) {
        const found = valuesOf(conversation, dimension, periods).map(shown);
        const values = found.length === 0 ? [null] : found;
        combinations = combinations.flatMap((each) => values.map((value) => [...each, value]));
      }
      const distinct = new Map(combinations.map((values) => [JSON.stringify(values), values]));
      for (const [key, values] of distinct) {
        const group = groups.get(key) ?? { values, conversations: [] };
        group.conversations.push(conversation);
        groups.set(key, group);
      }
    }
  }
  return [...groups.values()].sort((one, other) => {
    const at = one.values.findIndex((value, index) => JSON.stringify(value) !== JSON.stringify(other.values[index]));
    const [mine = null, others = null] = [one.values[at], other.values[at]];
    return isBefore(mine, others) ? -1 : 1;
  });
}

function isBefore(one: GroupValue, other: GroupValue): boolean {
  if (one === null || other === null) return one !== null;
  if (typeof one === 'string' || typeof other === 'string') return one < other;
  if (one.id !== null && other.id !== null) return one.id < other.id;
  if (one.id !== null || other.id !== null) return one.id !== null;
  return other.name === null || (one.name !== null && one.name < other.name);
}

function valuesOf(each: Conversation, dimension: Dimension, periods: Periods): readonly GroupValue[] {
  switch (dimension) {
    case 'AGENT':
      return each.agents.map(({ agentId }) => agentId);
    case 'QUEUE':
      return each.queues.map(({ queueId }) => queueId);
    case 'METRIC':
      return each.metrics.map(({ metricId }) => metricId).filter((metricId) => metricId !== null);
    case 'DISPOSITION':
      return each.dispositions.flatMap(({ codes }) => codes);
    case 'LANGUAGE':
      return [each.language];
    case 'CHANNEL':
      return [each.channel];
    case 'CONTACT_DIRECTION':
      return [each.contactDirection];
    case 'AUDIT_STATUS':
      return [each.audit.status];
    case 'AUDITOR':
      return [each.audit.auditor];
    case 'EVALUATION_STATUS':
      return [each.evaluationStatus];
    case 'DURATION_STATUS':
      return [each.durationStatus];
    case 'WINDOW_DAY':
      return [periods.day];
    case 'WINDOW_WEEK':
      return [periods.week];
    case 'WINDOW_MONTH':
      return [periods.month];
  }
}
