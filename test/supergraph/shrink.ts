import { type ASTNode, Kind, parse, print, visit } from 'graphql';

const attemptsMax = 300;

/**
 * Takes selections away from a query for as long as it stays wrong, the greatest first. fast-check can't: what it draws later depends on what it drew before,
 * so that a smaller draw is another query.
 */
export async function shrinkQuery(query: string, isWrong: (query: string) => Promise<boolean>): Promise<string> {
  let smallest = query;
  let attemptsLeft = attemptsMax;
  for (let place = 0; place < selectionCount(smallest) && attemptsLeft > 0; attemptsLeft--) {
    const smaller = without(smallest, place);
    if (smaller !== null && (await isWrong(smaller))) smallest = smaller;
    else place++;
  }
  return smallest;
}

function isSelection(node: ASTNode): boolean {
  return node.kind === Kind.FIELD || node.kind === Kind.INLINE_FRAGMENT;
}

function selectionCount(query: string): number {
  let count = 0;
  visit(parse(query), {
    enter: (node) => {
      if (isSelection(node)) count++;
    },
  });
  return count;
}

/** The query without one of its selections, from outside in; null if that one is alone. */
function without(query: string, place: number): string | null {
  let at = 0;
  let isAlone = false;
  const smaller = visit(parse(query), {
    enter: (node) => {
      if (!isSelection(node) || at++ !== place) return;
      return null;
    },
    leave: (node) => {
      if (node.kind === Kind.SELECTION_SET && node.selections.length === 0) isAlone = true;
    },
  });
  return isAlone ? null : print(smaller);
}
