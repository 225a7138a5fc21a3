import { type DocumentNode, type FieldNode, GraphQLError, Kind, visit } from 'graphql';
import { Failure } from '../errors.ts';
import type { Context } from '../graphql/context.ts';
import { refusal } from '../graphql/failures.ts';

/** Where a document asks for the schema, in its order. */
type Disclosure = { readonly node: FieldNode; readonly name: '_service' | '__schema' | '__type' };

const known = new WeakMap<DocumentNode, readonly Disclosure[]>();

/**
 * Throws for a document that asks for the schema, unless its caller may: `_service` is for the router, and an unknown field to everybody else; introspection is
 * FORBIDDEN, with the reason INTROSPECTION, without the right to it. No rule of validation, for documents that were valid for one are remembered, and would be valid
 * for all.
 */
export function refuseDisclosure(
  document: DocumentNode,
  { isOfRouter, caller }: Pick<Context, 'isOfRouter' | 'caller'>,
): void {
  const disclosures = known.get(document) ?? disclosuresOf(document);
  known.set(document, disclosures);
  for (const { node, name } of disclosures) {
    if (name !== '_service' && !caller.rights.has('introspection'))
      throw refusal(new Failure('FORBIDDEN', 'You may not ask for the schema', { reason: 'INTROSPECTION' }));
    if (name === '_service' && !isOfRouter)
      throw new GraphQLError('Cannot query field "_service" on type "Query".', {
        nodes: [node],
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
      });
  }
}

function disclosuresOf(document: DocumentNode): readonly Disclosure[] {
  const found: Disclosure[] = [];
  visit(document, {
    [Kind.FIELD]: (node) => {
      const name = node.name.value;
      if (name === '_service' || name === '__schema' || name === '__type') found.push({ node, name });
    },
  });
  return found;
}
