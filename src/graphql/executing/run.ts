import type { FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Errors } from './errors.ts';
import type { Args } from './field.ts';
import type { Output } from './output.ts';

/** The operation of a document that is executed. */
export type OperationParts = {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: { readonly [name: string]: FragmentDefinitionNode };
};

/** One execution of an operation. */
export type Run = {
  readonly of: OperationParts;
  readonly context: unknown;
  /** As they were coerced. */
  readonly variables: Args;
  /** Arguments that depend on variables, of the fields that were reached so far. */
  readonly args: Map<object, Args>;
  readonly errors: Errors;
  readonly output: Output;
};
