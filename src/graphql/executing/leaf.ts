import {
  GraphQLBoolean,
  type GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLString,
  isEnumType,
} from 'graphql';
import type { Output } from './output.ts';

/** Writes a value of a leaf's type as `serialize` gives it, where that is known at sight. False, with nothing written, for all other values: they go the long way. */
export type WriteLeaf = (output: Output, value: unknown) => boolean;

/**
 * How most values of a type are written: texts, booleans and finite numbers of the type that is asked for are what they are, by section 3.5 of the GraphQL specification, and enum values are their
 * names. A schema's own scalars have `serialize` alone, also one that bears the name of one of GraphQL's.
 */
export function leafWriter(type: GraphQLLeafType): WriteLeaf {
  if (isEnumType(type)) return enumWriter(type);
  switch (type) {
    case GraphQLString:
    case GraphQLID:
      return writeText;
    case GraphQLFloat:
      return writeFinite;
    case GraphQLInt:
      return writeInt;
    case GraphQLBoolean:
      return writeBoolean;
    default:
      return () => false;
  }
}

function writeText(output: Output, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  output.text(value);
  return true;
}

function writeFinite(output: Output, value: unknown): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  output.ascii(`${value}`);
  return true;
}

function writeInt(output: Output, value: unknown): boolean {
  if (typeof value !== 'number' || (value | 0) !== value) return false;
  output.ascii(`${value}`);
  return true;
}

function writeBoolean(output: Output, value: unknown): boolean {
  if (typeof value !== 'boolean') return false;
  output.ascii(value ? 'true' : 'false');
  return true;
}

/** Names are names: nothing of them is escaped. */
function enumWriter(type: GraphQLEnumType): WriteLeaf {
  const names = new Map(type.getValues().map(({ name, value }) => [value as unknown, Buffer.from(`"${name}"`)]));
  return (output, value) => {
    const name = names.get(value);
    if (name === undefined) return false;
    output.bytes(name);
    return true;
  };
}
