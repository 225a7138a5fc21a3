import { beforeEach, expect, test } from 'vitest';
import { createMemoryStore } from '../../src/store/memory.ts';
import { traceStore } from '../../src/store/traced.ts';
import { createTracing } from '../../src/tracing.ts';
import { loadSdk } from '../gateway/spans.ts';
import { describeStore } from './laws.ts';
import { dayWindow, pageOf, tileOf } from './samples.ts';

const { signal } = new AbortController();
const spans = loadSdk();
beforeEach(() => spans.forget());

describeStore('traced', async (bytesMax) => {
  const store = traceStore(createMemoryStore({ bytesMax, openedBytesMax: 10_000_000 }), createTracing());
  return { store, settled: store.settled };
});

const told = () =>
  spans
    .named('gateway.store')
    .map(({ attributes: each }) => [
      each['gateway.store.command'],
      each['gateway.store.asked'],
      each['gateway.store.found'],
    ]);

test('each read says how many were asked for and found; what is near, and asking for nothing, says nothing', async () => {
  const inner = createMemoryStore({ bytesMax: 50_000_000, openedBytesMax: 10_000_000 });
  inner.writePage('one', pageOf({}));
  inner.writeTile('list', tileOf(1));
  inner.writeNote('note', 'text');
  const store = traceStore(inner, createTracing());
  await store.readPages(['one', 'none'], signal);
  await store.patient.readPages(['one'], signal);
  const heads = await store.findTiles('list', { from: 0, until: 100_000 * 86_400 }, signal);
  await store.readTiles('list', [...heads.map(({ window }) => window), dayWindow(9_000)], signal);
  await store.readNote('note', signal);
  await store.readNote('none', signal);
  expect(told()).toEqual([
    ['read_pages', 2, 1],
    ['read_pages', 1, 1],
    ['find_tiles', 1, 1],
    ['read_tiles', 2, 1],
    ['read_note', 1, 1],
    ['read_note', 1, 0],
  ]);
  spans.forget();
  await store.near.readPages(['one'], signal);
  await store.readPages([], signal);
  expect(told()).toEqual([]);
});

test('what is written in one go has one span until others can see it, and what comes meanwhile has the next', async () => {
  const seen: (() => void)[] = [];
  const inner = createMemoryStore({ bytesMax: 50_000_000, openedBytesMax: 10_000_000 });
  const slow = { ...inner, settled: () => new Promise<void>((resolve) => seen.push(resolve)) };
  const store = traceStore(slow, createTracing());
  store.writePage('one', pageOf({}));
  store.writeNote('note', 'text');
  await expect.poll(() => seen.length).toBe(1);
  store.writeTile('list', tileOf(1));
  expect(told()).toEqual([]);
  seen[0]?.();
  await expect.poll(() => seen.length).toBe(2);
  expect(told()).toEqual([['write', 2, undefined]]);
  seen[1]?.();
  await expect.poll(told).toEqual([
    ['write', 2, undefined],
    ['write', 1, undefined],
  ]);
});
