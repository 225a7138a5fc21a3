import { buildSchema, type DocumentNode, GraphQLScalarType, parse } from 'graphql';
import { expect, test } from 'vitest';
import { createExecutor, type Executor } from '../../../src/graphql/executing/executor.ts';
import { dataAsText, executionOf } from './told.ts';

/** Literals are read when a field's arguments are first needed: as often as its program was not kept. */
function createCounted(programBytesMax: number) {
  const schema = buildSchema('scalar Counted type Query { echo(of: Counted): String o: Query }');
  const counted = schema.getType('Counted');
  const { echo, o } = schema.getQueryType()?.getFields() ?? {};
  if (!(counted instanceof GraphQLScalarType) || echo === undefined || o === undefined)
    throw new Error('another schema');
  const read: unknown[] = [];
  counted.parseLiteral = (node) => {
    const text = node.kind === 'StringValue' ? node.value : '';
    read.push(text);
    return text;
  };
  echo.resolve = (_source, { of }) => of;
  o.resolve = (_source, _args, { isThere }) => (isThere === true ? {} : null);
  return { executor: createExecutor(schema, { programBytesMax, keptBytesMax: 1_000_000 }), read };
}

const documentOf = (index: number) => parse(`{ echo(of: "${String(index).padStart(4, '0')}") }`);

function ask(executor: Executor, document: DocumentNode, variables = {}, context = {}): string {
  const answer = executor.execute(executionOf({ document, operationName: undefined, variables }, context));
  if (answer === null || answer instanceof Promise) throw new Error('no such answer');
  return dataAsText(answer.data);
}

test('a program is kept, and answers again without its literals being read', () => {
  const { executor, read } = createCounted(1_000_000);
  const document = documentOf(1);
  for (let time = 0; time < 3; time++) expect(ask(executor, document)).toBe('{"echo":"0001"}');
  expect(read).toEqual(['0001']);
});

test.for([30_000, 100_000])(
  'of programs of %d bytes no more are kept than fit, those that were used last',
  (bytesMax) => {
    const documentCount = 200;
    const { executor, read } = createCounted(bytesMax);
    const documents = Array.from({ length: documentCount }, (_, index) => documentOf(index));
    for (const document of documents) ask(executor, document);
    read.length = 0;
    for (const [index, document] of [...documents.entries()].toReversed())
      expect(ask(executor, document)).toBe(`{"echo":"${String(index).padStart(4, '0')}"}`);
    // Each is a hundred for each character, a thousand for its field, and one.
    const keptCount = Math.floor(bytesMax / (100 * '{ echo(of: "0001") }'.length + 1_000 + 1));
    expect(documentCount - read.length).toBe(keptCount);
  },
);

test('so are variants of one document', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const { executor, read } = createCounted(100_000);
  const document = parse(
    `query (${names.map((name) => `$${name}: Boolean!`).join(', ')}) { echo(of: "x") ${names
      .map((name) => `${name}: o @include(if: $${name}) { __typename }`)
      .join(' ')} }`,
  );
  const outcomes = Array.from({ length: 32 }, (_, bits) =>
    Object.fromEntries(names.map((name, at) => [name, ((bits >> at) & 1) === 1])),
  );
  const answers = outcomes.map((variables) => ask(executor, document, variables));
  expect(new Set(answers)).toEqual(new Set(answers.slice(0, 32)));
  expect(read).toHaveLength(32);
  expect(outcomes.map((variables) => ask(executor, document, variables))).toEqual(answers);
  // Far from all of them fit, and in this order none is found.
  expect(read).toHaveLength(64);
});

test('a program that is larger than all that may be kept is not kept', () => {
  const { executor, read } = createCounted(1);
  const document = documentOf(1);
  ask(executor, document);
  ask(executor, document);
  expect(read).toHaveLength(2);
});

test('a program counts as all that it has become, where little of it was reached at first', () => {
  const inner = [...'abcdefghij'].map((name) => `${name}: echo(of: "x")`).join(' ');
  const [one, other] = [parse(`{ echo(of: "x") o { ${inner} } }`), parse(`{ o { ${inner} } echo(of: "x") }`)];
  // Room for both as they are at first, and for one of them whole.
  const { executor, read } = createCounted(200 * (one.loc?.end ?? 0) + 15_000);
  for (const document of [one, other, one, other]) ask(executor, document);
  expect(read).toHaveLength(2);
  for (const document of [one, other]) ask(executor, document, {}, { isThere: true });
  expect(read).toHaveLength(22);
  ask(executor, other, {}, { isThere: true });
  expect(read).toHaveLength(22);
  ask(executor, one, {}, { isThere: true });
  expect(read).toHaveLength(33);
});
