import { GraphQLError, type GraphQLOutputType, isListType, isNonNullType } from 'graphql';
import { type Chance, chanceOf } from '../../chance.ts';
import type { Pace } from './pace.ts';

/** What resolvers of one execution answer with: the same whenever the same is asked of the same seed. */
export type World = {
  readonly seed: number;
  /** In how many cases of a hundred something goes wrong. */
  readonly troublePercent: number;
  readonly laterPercent: number;
  readonly pace: Pace;
  /** What was called, in its order, as text. */
  readonly calls: string[];
  /** Makes an object of a type. */
  readonly thing: (key: string, typeName: string) => object;
};

/** What a field is resolved to, or an item of a list: mostly what its type wants, now or later. */
export function resolvedTo(world: World, key: string, type: GraphQLOutputType): unknown {
  const chance = chanceFor(world, key);
  const isLater = chance.percent(world.laterPercent);
  const make = chance.percent(world.troublePercent)
    ? () => troubleOf(world, key, chance)
    : () => fittingValue(world, key, type, chance);
  return isLater ? world.pace.later(make) : make();
}

/** What decides about a field or an item: the same for the same seed and key, whoever asks first. */
export function chanceFor({ seed }: World, key: string): Chance {
  let hash = seed;
  for (const letter of key) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
  return chanceOf(hash);
}

function troubleOf({ pace }: World, key: string, chance: Chance): unknown {
  const failing: readonly (() => unknown)[] = [
    () => null,
    () => undefined,
    () => new Error(`returned at ${key}`),
    () => {
      throw new Error(`thrown at ${key}`);
    },
    () => pace.later(() => Promise.reject(new Error(`rejected at ${key}`))),
    () => {
      throw new GraphQLError(`of GraphQL at ${key}`, { extensions: { code: 'SAID', key } });
    },
    () => {
      throw new GraphQLError(`located already at ${key}`, { path: ['elsewhere', 1] });
    },
    () => {
      throw `a text at ${key}`;
    },
    () => Symbol.for(key),
    () => ({ valueOf: () => Number.NaN }),
    () => 'a text where perhaps none is wanted',
    () => [1, [2], null],
    () => Number.POSITIVE_INFINITY,
    () => () => key,
  ];
  return chance.pick(failing)();
}

function fittingValue(world: World, key: string, type: GraphQLOutputType, chance: Chance): unknown {
  if (isNonNullType(type)) return fittingValue(world, key, type.ofType, chance);
  if (isListType(type)) return listOf(world, key, type.ofType, chance);
  switch (type.name) {
    case 'A':
      return world.thing(key, 'A');
    case 'Node':
      return world.thing(key, chance.percent(6) ? 'C' : chance.pick(['A', 'B']));
    case 'Any':
      return world.thing(key, chance.pick(['A', 'B', 'C']));
    default:
      return chance.pick(samplesOf(type.name))();
  }
}

function listOf(world: World, key: string, itemType: GraphQLOutputType, chance: Chance): unknown {
  const count = chance.below(4);
  const items = Array.from({ length: count }, (_, at) => {
    // What an item throws is the list's, or comes later.
    try {
      return resolvedTo(world, `${key}/${at}`, itemType);
    } catch (error) {
      return world.pace.later(() => Promise.reject(error));
    }
  });
  if (chance.percent(80)) return items;
  return chance.pick<() => unknown>([
    () => new Set(items),
    () => items.values(),
    () => ({ [Symbol.iterator]: () => items[Symbol.iterator]() }),
    () => ({ [Symbol.iterator]: null }),
    () => ({ length: 2, 0: 1, 1: 2 }),
    () => endsBadly(items, key),
  ])();
}

function* endsBadly(items: readonly unknown[], key: string): Generator<unknown> {
  yield* items;
  throw new Error(`an end of ${key}`);
}

/** What the enum's names stand for. */
export const colors = { RED: 1, GREEN: Object.freeze({ green: true }), BLUE: 'blue' };

const texts = [
  '',
  'plain',
  '"quoted"',
  '\\',
  '\u0000\u001f\n\t',
  'é ß',
  '\ud800',
  'a\udc00b',
  '😀',
  '\u2028\u2029',
  '\u007f',
];
const numbers = [0, -0, 1, -1, 2_147_483_647, -2_147_483_648];
const odd = [1e21, 1e-7, 0.1, Number.NaN, Number.POSITIVE_INFINITY, 2_147_483_648, 5e-324];

function samplesOf(typeName: string): readonly (() => unknown)[] {
  const of = (...values: readonly unknown[]) => values.map((value) => () => value);
  switch (typeName) {
    case 'String':
    case 'ID':
      return of(...texts, texts.join('and'), 7, true, 'long '.repeat(400), new String('an object'));
    case 'Int':
      return of(...numbers, 1.5, '12', '', true, new Number(3));
    case 'Float':
      return of(...numbers, ...odd, '1.5', false);
    case 'Boolean':
      return of(true, false, 1, 0, 'true');
    case 'Color':
      return of(...Object.values(colors), ...Object.values(colors), 'RED', 2);
    case 'JSON':
      return of(
        { a: [1, null, { b: '\ud800' }], __proto__: null },
        [undefined, Number.NaN],
        'text',
        -0,
        true,
        new Date(0),
      );
    default:
      return of('null', 'undefined', 'throws', 'number', 'toJSON', 'text', 'fine', 'fine', 'fine');
  }
}
