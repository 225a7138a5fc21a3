import { isDeepStrictEqual } from 'node:util';
import { bodyFor, type Contender } from './contenders.ts';
import type { Operation } from './operations.ts';
import { fromRest } from './rest-queries.ts';

/** Asks everybody the same once. Throws where an answer differs from ours, so that nobody is fast by saying less. */
export async function checkSame(operation: Operation, contenders: readonly Contender[], index: number): Promise<void> {
  let ours: unknown = null;
  for (const contender of contenders) {
    const body = bodyFor(contender.name, operation, index);
    if (body === null) continue;
    const { data } = JSON.parse(await contender.ask(body));
    const told = contender.name === 'hive' ? fromRest(data) : data;
    ours ??= told;
    const place = placeOfDifference(ours, told, operation.name);
    if (place !== null) throw new Error(`${contender.name} answers another ${place} than ${contenders[0]?.name}`);
  }
}

/** A mean depends in its last digits on the order in which it was added up. */
const leastDifference = 1e-9;

/** Where two values differ first; null: nowhere. Numbers that are as good as the same are. */
export function placeOfDifference(one: unknown, other: unknown, place: string): string | null {
  if (isDeepStrictEqual(one, other)) return null;
  if (typeof one === 'number' && typeof other === 'number')
    return Math.abs(one - other) < leastDifference ? null : place;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return place;
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    if (!(key in one && key in other)) return `${place}.${key}`;
    const deeper = placeOfDifference(Reflect.get(one, key), Reflect.get(other, key), `${place}.${key}`);
    if (deeper !== null) return deeper;
  }
  return null;
}
