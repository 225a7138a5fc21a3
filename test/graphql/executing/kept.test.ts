import fc from 'fast-check';
import { buildSchema, type GraphQLFieldResolver, parse } from 'graphql';
import { expect, test } from 'vitest';
import { createExecutor, type Executor } from '../../../src/graphql/executing/executor.ts';
import { createKept } from '../../../src/graphql/executing/kept.ts';
import { dataAsText, executionOf } from './told.ts';

const sdl = `
  type Query { lists: [List!]! }
  type List { items: [Item!]! loose: [Item] }
  type Item { name: String! weight: Float part: Part word(in: String): String who: String strict: Int! }
  type Part { id: ID! }
`;

/** A schema whose items are resolved in every way that steadiness knows, and how often each of them was. */
function createWorld(isKept: boolean, keptBytesMax = 1_000_000) {
  const schema = buildSchema(sdl);
  const counts = { part: 0, word: 0, who: 0 };
  const resolve = (type: 'Query' | 'Item', name: string, resolver: GraphQLFieldResolver<never, never>) => {
    const object = schema.getType(type);
    if (object === undefined || !('getFields' in object)) throw new Error('another schema');
    Object.assign(object.getFields()[name] ?? {}, { resolve: resolver });
  };
  resolve('Query', 'lists', (_source, _args, { lists }: { lists: unknown }) => lists);
  resolve('Item', 'part', ({ id }: { id: string }) => {
    counts.part += 1;
    return { id };
  });
  resolve('Item', 'word', ({ name }: { name: string }, args: { in?: string }) => {
    counts.word += 1;
    return `${name} ${args.in}`;
  });
  resolve('Item', 'who', (_source: unknown, _args: unknown, { caller }: { caller: string }) => {
    counts.who += 1;
    return caller;
  });
  const steadyFields = isKept ? ['List.items', 'List.loose'] : [];
  return { executor: createExecutor(schema, { programBytesMax: 1_000_000, keptBytesMax, steadyFields }), counts };
}

function ask(
  executor: Executor,
  query: ReturnType<typeof parse>,
  variables: Readonly<Record<string, unknown>>,
  context: object,
): string {
  const answer = executor.execute(executionOf({ document: query, operationName: undefined, variables }, context));
  if (answer === null || answer instanceof Promise) throw new Error('no answer at once');
  return JSON.stringify([dataAsText(answer.data), answer.errors]);
}

const names = fc.string({ unit: 'binary', maxLength: 8 });
const items = fc.record({
  name: names,
  weight: fc.oneof(fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true })),
  id: names,
  // What may not be null sometimes is.
  strict: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: -9, max: 9 }) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
});
const lists = fc.array(
  fc.record({ items: fc.array(items, { maxLength: 4 }), loose: fc.array(items, { maxLength: 3 }) }),
  {
    maxLength: 4,
  },
);
const fields = fc
  .uniqueArray(
    fc.constantFrom(
      'name',
      'weight',
      'part { id }',
      'word(in: $in)',
      'who',
      'strict',
      'n: name @include(if: $on)',
      '__typename',
    ),
    { minLength: 1 },
  )
  .map((each) => each.join(' '));
const queries = fc
  .tuple(fields, fields)
  .map(([one, other]) =>
    parse(
      `query ($in: String, $on: Boolean = true) { lists { items { ${one} } loose { ${other} } again: items { ${other} } } }`,
    ),
  );
const askers = fc.record({
  in: fc.constantFrom('x', 'y'),
  on: fc.constantFrom(true, false, null),
  caller: fc.constantFrom('a', 'b'),
});

test('what is kept is what would be answered, whoever asks, however often, and however little is kept', () => {
  fc.assert(
    fc.property(
      lists,
      queries,
      fc.array(askers, { minLength: 3, maxLength: 8 }),
      fc.constantFrom(1, 300, 1_000_000),
      (all, query, asked, bytesMax) => {
        const [keeping, plain] = [createWorld(true, bytesMax), createWorld(false)];
        for (const { caller, ...variables } of asked) {
          const context = { lists: all, caller };
          expect(ask(keeping.executor, query, variables, context)).toBe(ask(plain.executor, query, variables, context));
        }
      },
    ),
    { seed: 20_261_127, numRuns: 1_000 },
  );
});

test('a list is written out twice and then copied, where it depends on nothing but itself', () => {
  const { executor, counts } = createWorld(true);
  const context = { lists: [{ items: [{ id: '1' }, { id: '2' }], loose: [] }], caller: 'a' };
  const [steady, asker] = [
    parse('{ lists { items { part { id } } } }'),
    parse('{ lists { items { part { id } who } } }'),
  ];
  for (let time = 0; time < 5; time++) ask(executor, steady, {}, context);
  expect(counts.part).toBe(4);
  for (let time = 0; time < 5; time++) ask(executor, asker, {}, context);
  expect(counts).toEqual({ part: 14, word: 0, who: 10 });
  // The same values in another list are another list.
  for (let time = 0; time < 2; time++) ask(executor, steady, {}, { lists: [{ items: [{ id: '1' }], loose: [] }] });
  expect(counts.part).toBe(16);
});

test('lists that differ have their items in common: what each was answered is kept, and of a list that is kept as a whole nothing more', () => {
  const { executor, counts } = createWorld(true);
  const shared = [{ id: '1' }, { id: '2' }];
  const query = parse('{ lists { items { part { id } } } }');
  const askNew = () => ask(executor, query, {}, { lists: [{ items: [...shared] }] });
  const first = askNew();
  for (let time = 0; time < 5; time++) expect(askNew()).toBe(first);
  // Met first, kept when they are met again, and found from then on.
  expect(counts.part).toBe(4);
  const whole = { lists: [{ items: [{ id: '3' }] }] };
  for (let time = 0; time < 5; time++) ask(executor, query, {}, whole);
  expect(counts.part).toBe(6);
  // The item's own answer was not kept beside its list's.
  ask(executor, query, {}, { lists: [{ items: [...(whole.lists[0]?.items ?? [])] }] });
  expect(counts.part).toBe(7);
});

test('of what is asked once nothing is kept, however often others ask for the same list', () => {
  const { executor, counts } = createWorld(true);
  const context = { lists: [{ items: [{ id: '1' }] }], caller: 'a' };
  const documents = Array.from({ length: 5 }, (_, index) => parse(`{ lists { items { p${index}: part { id } } } }`));
  for (const document of documents) ask(executor, document, {}, context);
  expect(counts.part).toBe(5);
  // Known by now, the list is written out once more for each of them.
  for (let time = 0; time < 3; time++) for (const document of documents) ask(executor, document, {}, context);
  expect(counts.part).toBe(10);
});

test('however many fields keep answers, what all of them still know is no more than may be kept', () => {
  const [bytesMax, byteCount] = [10_000, 500];
  const kept = createKept(bytesMax);
  const rooms = Array.from({ length: 100 }, () => kept.createRoom());
  const [list, other, large] = [{}, {}, {}];
  for (const room of rooms) {
    for (const value of [list, other]) room.keep(value, new Uint8Array(byteCount));
    room.keep(large, new Uint8Array(bytesMax));
    const known = rooms.flatMap((each) => [list, other, large].map(each.find).filter((found) => found !== undefined));
    expect(known.length * byteCount).toBeLessThanOrEqual(bytesMax);
    expect(room.find(other)).toHaveLength(byteCount);
  }
});
