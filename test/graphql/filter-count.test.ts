import { describe, expect, test } from 'vitest';
import { createFilters } from '../../src/graphql/asking/question.ts';
import type { ConversationFilter } from '../../src/graphql/generated.ts';
import { demands, environment, verdicts } from './source.ts';

const many = <Item>(count: number, item: Item): readonly Item[] => new Array<Item>(count).fill(item);
const summaryBy = 'query ($f: ConversationFilter) { scoreSummary(filterBy: $f) { scoredCount } }';
const summaries = (count: number, filterBy: string): string =>
  Array.from({ length: count }, (_, at) => `s${at}: scoreSummary(filterBy: ${filterBy}) { scoredCount }`).join(' ');

/** Why an operation is refused whole; null where it isn't. */
function refusalOf(query: string, variables: Record<string, unknown> = {}): string | null {
  try {
    demands(query, variables);
    return null;
  } catch (error) {
    const { code, reason } = error as { readonly code: string; readonly reason: string };
    return `${code} ${reason}`;
  }
}

describe('one filter holds so many filters, wherever in it they stand', () => {
  test.for<[where: string, filter: (count: number) => unknown]>([
    ['anyOf', (count) => ({ anyOf: many(count, {}) })],
    ['anyOf that is no list', (count) => ({ anyOf: { anyOf: many(count - 1, {}) } })],
    ['anyOf within anyOf', (count) => ({ anyOf: [{ anyOf: many(count - 2, {}) }, {}] })],
    ['not', (count) => ({ anyOf: [...many(9, { not: {} }), ...many(count - 18, {})] })],
    ['metrics', (count) => ({ metrics: many(count, {}) })],
    ['dispositions', (count) => ({ not: { dispositions: many(count - 1, {}) } })],
    ['customFields', (count) => ({ anyOf: [{ customFields: many(count - 1, { name: 'a', equals: 'b' }) }] })],
  ])('%s', ([, filter]) => {
    expect(verdicts(summaryBy, { f: filter(250) })).toEqual(['scoreSummary: 1']);
    expect(verdicts(summaryBy, { f: filter(251) })).toEqual(['scoreSummary: BAD_USER_INPUT FILTER_TOO_LARGE']);
  });

  test('what is no filter does not count', () => {
    const f = {
      anyOf: many(250, { conversationIds: ['a', 'b'], koreEvaluationScore: { min: 1 } }),
      agentIds: many(250, 'a'),
      evaluated: { from: '2026-03-02T00:00:00Z', until: '2026-03-03T00:00:00Z' },
    };
    expect(verdicts(summaryBy, { f })).toEqual(['scoreSummary: 1']);
  });
});

describe('all filters of an operation hold so many filters, or it is refused whole', () => {
  const tooMany = 'COST_LIMIT_EXCEEDED FILTERS_PER_OPERATION';
  const listed = (fieldCount: number, branches: string): string =>
    `query ($f: [ConversationFilter!]) { ${summaries(fieldCount, branches)} }`;

  test.for<[name: string, query: string, fits: Record<string, unknown>, exceeds: Record<string, unknown>]>([
    ['a variable within several filters', listed(5, '{ anyOf: $f }'), { f: many(200, {}) }, { f: many(201, {}) }],
    [
      'several variables',
      `query ($a: ConversationFilter $b: ConversationFilter $c: [MetricFilter!] $d: [ConversationFilter!]) {
        ${summaries(1, '$a')} b: scoreSummary(filterBy: $b) { scoredCount }
        c: scoreSummary(filterBy: { metrics: $c }) { scoredCount } d: scoreSummary(filterBy: { anyOf: $d }) { scoredCount }
      }`,
      { a: { anyOf: many(250, {}) }, b: { anyOf: many(250, {}) }, c: many(250, {}), d: many(250, {}) },
      { a: { anyOf: many(250, {}) }, b: { anyOf: many(250, {}) }, c: many(250, {}), d: many(251, {}) },
    ],
    [
      'a filter below a root field',
      `query ($f: [ConversationFilter!] $g: [ConversationFilter!]) {
        ${summaries(4, '{ anyOf: $f }')} agents { nodes { summary(filterBy: { anyOf: $g }) { scoredCount } } }
      }`,
      { f: many(240, {}), g: many(40, {}) },
      { f: many(240, {}), g: many(41, {}) },
    ],
  ])('%s', ([, query, fits, exceeds]) => {
    expect(refusalOf(query, fits)).toBeNull();
    expect(refusalOf(query, exceeds)).toBe(tooMany);
  });

  test('a variable that many fields filter by counts once', () => {
    const query = `query ($f: ConversationFilter) { ${summaries(30, '$f')} }`;
    expect(refusalOf(query, { f: { anyOf: many(250, {}) } })).toBeNull();
    // Refused for its size, it is not counted again for each of its fields either.
    expect(verdicts(query, { f: { anyOf: many(251, {}) } })).toEqual(
      Array.from({ length: 30 }, (_, at) => `s${at}: BAD_USER_INPUT FILTER_TOO_LARGE`),
    );
  });

  test('variables are counted before they are coerced', () => {
    let readCount = 0;
    const branch = {
      get channels() {
        readCount += 1;
        return null;
      },
    };
    expect(refusalOf(summaryBy, { f: { anyOf: many(1_001, branch) } })).toBe(tooMany);
    expect(readCount).toBe(0);
    const nested = many(200, { anyOf: many(80, {}) });
    expect(refusalOf(summaryBy, { f: { anyOf: nested } })).toBe(tooMany);
    expect(refusalOf(summaryBy, { f: { anyOf: many(200, { anyOf: many(80, { x: 1 }) }) } })).toBe(tooMany);
  });
});

test('a filter that many fields ask by is worked out once', () => {
  const filtersOf = createFilters(environment);
  let readCount = 0;
  const filterBy: ConversationFilter = {
    get channels() {
      readCount += 1;
      return ['VOICE' as const];
    },
  };
  const asked = filtersOf(filterBy);
  const onceReadCount = readCount;
  expect(filtersOf(filterBy)).toBe(asked);
  expect(readCount).toBe(onceReadCount);
  expect(filtersOf(null)).toBe(filtersOf(undefined));
  expect(filtersOf({ channels: ['VOICE'] }).filterKey).toBe(asked.filterKey);
});
