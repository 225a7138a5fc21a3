import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { type AnyNode, type CallExpression, type Function as FunctionNode, type Node, parse } from 'acorn';

/**
 * Every reason that src can give a failure, found in its text: the values of properties that are called `reason`. Where such a value is a name, it is
 * followed to its constant, or to what the function's callers give for it, within its file.
 */
export function reasonsOfSource(): ReadonlySet<string> {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('server/graphiql/') && !name.endsWith('generated.ts'))
    .map((name) => readFileSync(`src/${name}`, 'utf8'));
  return new Set(files.flatMap(reasonsIn));
}

const word = /^[A-Z]+(_[A-Z]+)*$/;

type Facts = {
  readonly reasons: Node[];
  readonly constants: Map<string, Node>;
  readonly parameters: { readonly name: string; readonly at: number; readonly callee: string }[];
  readonly calls: CallExpression[];
};

function reasonsIn(text: string): readonly string[] {
  const program = parse(stripTypeScriptTypes(text), { ecmaVersion: 'latest', sourceType: 'module' });
  const facts: Facts = { reasons: [], constants: new Map(), parameters: [], calls: [] };
  visit(program, (node) => note(node, facts));
  return facts.reasons.flatMap((reason) => wordsOf(reason, facts, new Set())).filter((each) => word.test(each));
}

function note(node: AnyNode, { reasons, constants, parameters, calls }: Facts): void {
  if (node.type === 'Property' && node.key.type === 'Identifier' && node.key.name === 'reason')
    reasons.push(node.value);
  if (node.type === 'CallExpression') calls.push(node);
  if (node.type === 'FunctionDeclaration') parameters.push(...parametersOf(node, node.id?.name ?? ''));
  if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || !node.init) return;
  if (node.init.type === 'ArrowFunctionExpression') parameters.push(...parametersOf(node.init, node.id.name));
  else constants.set(node.id.name, node.init);
}

function parametersOf({ params }: FunctionNode, callee: string): Facts['parameters'] {
  return params.flatMap((param, at) => (param.type === 'Identifier' ? [{ name: param.name, at, callee }] : []));
}

function wordsOf(reason: Node, facts: Facts, seen: Set<Node | string>): readonly string[] {
  const node = reason as AnyNode;
  if (seen.has(node)) return [];
  seen.add(node);
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : [];
  if (node.type === 'ConditionalExpression')
    return [node.consequent, node.alternate].flatMap((branch) => wordsOf(branch, facts, seen));
  if (node.type !== 'Identifier') return [];
  const constant = facts.constants.get(node.name);
  const given = facts.parameters
    .filter(({ name }) => name === node.name)
    .flatMap(({ at, callee }) =>
      facts.calls.flatMap(({ callee: called, arguments: values }) => {
        const value = values[at];
        return called.type === 'Identifier' && called.name === callee && value !== undefined ? [value] : [];
      }),
    );
  return [...(constant === undefined ? [] : [constant]), ...given].flatMap((each) => wordsOf(each, facts, seen));
}

function visit(value: unknown, see: (node: AnyNode) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, see);
  else if (typeof value === 'object' && value !== null && 'type' in value) {
    see(value as AnyNode);
    for (const child of Object.values(value)) visit(child, see);
  }
}
