import { type ASTNode, Kind, parse, print, visit } from 'graphql';

/** Where a directive stands in a document and what it says, such as `Query.upstream @cost(weight: 0)`. Sorted. */
export function appliedDirectives(sdl: string, names: readonly string[]): readonly string[] {
  const found: string[] = [];
  visit(parse(sdl), {
    [Kind.DIRECTIVE]: (node, _key, _parent, _path, ancestors) => {
      if (!names.includes(node.name.value)) return;
      const args = (node.arguments ?? []).map(print).toSorted();
      found.push(`${coordinateOf(ancestors)} @${node.name.value}(${args.join(', ')})`);
    },
  });
  return found.toSorted();
}

function coordinateOf(ancestors: readonly (ASTNode | readonly ASTNode[])[]): string {
  return ancestors
    .flatMap((each) => ('kind' in each && 'name' in each && each.name !== undefined ? [each.name.value] : []))
    .join('.');
}
