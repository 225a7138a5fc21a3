import type { GraphQLResolveInfo } from 'graphql';

/** A place in an answer. An execution that knows the key of its fields says it. */
export type Path = GraphQLResolveInfo['path'] & { readonly fieldKey?: string };

/** A field by its parent's: types and response keys from the root on. */
export function fieldKey(parentKey: string, typeName: string, responseKey: string): string {
  return `${parentKey}/${typeName}.${responseKey}`;
}

/** The same of a path of execution. Places in lists are left out, for a field asks the same at each of them. */
export function keyOfPath({ prev, key, typename, fieldKey: known }: Path): string {
  if (known !== undefined) return known;
  const parentKey = prev === undefined ? '' : keyOfPath(prev);
  return typename === undefined ? parentKey : fieldKey(parentKey, typename, String(key));
}
