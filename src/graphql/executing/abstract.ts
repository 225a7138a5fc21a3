import {
  defaultTypeResolver,
  GraphQLError,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLUnionType,
  isObjectType,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import { type Field, ResolveInfo } from './field.ts';
import { isPromise } from './later.ts';
import type { Place } from './place.ts';
import type { Run } from './run.ts';

export type AbstractType = GraphQLInterfaceType | GraphQLUnionType;

/**
 * Which type an object of an interface or union is of, or a promise of it: GraphQL specification, section 6.4.3 ResolveAbstractType. Throws what its
 * `resolveType` throws, and a GraphQLError where it is of no type that is allowed; a promise fails with the same.
 */
export function runtimeTypeOf(
  type: AbstractType,
  run: Run,
  field: Field,
  place: Place,
  value: unknown,
): GraphQLObjectType | Promise<GraphQLObjectType> {
  const resolve = type.resolveType ?? defaultTypeResolver;
  const name = resolve(value, run.context, new ResolveInfo(run, field, fieldPlace(place)), type);
  return isPromise(name)
    ? name.then((resolved) => typeNamed(resolved, type, run, field, value))
    : typeNamed(name, type, run, field, value);
}

/** Of an item of a list the place of the field that the list was resolved for: what is told of a field is told of the whole of it. */
function fieldPlace(place: Place): Place {
  let at = place;
  while (at.typename === undefined && at.prev !== undefined) at = at.prev;
  return at;
}

function typeNamed(
  name: unknown,
  type: AbstractType,
  { of: { schema } }: Run,
  { nodes, parentType, name: fieldName }: Field,
  value: unknown,
): GraphQLObjectType {
  const where = `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${parentType.name}.${fieldName}"`;
  if (name === null || name === undefined)
    throw new GraphQLError(
      `${where}. Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
      { nodes },
    );
  if (isObjectType(name))
    throw new GraphQLError(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
    );
  if (typeof name !== 'string')
    throw new GraphQLError(`${where} with value ${inspect(value)}, received "${inspect(name)}".`);
  const named = schema.getType(name);
  const said = `Abstract type "${type.name}" was resolved to a`;
  if (named === undefined)
    throw new GraphQLError(`${said} type "${name}" that does not exist inside the schema.`, { nodes });
  if (!isObjectType(named)) throw new GraphQLError(`${said} non-object type "${name}".`, { nodes });
  if (schema.isSubType(type, named)) return named;
  throw new GraphQLError(`Runtime Object type "${name}" is not a possible type for "${type.name}".`, { nodes });
}
