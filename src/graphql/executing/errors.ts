import { type GraphQLError, locatedError, responsePathAsArray } from 'graphql';
import type { Field } from './field.ts';
import type { Place } from './place.ts';

/** The errors of one execution, in the order in which they were met. */
export type Errors = {
  readonly found: readonly GraphQLError[];
  /** Takes an error that has made null of this place; undefined: of all. One that comes from within what is null already is late, and says nothing more. */
  add(error: GraphQLError, place: Place | undefined): void;
};

/** No errors yet. GraphQL specification, section 6.4.4 Handling Execution Errors. */
export function createErrors(): Errors {
  const found: GraphQLError[] = [];
  const nulled = new Set<Place | undefined>();
  const isNulled = (place: Place | undefined): boolean => {
    for (let at = place; at !== undefined; at = at.prev) if (nulled.has(at)) return true;
    return nulled.has(undefined);
  };
  return {
    found,
    add(error, place) {
      if (found.length > 0 && isNulled(place)) return;
      nulled.add(place);
      found.push(error);
    },
  };
}

/** What was thrown, as an error of this field at this place; one that is located already stays as it is. */
export function errorAt(thrown: unknown, { nodes }: Pick<Field, 'nodes'>, place: Place): GraphQLError {
  return locatedError(thrown, nodes, responsePathAsArray(place));
}
