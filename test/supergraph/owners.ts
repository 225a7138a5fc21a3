import { Kind, parse } from 'graphql';
import type { Asked } from './asked.ts';

/** Which side has which fields, and by which field each of its entities is known: from what both publish, and nothing else. */
export type Owners = {
  /** The side that has a field; the one that is asked already, where it has it too. */
  ownerOf(typeName: string, fieldName: string, asked?: Asked['to']): Asked['to'];
  /** The field by which a side knows objects of a type; null: it knows none by reference. */
  keyOf(typeName: string, side: Asked['to']): string | null;
};

type Side = { readonly fields: ReadonlySet<string>; readonly keys: ReadonlyMap<string, string> };

/** Reads who owns what. */
export function ownersOf(sdls: Readonly<Record<Asked['to'], string>>): Owners {
  const sides = { scores: readSide(sdls.scores), people: readSide(sdls.people) };
  return {
    ownerOf: (typeName, fieldName, asked) => {
      const coordinate = `${typeName}.${fieldName}`;
      if (asked !== undefined && sides[asked].fields.has(coordinate)) return asked;
      if (sides.people.fields.has(coordinate)) return 'people';
      if (sides.scores.fields.has(coordinate)) return 'scores';
      throw new Error(`nobody has ${coordinate}`);
    },
    keyOf: (typeName, side) => sides[side].keys.get(typeName) ?? null,
  };
}

function readSide(sdl: string): Side {
  const fields = new Set<string>();
  const keys = new Map<string, string>();
  for (const definition of parse(sdl).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const typeName = definition.name.value;
    for (const { name } of definition.fields ?? []) fields.add(`${typeName}.${name.value}`);
    const [argument] = definition.directives?.find(({ name }) => name.value === 'key')?.arguments ?? [];
    if (argument?.value.kind === Kind.STRING) keys.set(typeName, argument.value.value);
  }
  return { fields, keys };
}
