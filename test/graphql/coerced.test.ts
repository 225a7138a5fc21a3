import { buildSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { coercedVariables } from '../../src/graphql/coerced.ts';

const schema = buildSchema('type Query { sum(of: [Int!], at: Float): Int }');

function operationOf(text: string): OperationDefinitionNode {
  const operation = parse(text).definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('no operation');
  return operation;
}

const [sum, at] = [
  operationOf('query ($of: [Int!] = [7], $at: Float) { sum(of: $of, at: $at) }'),
  operationOf('query ($of: Int) { sum(of: [$of]) }'),
];

test('variables are what their types make of them, once for each operation that they are given to', () => {
  const given = { of: 1 };
  const first = coercedVariables(schema, sum, given);
  expect(first).toEqual({ of: [1] });
  expect(coercedVariables(schema, sum, given)).toBe(first);
  expect(coercedVariables(schema, at, given)).toEqual({ of: 1 });
  expect(coercedVariables(schema, sum, given)).toEqual({ of: [1] });
  expect(coercedVariables(schema, sum, { ...given })).not.toBe(first);
  expect(coercedVariables(buildSchema('type Query { sum: Int at: Float }'), sum, given)).toEqual({ of: [1] });
});

test('where they do not fit there are none, however often it is asked', () => {
  const given = { of: 'one' };
  for (let time = 0; time < 3; time++) expect(coercedVariables(schema, sum, given)).toBeNull();
  expect(coercedVariables(schema, sum, {})).toEqual({ of: [7] });
});
