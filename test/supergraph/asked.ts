/** One request as a subgraph got it. */
export type Asked = {
  readonly to: 'scores' | 'people';
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
};

/** What a subgraph or a supergraph answers. */
export type Answered = {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly AnsweredError[] | undefined;
};

type AnsweredError = {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
};

/** How many objects each request for entities refers to, by request, in their order. */
export function referenceCounts(asked: readonly Asked[], to: Asked['to']): readonly number[] {
  return asked
    .filter((each) => each.to === to && each.query.includes('_entities'))
    .map(({ variables }) => {
      const lists = Object.entries(variables).filter(([name]) => name.includes('representations'));
      return lists.reduce((sum, [, list]) => sum + (Array.isArray(list) ? list.length : 0), 0);
    });
}

/** How many requests a subgraph got. */
export function requestCount(asked: readonly Asked[], to: Asked['to']): number {
  return asked.filter((each) => each.to === to).length;
}
