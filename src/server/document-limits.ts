import { type Token, TokenKind } from 'graphql';
import { Failure } from '../errors.ts';
import { type Part, type Shape, shapeOf } from './document-shape.ts';
import { isSoundText } from './strict-json.ts';

/** How much a document may hold. */
export type DocumentLimits = {
  readonly tokensMax: number;
  /** Selection sets, arguments, lists and input objects within each other, those of fragments included. */
  readonly depthMax: number;
  readonly aliasesMax: number;
  /** Fields of one operation's root, those of fragments included. */
  readonly rootFieldsMax: number;
  readonly directivesMax: number;
  readonly fragmentsMax: number;
  readonly operationsMax: number;
  readonly variablesMax: number;
  /** Characters of a name: of an alias, a fragment, an operation, a variable. */
  readonly nameLengthMax: number;
};

/**
 * Says why a document is too large to be parsed, or holds a literal that no value is; null where it may be. What is no document is left to the parser, whose stack
 * what comes through can't use up.
 */
export function documentFault(text: string, limits: DocumentLimits): Failure | null {
  let excess: Excess | null = null;
  const shape = shapeOf(text, (seen) => {
    excess ??= excessOf(seen, limits);
    return excess !== null;
  });
  const found = excess ?? excessOfSpreads(shape, limits);
  return found === null ? literalFault(shape.literals) : tooMuch(found);
}

type Excess = { readonly what: string; readonly max: number; readonly reason: string };

function excessOf(shape: Shape, limits: DocumentLimits): Excess | null {
  const { tokensMax, depthMax, aliasesMax, rootFieldsMax, directivesMax } = limits;
  const { fragmentsMax, operationsMax, variablesMax, nameLengthMax } = limits;
  if (tokensMax < shape.tokens) return { what: 'tokens', max: tokensMax, reason: 'TOKENS' };
  if (aliasesMax < shape.aliases) return { what: 'aliases', max: aliasesMax, reason: 'ALIASES' };
  if (directivesMax < shape.directives) return { what: 'directives', max: directivesMax, reason: 'DIRECTIVES' };
  if (fragmentsMax < shape.fragments.length) return { what: 'fragments', max: fragmentsMax, reason: 'FRAGMENTS' };
  if (operationsMax < shape.operations.length) return { what: 'operations', max: operationsMax, reason: 'OPERATIONS' };
  if (variablesMax < shape.variables) return { what: 'variables', max: variablesMax, reason: 'VARIABLES' };
  if (nameLengthMax < shape.nameLength)
    return { what: 'characters in a name', max: nameLengthMax, reason: 'NAME_LENGTH' };
  const operation = shape.operations.at(-1);
  const parts = [operation, shape.fragments.at(-1)];
  if (parts.some((part) => part !== undefined && depthMax < part.depth)) return tooDeep(depthMax);
  // A field's name is counted before it is known to be an alias. Of a fragment it isn't known yet whether it is one of the root.
  if (operation !== undefined && rootFieldsMax + 1 < operation.rootFields) return tooWide(rootFieldsMax);
  return null;
}

/** What an operation holds together with the fragments that it spreads. Of fragments that spread themselves validation tells. */
function excessOfSpreads({ operations, fragments }: Shape, { depthMax, rootFieldsMax }: DocumentLimits): Excess | null {
  const known = new Map(fragments.map((part) => [part.name, { depth: part.depth, rootFields: part.rootFields }]));
  const united = ({ depth, rootFields, spreads }: Part) => {
    let [deepest, fields] = [depth, rootFields];
    for (const spread of spreads) {
      const fragment = known.get(spread.name);
      if (fragment === undefined) continue;
      deepest = Math.max(deepest, spread.depth - 1 + fragment.depth);
      if (spread.isAtRoot) fields += fragment.rootFields;
    }
    // Beyond the bounds it doesn't matter by how much.
    return { depth: Math.min(deepest, depthMax + 1), rootFields: Math.min(fields, rootFieldsMax + 1) };
  };
  // A chain has no more links than there are fragments.
  for (const _ of fragments) for (const part of fragments) known.set(part.name, united(part));
  const wholes = operations.map(united);
  if (wholes.some(({ depth }) => depthMax < depth)) return tooDeep(depthMax);
  return wholes.some(({ rootFields }) => rootFieldsMax < rootFields) ? tooWide(rootFieldsMax) : null;
}

function tooDeep(max: number): Excess {
  return { what: 'levels within each other', max, reason: 'DEPTH' };
}

function tooWide(max: number): Excess {
  return { what: 'fields of Query in one operation', max, reason: 'ROOT_FIELDS' };
}

function tooMuch({ what, max, reason }: Excess): Failure {
  return new Failure('QUERY_LIMIT_EXCEEDED', `A document may have ${max} ${what}, and this one has more`, { reason });
}

/** Literals that the parser takes and that no JSON could carry. */
function literalFault(literals: readonly Token[]): Failure | null {
  for (const { kind, value } of literals) {
    const isNumber = kind === TokenKind.INT || kind === TokenKind.FLOAT;
    if (isNumber && !Number.isFinite(Number(value)))
      return new Failure('BAD_USER_INPUT', 'The document has a number that is too large', { reason: 'NUMBER' });
    if (!isNumber && !isSoundText(value))
      return new Failure('BAD_USER_INPUT', 'The document has a text with a control character', { reason: 'TEXT' });
  }
  return null;
}
