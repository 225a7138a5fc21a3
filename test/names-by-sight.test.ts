import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createDirectory } from '../src/directory.ts';
import type { Sight } from '../src/model/access.ts';
import { createCalendar } from '../src/model/calendar.ts';
import type { Tile } from '../src/model/ports.ts';
import { tableOf } from '../src/model/tabulate.ts';
import { createNamesBySight } from '../src/names-by-sight.ts';
import { conversationOf } from './model/sample.ts';

const idsMaxDefault = 100_000;

function sightsOf({ idsMax = idsMaxDefault, sightsMax = 1_000 }: { idsMax?: number; sightsMax?: number } = {}) {
  return createNamesBySight({
    directory: createDirectory({ idsMax }),
    calendar: createCalendar('UTC'),
    sightsMax,
    idsMax,
  });
}

const sightOf = (agentId: string): Sight => ({ agentIds: new Set([agentId]), queueIds: new Set() });

/** A day with a conversation of each of these agents. */
function tileOf(agentIds: readonly string[]): Tile {
  const rows = agentIds.map((agentId) => ({
    identity: agentId,
    conversation: conversationOf({ conversationId: agentId, agents: [{ agentId, name: `name of ${agentId}` }] }),
  }));
  const total = rows.length;
  return { window: { from: 0, until: 86_400 }, table: tableOf(rows), unreadableCount: 0, total, readAt: 0 };
}

/** Bytes that this program holds once what nobody holds is gone. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}

/** As many sights as a minute of tokens may bring. When each had a room of its own, that was 6 GB. */
const sightCount = 1_000;

test('a sight that has learned nothing costs next to nothing', () => {
  const sights = sightsOf();
  const before = heldBytes();
  const all = Array.from({ length: sightCount }, (_, index) => sightOf(`agent ${index}`));
  for (const sight of all) {
    expect(sights.namesOf(sight).agentName('x')).toBeNull();
    sights.learn(sight, tileOf([]), tileOf(['x']));
  }
  expect((heldBytes() - before) / sightCount).toBeLessThan(4_000);
  expect(all.length).toBe(sightCount);
});

test('a sight that has learned a name costs that name, not what it may learn', () => {
  const sights = sightsOf();
  const whole = tileOf(['x']);
  const before = heldBytes();
  const all = Array.from({ length: sightCount }, (_, index) => sightOf(`agent ${index}`));
  for (const sight of all) sights.learn(sight, whole, whole);
  expect((heldBytes() - before) / sightCount).toBeLessThan(40_000);
  expect(all.map((sight) => sights.namesOf(sight).agentName('x'))).toEqual(all.map(() => 'name of x'));
});

test('each sight knows the names that it was shown, also those who asked before it was', () => {
  const sights = sightsOf();
  const [ann, bea] = [sightOf('ann'), sightOf('bea')];
  const [ofAnn, ofBea] = [sights.namesOf(ann), sights.namesOf(bea)];
  sights.learn(ann, tileOf(['x']), tileOf(['x', 'y']));
  sights.learn(bea, tileOf(['y']), tileOf(['x', 'y']));
  expect([ofAnn.agentName('x'), ofAnn.agentName('y')]).toEqual(['name of x', null]);
  expect([ofBea.agentName('x'), ofBea.agentName('y')]).toEqual([null, 'name of y']);
  expect(sights.namesOf(sightOf('ann')).agentName('x')).toBe('name of x');
});

test('all sights share one bound: the least recently used is forgotten whole, and learns anew from what it is shown next', () => {
  // Of three kinds, three names each.
  const sights = sightsOf({ idsMax: 3 });
  const colleagues = ['1', '2', '3', '4'].map(sightOf);
  const whole = tileOf(['a', 'b', 'c']);
  for (const sight of colleagues) sights.learn(sight, whole, whole);
  const knows = () => colleagues.map((sight) => sights.namesOf(sight).agentName('a') !== null);
  expect(knows()).toEqual([false, true, true, true]);
  for (const sight of colleagues.slice(0, 1)) sights.learn(sight, whole, whole);
  expect(knows()).toEqual([true, false, true, true]);
});

test('one sight may have all names there is room for, and no more', () => {
  const sights = sightsOf({ idsMax: 3 });
  const sight = sightOf('1');
  const whole = tileOf(['a', 'b', 'c', 'd', 'e']);
  sights.learn(sight, whole, whole);
  const names = sights.namesOf(sight);
  expect(['a', 'b', 'c', 'd', 'e'].map(names.agentName)).toEqual([null, null, 'name of c', 'name of d', 'name of e']);
});
