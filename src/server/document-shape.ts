import { GraphQLError, Lexer, Source, type Token, TokenKind } from 'graphql';

/** What a document holds, counted on its tokens. */
export type Shape = {
  tokens: number;
  aliases: number;
  directives: number;
  /** Definitions of variables. */
  variables: number;
  /** Characters of the longest name. Each alias stands in the answer as often as its field is answered. */
  nameLength: number;
  readonly operations: Part[];
  readonly fragments: Part[];
  /** Numbers and texts that are written out in it. */
  readonly literals: Token[];
};

/** An operation or a fragment, without what it spreads. */
export type Part = {
  /** Empty where it has none. */
  name: string;
  /** Selection sets, arguments, lists and input objects within each other. */
  depth: number;
  /** Fields of its outermost selection set, and of inline fragments in it. */
  rootFields: number;
  readonly spreads: { readonly name: string; readonly depth: number; readonly isAtRoot: boolean }[];
};

type Frame = { readonly kind: 'selection' | 'arguments' | 'variables' | 'value'; readonly isRoot: boolean };

/** What the last tokens of a selection set have begun. */
type Begun = 'nothing' | 'spread' | 'condition' | 'inline';

/** Where in a document one is, token by token. */
type Walk = {
  readonly shape: Shape;
  readonly open: Frame[];
  begun: Begun;
  /** The definition that is under way; null between two of them. */
  part: Part | null;
  /** The kinds of the last two tokens. */
  last: string | null;
  beforeLast: string | null;
};

/**
 * Looks at the tokens of a document, before anybody parses it: needs no stack, and ends at once where `isTooMuch` says so. What is no document is left to
 * the parser: then the shape is that of its beginning.
 */
export function shapeOf(text: string, isTooMuch: (shape: Shape) => boolean): Shape {
  const shape: Shape = {
    tokens: 0,
    aliases: 0,
    directives: 0,
    variables: 0,
    nameLength: 0,
    operations: [],
    fragments: [],
    literals: [],
  };
  const walk: Walk = { shape, open: [], begun: 'nothing', part: null, last: null, beforeLast: null };
  const lexer = new Lexer(new Source(text));
  try {
    while (lexer.advance().kind !== TokenKind.EOF) {
      see(lexer.token, walk);
      if (isTooMuch(shape)) return shape;
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
  }
  return shape;
}

function see(token: Token, walk: Walk): void {
  const { shape, open } = walk;
  const top = open.at(-1);
  shape.tokens += 1;
  if (token.kind === TokenKind.AT) shape.directives += 1;
  if (token.kind === TokenKind.NAME) shape.nameLength = Math.max(shape.nameLength, token.value.length);
  if (literalKinds.has(token.kind)) shape.literals.push(token);
  if (closingKinds.has(token.kind)) leave(walk);
  else if (top === undefined) seeOutside(token, walk);
  else if (top.kind === 'selection') seeSelection(token, top, walk);
  else seeValues(token, top, walk);
  walk.beforeLast = walk.last;
  walk.last = token.kind;
}

const closingKinds: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);
const literalKinds: ReadonlySet<string> = new Set([
  TokenKind.INT,
  TokenKind.FLOAT,
  TokenKind.STRING,
  TokenKind.BLOCK_STRING,
]);

function seeOutside({ kind, value }: Token, walk: Walk): void {
  const { shape, part, last, beforeLast } = walk;
  if (kind === TokenKind.BRACE_L) {
    if (part === null) begin(shape.operations, walk);
    enter({ kind: 'selection', isRoot: true }, walk);
  } else if (kind === TokenKind.PAREN_L)
    enter({ kind: beforeLast === TokenKind.AT ? 'arguments' : 'variables', isRoot: false }, walk);
  else if (kind !== TokenKind.NAME || last === TokenKind.AT) return;
  else if (part === null) begin(value === 'fragment' ? shape.fragments : shape.operations, walk);
  else if (part.name === '') part.name = value;
}

function seeSelection({ kind, value }: Token, { isRoot }: Frame, walk: Walk): void {
  const { shape, part, begun, last } = walk;
  if (kind === TokenKind.BRACE_L) {
    walk.begun = 'nothing';
    enter({ kind: 'selection', isRoot: isRoot && begun !== 'nothing' }, walk);
  } else if (kind === TokenKind.PAREN_L) enter({ kind: 'arguments', isRoot: false }, walk);
  else if (kind === TokenKind.SPREAD) walk.begun = 'spread';
  else if (kind === TokenKind.AT && begun === 'spread') walk.begun = 'inline';
  else if (kind === TokenKind.COLON) {
    shape.aliases += 1;
    if (isRoot && part !== null) part.rootFields -= 1;
  } else if (kind === TokenKind.NAME && last !== TokenKind.AT) seeName(value, isRoot, walk);
}

function seeName(name: string, isRoot: boolean, walk: Walk): void {
  const { part, begun, open } = walk;
  if (begun === 'spread' && name === 'on') walk.begun = 'condition';
  else if (begun === 'condition') walk.begun = 'inline';
  else {
    if (begun === 'spread') part?.spreads.push({ name, depth: open.length, isAtRoot: isRoot });
    else if (isRoot && part !== null) part.rootFields += 1;
    walk.begun = 'nothing';
  }
}

function seeValues({ kind }: Token, frame: Frame, walk: Walk): void {
  if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L) enter({ kind: 'value', isRoot: false }, walk);
  else if (kind === TokenKind.PAREN_L) enter({ kind: 'arguments', isRoot: false }, walk);
  else if (kind === TokenKind.DOLLAR && frame.kind === 'variables') walk.shape.variables += 1;
}

function begin(parts: Part[], walk: Walk): void {
  const part: Part = { name: '', depth: 0, rootFields: 0, spreads: [] };
  parts.push(part);
  walk.part = part;
}

function enter(frame: Frame, { open, part }: Walk): void {
  open.push(frame);
  if (part !== null) part.depth = Math.max(part.depth, open.length);
}

function leave(walk: Walk): void {
  if (walk.open.pop()?.kind !== 'selection') return;
  walk.begun = 'nothing';
  if (walk.open.length === 0) walk.part = null;
}
