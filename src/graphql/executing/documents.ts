import { type DocumentNode, type FragmentDefinitionNode, Kind, visit } from 'graphql';

/** What is known of a document however it is executed. */
export type DocumentFacts = {
  /** Of this document alone, while it is remembered by anybody. */
  readonly number: number;
  readonly fragments: { readonly [name: string]: FragmentDefinitionNode };
  /** The variables that decide, in any of its operations, whether something is selected: those of `@skip` and `@include`. */
  readonly conditions: readonly string[];
  readonly characterCount: number;
};

/** Looks at each document once. */
export function createDocuments(): (document: DocumentNode) => DocumentFacts {
  const seen = new WeakMap<DocumentNode, DocumentFacts>();
  let count = 0;
  return (document) => {
    const known = seen.get(document);
    if (known !== undefined) return known;
    count += 1;
    const facts: DocumentFacts = {
      number: count,
      fragments: fragmentsOf(document),
      conditions: conditionsOf(document),
      characterCount: document.loc?.end ?? 0,
    };
    seen.set(document, facts);
    return facts;
  };
}

function fragmentsOf({ definitions }: DocumentNode): DocumentFacts['fragments'] {
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function conditionsOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given = [] }) {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}
