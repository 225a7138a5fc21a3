/** The types of the schema that both executions are compared on: every type that has fields has all of these. */
export const leafNames = ['String', 'Int', 'Float', 'Boolean', 'ID', 'Color', 'JSON', 'Odd'] as const;
export const compositeNames = ['A', 'Node', 'Any'] as const;
export const fieldedNames = ['Query', 'A', 'B', 'C'] as const;

/** Who resolves a field: the property of its name, a property that is a function, or resolvers that name one parameter, three, or all. */
export const manners = ['property', 'function', 'one', 'three', 'four'] as const;
export type Manner = (typeof manners)[number];

const wrappings = ['T', 'T!', '[T]', '[T!]', '[T!]!', '[[T]!]', '[[T!]]!'] as const;

export type FieldShape = { readonly name: string; readonly type: string; readonly named: string };

const shapesOf = (names: readonly string[]): readonly FieldShape[] =>
  names.flatMap((named) =>
    wrappings.map((wrapping, index) => ({
      name: `${named.toLowerCase()}${index}`,
      type: wrapping.replace('T', named),
      named,
    })),
  );

export const leafFields: readonly FieldShape[] = shapesOf(leafNames);
export const compositeFields: readonly FieldShape[] = shapesOf(compositeNames);
/** Fields that answer with their arguments, one for each manner. */
export const echoes: readonly string[] = manners.map((_, index) => `echo${index}`);

/** Who resolves a field of a type: of a type's objects another than of another's. */
export function mannerOf(typeName: string, fieldName: string): Manner {
  const isRoot = typeName === 'Query';
  const place = [...`${typeName}.${fieldName}`].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7);
  const manner = fieldName.startsWith('echo') ? manners[Number(fieldName.at(-1))] : manners[place % manners.length];
  // The root has no object, so nothing of a test's own is found by it.
  if (manner === undefined || (isRoot && manner === 'one')) return 'three';
  // And its properties are nothing, which mustn't make nothing of most answers.
  if (isRoot && manner === 'property' && /[146]$/.test(fieldName)) return 'three';
  return isRoot && manner === 'function' ? 'four' : manner;
}

function fieldsFor(typeName: string): string {
  const plain = [...leafFields, ...compositeFields].map(({ name, type }) => `${name}: ${type}`);
  const said = echoes.map(
    (name) =>
      `${name}(int: Int = 3, sure: Int! = 4, text: String = "of ${typeName}", flag: Boolean, color: Color = GREEN, input: In, list: [Int!], json: JSON): JSON`,
  );
  return [...plain, ...said].join('\n');
}

export const sdl = `
  scalar JSON
  scalar Odd
  enum Color { RED GREEN BLUE }
  input In { int: Int! = 7, text: String, color: Color = BLUE, inner: In, many: [In!] }
  interface Node {
    ${fieldsFor('Node')}
  }
  union Any = A | B | C
  ${fieldedNames.map((name) => `type ${name} ${name === 'A' || name === 'B' ? 'implements Node' : ''} { ${fieldsFor(name)} }`).join('\n')}
`;
