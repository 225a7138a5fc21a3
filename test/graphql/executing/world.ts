import { inspect } from 'node:util';
import { makeExecutableSchema } from '@graphql-tools/schema';
import {
  GraphQLError,
  type GraphQLResolveInfo,
  GraphQLScalarType,
  isObjectType,
  responsePathAsArray,
  valueFromASTUntyped,
} from 'graphql';
import type { Pace } from './pace.ts';
import { compositeFields, echoes, fieldedNames, leafFields, mannerOf, sdl } from './shape.ts';
import { chanceFor, colors, resolvedTo, type World } from './values.ts';

/** What a field is resolved to by whoever resolves it, with a note of the call. */
type Call = {
  readonly world: World;
  readonly source: unknown;
  readonly typeName: string;
  readonly fieldName: string;
  readonly args?: object;
  readonly info?: GraphQLResolveInfo;
};

class Thing {
  readonly key: string;
  readonly typeName: string;
  readonly #world: World;

  constructor(world: World, key: string, typeName: string) {
    this.#world = world;
    this.key = key;
    this.typeName = typeName;
  }
  static worldOf(thing: unknown): World {
    if (thing instanceof Thing) return thing.#world;
    throw new Error('not an object of this test');
  }
  /** What the default resolver of types looks at: mostly the truth. */
  get __typename(): unknown {
    const chance = chanceFor(this.#world, `typename of ${this.key}`);
    return chance.percent(85) ? this.typeName : chance.pick(['Nothing', 'Node', 'Query', 5, undefined]);
  }
}

const classes = new Map(fieldedNames.map((name) => [name as string, class extends Thing {}]));

/** A world of its own for each execution. */
export function createWorld(parts: Pick<World, 'seed' | 'troublePercent' | 'laterPercent'>, pace: Pace): World {
  const world: World = {
    ...parts,
    pace,
    calls: [],
    thing: (key, typeName) => new (classes.get(typeName) ?? Thing)(world, key, typeName),
  };
  return world;
}

function typeOf(this: void, value: unknown, { world }: { readonly world: World }, info: GraphQLResolveInfo): unknown {
  const { key, typeName } = value instanceof Thing ? value : { key: inspect(value), typeName: 'A' };
  world.calls.push(`type of ${key} at ${toldOf(info)}`);
  const chance = chanceFor(world, `type of ${key}`);
  const say = () => {
    if (chance.percent(88)) return typeName;
    if (chance.percent(20)) throw new GraphQLError(`no type for ${key}`);
    return chance.pick<unknown>(['Nothing', 'Any', 'Query', null, 5, info.parentType]);
  };
  return chance.percent(25) ? world.pace.later(say) : say();
}

const oddAnswers: Readonly<Record<string, () => unknown>> = {
  null: () => null,
  undefined: () => undefined,
  throws: () => {
    throw new TypeError('an odd value');
  },
  number: () => Number.NaN,
  toJSON: () => ({ toJSON: () => ['as it likes'] }),
  text: () => '"\u2028\ud800',
};

/** `JSON.stringify` leaves fields out whose values are none of JSON: that isn't compared here. */
function plainly(value: unknown): unknown {
  if (typeof value === 'symbol' || typeof value === 'function') throw new TypeError('nothing of JSON');
  return value;
}

const scalars = {
  JSON: new GraphQLScalarType({
    name: 'JSON',
    serialize: plainly,
    parseValue: (value) => value,
    parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
  }),
  Odd: new GraphQLScalarType({
    name: 'Odd',
    serialize: (value) => (oddAnswers[String(value)] ?? (() => ({ of: String(value) })))(),
  }),
};

/** The schema with its resolvers: they find their world in the context, or in the object that they are asked of. */
export const schema = makeExecutableSchema({
  typeDefs: sdl,
  resolvers: { ...scalars, Color: colors, Node: { __resolveType: typeOf } },
});
for (const typeName of fieldedNames) addResolvers(typeName);

type InContext = { readonly world: World };

function addResolvers(typeName: string): void {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return;
  for (const fieldName of [...leafFields, ...compositeFields].map(({ name }) => name).concat(echoes)) {
    const field = type.getFields()[fieldName];
    const call = (rest: Pick<Call, 'world' | 'source' | 'args' | 'info'>) => answerTo({ typeName, fieldName, ...rest });
    const manner = mannerOf(typeName, fieldName);
    if (field === undefined) throw new Error(`no field ${fieldName}`);
    if (manner === 'one') field.resolve = (source) => call({ world: Thing.worldOf(source), source });
    else if (manner === 'three') field.resolve = (source, args, { world }: InContext) => call({ world, source, args });
    else if (manner === 'four')
      field.resolve = (source, args, { world }: InContext, info) => call({ world, source, args, info });
    else addProperty(typeName, fieldName, manner === 'function', call);
  }
}

function addProperty(
  typeName: string,
  fieldName: string,
  isFunction: boolean,
  call: (rest: Pick<Call, 'world' | 'source' | 'args' | 'info'>) => unknown,
): void {
  Object.defineProperty(classes.get(typeName)?.prototype, fieldName, {
    get(this: Thing) {
      const world = Thing.worldOf(this);
      if (!isFunction) return call({ world, source: this });
      return function (this: Thing, args: object, _: InContext, info: GraphQLResolveInfo) {
        return call({ world, source: this, args, info });
      };
    },
  });
}

function answerTo({ world, source, typeName, fieldName, args, info }: Call): unknown {
  const key = source instanceof Thing ? source.key : inspect(source);
  const said = args === undefined ? '' : inspect(args, { depth: 9 });
  // How often a property is looked at is nobody's matter.
  if (args !== undefined || info !== undefined || mannerOf(typeName, fieldName) !== 'property')
    world.calls.push(`${typeName}.${fieldName} of ${key} (${said}) ${info === undefined ? '' : toldOf(info)}`);
  if (fieldName.startsWith('echo'))
    return chanceFor(world, key + said).percent(20) ? world.pace.later(() => ({ ...args })) : { ...args };
  const field = typeNamed(typeName).getFields()[fieldName];
  if (field === undefined) throw new Error(`no field ${fieldName}`);
  return resolvedTo(world, `${key}.${fieldName}`, field.type);
}

function typeNamed(typeName: string) {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`no objects of ${typeName}`);
  return type;
}

/** All that a resolver is told of its field. */
function toldOf(info: GraphQLResolveInfo): string {
  const { path, fieldName, parentType, returnType, fieldNodes, variableValues, fragments, operation, rootValue } = info;
  const typenames: unknown[] = [];
  for (let at: GraphQLResolveInfo['path'] | undefined = path; at !== undefined; at = at.prev)
    typenames.push(at.typename);
  const nodes = fieldNodes.map(({ loc }) => loc?.start);
  const known = [Object.keys(fragments), operation.loc?.start, rootValue, info.schema === schema];
  return inspect(
    [responsePathAsArray(path), typenames, fieldName, `${parentType} ${returnType}`, nodes, variableValues, known],
    { depth: 9, breakLength: 999 },
  );
}
