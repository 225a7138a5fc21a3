import {
  defaultTypeResolver,
  GraphQLError,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLUnionType,
  isObjectType,
} from 'graphql';
import { type Field, ResolveInfo } from './field.ts';
import { isPromise } from './fields.ts';
import type { Place } from './place.ts';
import type { Run } from './run.ts';

export type AbstractType = GraphQLInterfaceType | GraphQLUnionType;

/** Which type an object of an interface or union is of, or a promise of it: GraphQL specification, section 6.4.3 ResolveAbstractType. Throws where it is none of it. */
export function runtimeTypeOf(
  type: AbstractType,
  run: Run,
  field: Field,
  place: Place,
  value: unknown,
): GraphQLObjectType | Promise<GraphQLObjectType> {
  const resolve = type.resolveType ?? defaultTypeResolver;
  const name = resolve(value, run.context, new ResolveInfo(run, field, place), type);
  return isPromise(name)
    ? name.then((resolved) => typeNamed(resolved, type, run, field))
    : typeNamed(name, type, run, field);
}

function typeNamed(name: unknown, type: AbstractType, { of: { schema } }: Run, field: Field): GraphQLObjectType {
  const { nodes } = field;
  if (typeof name !== 'string') {
    const where = `${field.parentType.name}.${field.name}`;
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${where}". Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
      { nodes },
    );
  }
  const named = schema.getType(name);
  if (isObjectType(named) && schema.isSubType(type, named)) return named;
  throw new GraphQLError(`Runtime Object type "${name}" is not a possible type for "${type.name}".`, { nodes });
}
