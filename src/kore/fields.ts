import { fold, type Spelling } from './spelling.ts';
import { isObject, isSame, type Place, plainKey } from './values.ts';

type Source = { readonly [key: string]: unknown };

/** By which keys an object spells its fields; undefined: it doesn't. */
type Keys<Field extends string> = { readonly [F in Field]: string | undefined };

/** An object's fields by their meaning, whatever their spelling. */
export type Fields<Field extends string> = { readonly source: Source; readonly keys: Keys<Field> };

/** How an object is to be read that has just these keys in this order. */
type Shape<Field extends string> = {
  readonly names: readonly string[];
  readonly keys: Keys<Field>;
  /** Keys that mean nothing. */
  readonly unknown: readonly string[];
};

/** How many shapes are remembered of one kind of object. */
const shapesMax = 8;

/**
 * What reads objects of one spelling. What a key means is found once for each shape, for the upstream's objects look alike: the last few shapes are remembered, which are keys and no values. What is
 * returned throws nothing: what can't be read is counted.
 */
export function createReader<Field extends string>(
  spelling: Spelling<Field>,
): (value: unknown, place: Place) => Fields<Field> | null {
  let shapes: readonly Shape<Field>[] = [];
  /**
   * The fields of an object. Unknown keys are counted. Where two keys mean one field and differ, the samples' spelling is believed and the other key counted, in whatever
   * order they come. Null when it is no object.
   */
  return (value, place) => {
    if (!isObject(value)) {
      place.drift.count(place.path, 'WRONG_TYPE');
      return null;
    }
    const known = shapeAmong(shapes, value);
    const shape = known ?? shapeOf(Object.keys(value), spelling);
    if (shape === null) return mergedFields(value, spelling, place);
    if (known === undefined) shapes = [shape, ...shapes.slice(0, shapesMax - 1)];
    for (const key of shape.unknown) place.drift.count(pathOf(place.path, plainKey(key)), 'UNKNOWN_KEY');
    return { source: value, keys: shape.keys };
  };
}

/** The value of a field, `fieldAt(fields, fields.keys.name)`; undefined where the object doesn't spell it. */
export function fieldAt({ source }: { readonly source: Source }, key: string | undefined): unknown {
  return key === undefined ? undefined : source[key];
}

/** The shape of an object among those that are remembered. */
function shapeAmong<Field extends string>(shapes: readonly Shape<Field>[], value: Source): Shape<Field> | undefined {
  for (const shape of shapes) if (hasKeys(value, shape.names)) return shape;
  return undefined;
}

/** Whether an object has just these keys in this order. They are walked and not listed: of a page's thousand objects the lists would be a tenth of all that it leaves behind. */
function hasKeys(value: Source, names: readonly string[]): boolean {
  let index = 0;
  for (const key in value) if (names[index++] !== key) return false;
  return index === names.length;
}

/** The shape of an object with these keys; null where two of them mean the same field. */
function shapeOf<Field extends string>(names: readonly string[], { fields }: Spelling<Field>): Shape<Field> | null {
  const keys = noKeys(fields);
  const unknown: string[] = [];
  for (const key of names) {
    const field = fieldOf(key, fields);
    if (field === undefined) unknown.push(key);
    else if (keys[field] !== undefined) return null;
    else keys[field] = key;
  }
  return { names, keys, unknown };
}

/** What a key means; undefined: nothing that is published. */
function fieldOf<Field extends string>(key: string, fields: Spelling<Field>['fields']): Field | undefined {
  return fields.get(key) ?? fields.get(fold(key));
}

function noKeys<Field extends string>(fields: Spelling<Field>['fields']): { [F in Field]: string | undefined } {
  return Object.fromEntries([...fields.values()].map((field) => [field, undefined])) as {
    [F in Field]: string | undefined;
  };
}

/** What is read of an object that spells a field twice: its fields are put together under their own names, whatever its shape. */
function mergedFields<Field extends string>(
  value: Source,
  { fields: meanings, sampled }: Spelling<Field>,
  { path, drift }: Place,
): Fields<Field> {
  const source: { [F in Field]?: unknown } = {};
  const keys: { [F in Field]?: string } = {};
  for (const key of Object.keys(value)) {
    const field = fieldOf(key, meanings);
    if (field === undefined) {
      drift.count(pathOf(path, plainKey(key)), 'UNKNOWN_KEY');
      continue;
    }
    const present = source[field];
    const isFirst = present === undefined || present === null;
    const isBelieved = isFirst || (sampled.has(key) && value[key] !== null);
    if (!isFirst && value[key] !== null && !isSame(present, value[key])) {
      drift.count(pathOf(path, isBelieved ? (keys[field] ?? key) : key), 'UNKNOWN_VALUE');
    }
    if (!isBelieved) continue;
    source[field] = value[key];
    keys[field] = key;
  }
  const own = noKeys(meanings);
  for (const field of meanings.values()) own[field] = field;
  return { source, keys: own };
}

function pathOf(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
