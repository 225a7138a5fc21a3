/** Where in an answer something stands: graphql-js's `Path`, with the key by which demands know its field (`asking/path.ts`). */
export type Place = {
  readonly prev: Place | undefined;
  /** Its response key, or its index in a list. */
  readonly key: string | number;
  /** Of the object that it is a field of; undefined for an item of a list. */
  readonly typename: string | undefined;
  readonly fieldKey: string;
};

/** The place of an item of a list that stands at `prev`. */
export function itemPlace(prev: Place, index: number): Place {
  return { prev, key: index, typename: undefined, fieldKey: prev.fieldKey };
}
