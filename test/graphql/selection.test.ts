import fc from 'fast-check';
import { buildSchema, type DocumentNode, executeSync, Kind, parse, type SelectionSetNode, validate } from 'graphql';
import { expect, test } from 'vitest';
import { collectFields, type SelectionEnvironment, selectionSetsOf } from '../../src/graphql/selection.ts';

const schema = buildSchema('type Query { a: Int b: Int o: Query }');
const root = { a: 1, b: 2, o: (): object => root };

const directive = fc
  .tuple(fc.constantFrom('@skip', '@include'), fc.constantFrom('true', 'false', '$yes', '$no', '$unsaid'))
  .map(([name, value]) => `${name}(if: ${value})`);
const directives = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: directive },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('true', '$yes', '$no'), fc.constantFrom('false', '$unsaid'))
      .map(([a, b]) => `@include(if: ${a}) @skip(if: ${b})`),
  },
);
const fragmentCount = 3;

/** Selections that may spread the fragments from `fragment` on, so that there is no circle. An alias is of one field always: such documents are valid. */
function selections(fragment: number, depth: number): fc.Arbitrary<string> {
  const leaf = fc
    .tuple(fc.constantFrom('a', 'b', 'alias: a', 'b2: b', '__typename'), directives)
    .map((each) => each.join(' '));
  const spreads = Array.from({ length: fragmentCount - fragment }, (_, index) => `...F${fragment + index}`);
  const spread = fc.tuple(fc.constantFrom(...spreads, 'a'), directives).map((each) => each.join(' '));
  if (depth === 0)
    return fc.array(fc.oneof(leaf, spread), { minLength: 1, maxLength: 3 }).map((each) => each.join(' '));
  const nested = selections(fragment, depth - 1);
  const object = fc
    .tuple(fc.constantFrom('o', 'other: o'), directives, nested)
    .map(([name, ...rest]) => `${name} ${rest[0]} { ${rest[1]} }`);
  const inline = fc
    .tuple(fc.constantFrom('...', '... on Query'), directives, nested)
    .map(([name, ...rest]) => `${name} ${rest[0]} { ${rest[1]} }`);
  return fc.array(fc.oneof(leaf, spread, object, inline), { minLength: 1, maxLength: 5 }).map((each) => each.join(' '));
}

const documents = fc
  .tuple(selections(0, 3), ...Array.from({ length: fragmentCount }, (_, index) => selections(index + 1, 2)))
  .map(([operation, ...fragments]) => {
    const definitions = fragments.map((each, index) => `fragment F${index} on Query { ${each} }`);
    return `query ($yes: Boolean!, $no: Boolean!, $unsaid: Boolean = true) { ${operation} } ${definitions.join(' ')}`;
  });

test('the fields that are collected are those that execution resolves, in its order', { timeout: 60_000 }, () => {
  let [validCount, emptyCount] = [0, 0];
  fc.assert(
    fc.property(documents, fc.boolean(), (text, yes) => {
      const document = parse(text);
      const faults = validate(schema, document).filter(({ message }) => !/is never used/.test(message));
      expect(faults).toEqual([]);
      validCount += 1;
      const variables = { yes, no: !yes };
      const { data, errors } = executeSync({ schema, document, rootValue: root, variableValues: variables });
      expect(errors).toBeUndefined();
      const collected = collectedFrom(document, { ...variables, unsaid: true });
      if (Object.keys(collected).length === 0) emptyCount += 1;
      expect(JSON.stringify(collected)).toBe(
        JSON.stringify(data, (key, value) => (key === '' || typeof value === 'object' ? value : null)),
      );
    }),
    { seed: 20_261_122, numRuns: 2_000 },
  );
  expect(validCount).toBe(2_000);
  expect(emptyCount).toBeGreaterThan(20);
});

/** The shape of the answer: null for a leaf. */
function collectedFrom(document: DocumentNode, variables: SelectionEnvironment['variables']): object {
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const environment = { schema, fragments: new Map(fragments.map((each) => [each.name.value, each])), variables };
  const shapeOf = (sets: readonly SelectionSetNode[]): object =>
    Object.fromEntries(
      [...collectFields('Query', sets, environment)].map(([key, nodes]) => {
        const nested = selectionSetsOf(nodes);
        return [key, nested.length === 0 ? null : shapeOf(nested)];
      }),
    );
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  return operation === undefined ? {} : shapeOf([operation.selectionSet]);
}

test('a fragment on an abstract type is of its objects, and of no others', () => {
  const animals = buildSchema(`
    type Query { pet: Pet } interface Pet { a: Int } union Lodger = Cat | Mouse
    type Cat implements Pet { a: Int c: Int } type Dog implements Pet { a: Int d: Int } type Mouse { m: Int }
  `);
  const text = '{ pet { ... on Pet { a } ... on Cat { c } ... on Dog { d } ... on Lodger { __typename } } }';
  const [definition] = parse(text).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const environment = { schema: animals, fragments: new Map(), variables: {} };
  const pet = collectFields('Query', [definition.selectionSet], environment).get('pet') ?? [];
  const fieldsOf = (typeName: string) => [...collectFields(typeName, selectionSetsOf(pet), environment).keys()];
  expect([fieldsOf('Cat'), fieldsOf('Dog'), fieldsOf('Mouse')]).toEqual([
    ['a', 'c', '__typename'],
    ['a', 'd'],
    ['__typename'],
  ]);
});
