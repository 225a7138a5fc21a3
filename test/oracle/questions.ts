import fc from 'fast-check';
import { argOf, conversationFields } from './ask-fields.ts';
import { windows } from './ask-filters.ts';
import {
  breakdownAsked,
  conversationOrders,
  conversationsAsked,
  directoryAsked,
  filterArgs,
  metricOrders,
  plainFilterArgs,
  soughtAsked,
  summaryAsked,
  summaryOrders,
  thingAsked,
  windowArgs,
} from './ask-roots.ts';
import type { Pool } from './pool.ts';
import { type Arg, field, leaves, type Selection } from './selection.ts';

/** A question as plain data. What it is counted as stands in `kind`. */
export type Question = Operation | Walk | Again;

/** One operation with its fields of the root. */
export type Operation = { readonly shape: 'operation'; readonly kind: string; readonly roots: readonly Selection[] };

/** All pages of a list, one after the other, from either end. */
export type Walk = {
  readonly shape: 'walk';
  readonly kind: string;
  readonly name: string;
  /** The agent, queue or metric whose list it is; null at the root. */
  readonly parent: Selection | null;
  /** The question without its page: the window first. */
  readonly args: readonly Arg[];
  readonly fields: readonly Selection[];
  readonly isForward: boolean;
  readonly size: number;
  /** Whether cursors are sent without the window that they carry. */
  readonly leavesWindowOut: boolean;
  /** Where two of the cursors stand, as shares of those that were seen: what lies between them is asked for in the end. */
  readonly between: readonly [number, number];
};

/** Things of an answer, asked for again by their global ids. */
export type Again = {
  readonly shape: 'again';
  readonly kind: 'by global id';
  readonly window: Arg;
  readonly size: number;
  readonly fields: readonly Selection[];
  readonly isMany: boolean;
};

/** Whatever can be asked of a world. */
export function questions(pool: Pool): fc.Arbitrary<Question> {
  const plain = conversationsAsked(pool, joined(windowArgs(pool), plainFilterArgs));
  const filtered = conversationsAsked(pool, joined(windowArgs(pool), filterArgs(pool)));
  const ordered = conversationsAsked(
    pool,
    joined(windowArgs(pool), fc.oneof(plainFilterArgs, filterArgs(pool)), conversationOrders),
  );
  const directories = (['agents', 'queues', 'metrics'] as const).map((name) => directoryAsked(pool, name));
  const kinds: readonly (readonly [weight: number, kind: string, root: fc.Arbitrary<Selection>])[] = [
    [3, 'plain list', plain],
    [5, 'filtered list', filtered],
    [3, 'ordered list', ordered],
    [3, 'directory', fc.oneof(...directories)],
    [3, 'summary', summaryAsked(pool)],
    [4, 'breakdown', breakdownAsked(pool)],
    [2, 'by id', soughtAsked(pool)],
    [3, 'below a thing', thingAsked(pool)],
  ];
  const any = fc.oneof(...kinds.map(([weight, , arbitrary]) => ({ weight, arbitrary })));
  const many = fc.array(any, { minLength: 2, maxLength: 4 }).map(
    (roots): Operation => ({
      shape: 'operation',
      kind: 'several fields',
      roots: roots.map((root, index) => ({ ...root, alias: `f${index}` })),
    }),
  );
  return fc.oneof(
    ...kinds.map(([weight, kind, root]) => ({
      weight,
      arbitrary: root.map((one): Operation => ({ shape: 'operation', kind, roots: [one] })),
    })),
    { weight: 4, arbitrary: many },
    { weight: 6, arbitrary: walks(pool) },
    { weight: 1, arbitrary: again(pool) },
  );
}

function walks(pool: Pool): fc.Arbitrary<Walk> {
  const filter = fc.oneof(plainFilterArgs, filterArgs(pool));
  const none: fc.Arbitrary<readonly Arg[]> = fc.constant([]);
  const lists: readonly (readonly [weight: number, name: string, kind: string, args: fc.Arbitrary<readonly Arg[]>])[] =
    [
      [3, 'conversations', 'walk over a plain list', plainFilterArgs],
      [4, 'conversations', 'walk over a filtered list', filterArgs(pool)],
      [4, 'conversations', 'walk over an ordered list', joined(filter, conversationOrders)],
      [2, 'conversations', 'walk over a list of a thing', joined(filter, fc.oneof(none, conversationOrders))],
      [1, 'agents', 'walk over a directory', joined(filter, fc.oneof(none, summaryOrders(pool)))],
      [1, 'queues', 'walk over a directory', joined(filter, fc.oneof(none, summaryOrders(pool)))],
      [1, 'metrics', 'walk over a directory', joined(filter, fc.oneof(none, metricOrders(pool)))],
    ];
  const common = {
    window: fc.record({
      name: fc.constant('window'),
      type: fc.constant('TimeWindow'),
      value: windows(pool),
      isVariable: fc.boolean(),
    }),
    isForward: fc.boolean(),
    size: fc.integer({ min: 1, max: 120 }),
    leavesWindowOut: fc.boolean(),
    between: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    hasTotal: fc.boolean(),
  };
  return fc.oneof(
    ...lists.map(([weight, name, kind, args]) => ({
      weight,
      arbitrary: fc
        .record({
          ...common,
          args,
          parent: kind.endsWith('of a thing') ? parents(pool) : fc.constant(null),
          node: name === 'conversations' ? conversationFields(pool) : fc.constant(leaves('id')),
        })
        .map(({ window, args: rest, node, hasTotal, ...step }): Walk => {
          const edges = field('edges', { fields: [field('cursor'), field('node', { fields: withId(node) })] });
          const fields = [...walkFields, edges, ...(hasTotal ? leaves('totalCount') : [])];
          return { shape: 'walk', kind, name, args: [window, ...rest], fields, ...step };
        }),
    })),
  );
}

function parents({ agentIds, queueIds, metricIds }: Pool): fc.Arbitrary<Selection> {
  const parent = (name: string, key: string, ids: readonly string[]) =>
    argOf(key, 'ID!', fc.constantFrom(...ids)).map((args) => field(name, { args, fields: leaves(key) }));
  return fc.oneof(
    parent('agent', 'agentId', agentIds),
    parent('queue', 'queueId', queueIds),
    parent('metric', 'metricId', metricIds),
  );
}

// A walk knows its rows by their ids.
function withId(fields: readonly Selection[]): readonly Selection[] {
  return [...leaves('id'), ...fields.filter(({ name }) => name !== 'id')];
}

const walkFields = [
  field('coverage', { fields: leaves('complete') }),
  field('pageInfo', { fields: leaves('hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor') }),
];

function again(pool: Pool): fc.Arbitrary<Again> {
  return fc
    .record({
      window: windows(pool),
      isVariable: fc.boolean(),
      size: fc.integer({ min: 1, max: 5 }),
      isMany: fc.boolean(),
      fields: conversationFields(pool),
    })
    .map(({ window, isVariable, ...parts }) => ({
      shape: 'again',
      kind: 'by global id',
      window: { name: 'window', type: 'TimeWindow', value: window, isVariable },
      ...parts,
    }));
}

function joined(...all: readonly fc.Arbitrary<readonly Arg[]>[]): fc.Arbitrary<readonly Arg[]> {
  return fc.tuple(...all).map((lists) => lists.flat());
}
