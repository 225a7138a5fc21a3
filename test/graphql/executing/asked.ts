import { type Chance, chanceOf } from '../../chance.ts';
import { compositeFields, echoes, fieldedNames, leafFields } from './shape.ts';

/** A document of several operations that share its fragments, and variables to ask them with. */
export type Asked = {
  readonly text: string;
  readonly operationName: string;
  readonly variables: readonly [Variables, Variables];
};

export type Variables = { readonly [name: string]: unknown };

type Scope = { readonly chance: Chance; readonly firstFragment: number; readonly sizeMax: number };

const fragmentCount = 4;
const declared =
  '$i: Int, $ni: Int = 5, $t: String, $b: Boolean, $bt: Boolean = true, $bf: Boolean = false, $sure: Boolean! = true, $c: Color, $in: In, $ind: In = { text: "said", inner: { int: 1 } }, $l: [Int!], $j: JSON';

/** What a seed asks; the greater `sizeMax`, the more. */
export function askedBy(seed: number, sizeMax: number): Asked {
  const chance = chanceOf(seed);
  const scope = { chance, firstFragment: 0, sizeMax };
  const operations = ['First', 'Second'].map(
    (name) => `query ${name}(${declared}) { ${selectionsOn('Query', 3, scope)} }`,
  );
  const fragments = Array.from({ length: fragmentCount }, (_, index) => {
    const on = chance.pick([...fieldedNames, 'Node', 'Any']);
    return `fragment F${index} on ${on} { ${selectionsOn(on, 1, { ...scope, firstFragment: index + 1 })} }`;
  });
  const operationName = chance.pick(['First', 'Second']);
  const text = chance.percent(50) ? [...operations, ...fragments] : [...fragments, ...operations];
  return { text: text.join('\n'), operationName, variables: [variablesOf(chance), variablesOf(chance)] };
}

function selectionsOn(typeName: string, depth: number, scope: Scope): string {
  const count = 1 + scope.chance.below(scope.sizeMax);
  return Array.from({ length: count }, () => selectionOn(typeName, depth, scope)).join(' ');
}

function selectionOn(typeName: string, depth: number, scope: Scope): string {
  const { chance, firstFragment } = scope;
  const directives = directivesBy(chance);
  const kind = chance.below(100);
  if (kind < 12 && firstFragment < fragmentCount)
    return `...F${firstFragment + chance.below(fragmentCount - firstFragment)} ${directives}`;
  if (kind < 26 && depth > 0) {
    const on = chance.pick(typeName === 'Query' ? ['Query'] : ['A', 'B', 'C', 'Node', 'Any', typeName]);
    const condition = on === typeName && chance.percent(50) ? '' : `on ${on}`;
    return `... ${condition} ${directives} { ${selectionsOn(on, depth - 1, scope)} }`;
  }
  if (typeName === 'Any' || kind < 31) return `${chance.pick(['', '__proto__: ', 'kind: '])}__typename ${directives}`;
  if (typeName === 'Query' && kind < 36) return chance.pick(introspections).replace('%', directives);
  if (kind < 46) return `${echoBy(chance)} ${directives}`;
  if (kind < 72 && depth > 0) {
    const { name, named } = chance.pick(compositeFields);
    return `${aliased(name, chance)} ${directives} { ${selectionsOn(named, depth - 1, scope)} }`;
  }
  return `${chance.percent(8) ? chance.pick(peculiar) : aliased(chance.pick(leafFields).name, chance)} ${directives}`;
}

const introspections = [
  '__schema % { queryType { name fields { name isDeprecated type { name kind } } } }',
  'toldOf: __type(name: "In") % { name inputFields { name defaultValue type { kind ofType { name } } } }',
  '__type(name: "Nothing") % { name }',
  'any: __type(name: "Any") % { kind possibleTypes { name description } }',
];

/** A response key means the same wherever it stands, so that whatever is asked can be merged. */
const peculiar = [
  'constructor: string0',
  'then: int0',
  'toString: id1',
  'hasOwnProperty: json0',
  'valueOf: odd0',
  'prototype: boolean2',
];

function aliased(name: string, chance: Chance): string {
  return chance.pick([name, name, `again_${name}: ${name}`, `_${name}: ${name}`]);
}

const ints = ['1', '$i', '$ni', 'null', '-5'];
const said: readonly (readonly [string, readonly string[]])[] = [
  ['int', ints],
  ['sure', ['2', '$ni', '$ni', '9']],
  ['text', ['"literal \\u2028 \\" é"', '$t', 'null', '"""block"""']],
  ['flag', ['true', '$b', '$bt', 'null']],
  ['color', ['RED', 'GREEN', '$c', 'null']],
  ['input', ['{ text: "a", inner: { int: 4, text: $t } }', '{ many: [{ color: $c }, {}] }', '$in', '$ind', 'null']],
  ['list', ['[1, 2]', '3', '$l', '[$ni]', 'null']],
  ['json', ['{ a: [1, { b: "c" }], t: $t }', '$j', 'null', '[]', '1.5']],
];
const argumentSetCount = 40;

/** Arguments by number: the response key is their number. */
const argumentSets = Array.from({ length: argumentSetCount }, (_, number) => {
  const chance = chanceOf(number);
  const given = said.filter(() => chance.percent(40)).map(([name, values]) => `${name}: ${chance.pick(values)}`);
  return given.length === 0 ? '' : `(${given.join(', ')})`;
});

function echoBy(chance: Chance): string {
  const number = chance.below(argumentSetCount);
  const name = chance.pick(echoes);
  return `${name}_${number}: ${name}${argumentSets[number]}`;
}

function directivesBy(chance: Chance): string {
  if (chance.percent(72)) return '';
  const condition = () =>
    chance.percent(4) ? '$b' : chance.pick(['true', 'false', '$bt', '$bf', '$sure', '$bt', '$bf', '$sure']);
  const one = `@${chance.pick(['skip', 'include'])}(if: ${condition()})`;
  return chance.percent(75) ? one : `@include(if: ${condition()}) @skip(if: ${condition()})`;
}

/** Given, left out, or null; now and then none that fits. */
function variablesOf(chance: Chance): Variables {
  const values: Readonly<Record<string, readonly unknown[]>> = {
    i: [0, 12, null, -1],
    ni: [7, 7, 7, null],
    t: ['', 'a\ud800"', null],
    b: [true, false, true, null],
    bt: [true, false, false, true, false, true, null],
    bf: [true, false, true, false, true, false, null],
    sure: [true, false],
    c: ['RED', 'BLUE', null],
    in: [{}, { int: 3, inner: { text: null } }, { many: [{ color: 'RED' }] }, null],
    ind: [{ int: 1 }, null],
    l: [[], [1, 2], 4, null],
    j: [{ deep: [{ toString: 1 }] }, 'text', 0, null],
  };
  const given = Object.entries(values).flatMap(([name, each]) =>
    chance.percent(60) ? [[name, chance.pick(each)] as const] : [],
  );
  return { ...Object.fromEntries(given), ...(chance.percent(4) ? { i: 'none that fits' } : {}) };
}
