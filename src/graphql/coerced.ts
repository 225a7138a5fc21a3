import { type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';

/** Variables by name, as a client sent them. */
export type GivenVariables = { readonly [name: string]: unknown };

/** Variables by name, as their types say: GraphQL specification, section 6.1.2. */
export type CoercedVariables = { readonly [name: string]: unknown };

type Known = {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly coerced: CoercedVariables;
};

const known = new WeakMap<GivenVariables, Known>();

/**
 * The variables of an operation; null where they don't fit. An operation is foreseen before it is executed, and what it was given is the same object then: it is coerced once for
 * both. Nobody may change either.
 */
export function coercedVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: GivenVariables,
): CoercedVariables | null {
  const last = known.get(given);
  if (last?.operation === operation && last.schema === schema) return last.coerced;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given, { maxErrors: 1 });
  if (coerced === undefined) return null;
  known.set(given, { schema, operation, coerced });
  return coerced;
}
