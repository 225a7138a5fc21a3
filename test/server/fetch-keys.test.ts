import { describe, expect, test } from 'vitest';
import type { FetchInit } from '../../src/model/ports.ts';
import { fetchKeySet, NoKeySet } from '../../src/server/caller/fetch-keys.ts';
import { createFakeClock } from '../kore/clock.ts';

const settings = { url: 'https://issuer.example/keys', timeoutMs: 3_000, bytesMax: 1_000 };
const key = { kty: 'EC', kid: 'one' };

/** Reads what such a server answers; also what it was asked, and whether it was let go of. */
async function read(answer: () => Response | Promise<Response>, stopping = new AbortController()) {
  const clock = createFakeClock();
  const asked: { readonly url: string; readonly init: FetchInit }[] = [];
  const fetch = async (url: string, init: FetchInit) => {
    asked.push({ url, init });
    return await answer();
  };
  const outcome = await fetchKeySet(settings, { fetch, clock }, stopping.signal).catch((error: unknown) =>
    error instanceof NoKeySet ? [error.name, error.why] : error,
  );
  return { outcome, asked, clock };
}

const set = (value: unknown) => () => new Response(JSON.stringify(value));

test('a set is asked for in its own type, without following anybody, and the request and its clock are let go of', async () => {
  const { outcome, asked, clock } = await read(set({ keys: [key] }));
  expect(outcome).toEqual({ keys: [key] });
  expect(asked).toMatchObject([
    {
      url: settings.url,
      init: { redirect: 'manual', headers: { accept: 'application/jwk-set+json, application/json' } },
    },
  ]);
  expect(asked[0]?.init.signal.aborted).toBe(true);
  expect(clock.sleeperCount).toBe(0);
});

describe('of a set', () => {
  test('what is no key is left out', async () => {
    const others = [null, 'EC', 7, [], {}, { kty: 1 }, { kid: 'without a kind' }];
    expect((await read(set({ keys: [...others, key] }))).outcome).toEqual({ keys: [key] });
  });

  test('a hundred keys are looked at', async () => {
    // Shorter than the bound of bytes would let a hundred be.
    const clock = createFakeClock();
    const many = { keys: Array.from({ length: 101 }, (_, at) => ({ kty: 'EC', kid: `${at}` })) };
    const fetch = async () => new Response(JSON.stringify(many));
    const found = await fetchKeySet({ ...settings, bytesMax: 100_000 }, { fetch, clock }, new AbortController().signal);
    expect(found).toEqual({ keys: many.keys.slice(0, 100) });
  });

  test.for<[title: string, text: string]>([
    ['no JSON', '{"keys":['],
    ['null', 'null'],
    ['a text', '"keys"'],
    ['a number', '7'],
    ['a list', '[]'],
    ['no list of keys', '{"keys":{"0":{"kty":"EC"}}}'],
    ['no keys', '{}'],
    ['an empty list', '{"keys":[]}'],
    ['a list of what is no key', '{"keys":[null,"EC"]}'],
  ])('%s is none', async ([, text]) => {
    expect((await read(() => new Response(text))).outcome).toEqual(['NoKeySet', 'NOT_A_KEY_SET']);
  });
});

test('as many bytes as are allowed are read, and one more is too many', async () => {
  const text = JSON.stringify({ keys: [key] });
  const padded = (bytes: number) => () => new Response(text.padEnd(bytes, ' '));
  expect((await read(padded(settings.bytesMax))).outcome).toEqual({ keys: [key] });
  expect((await read(padded(settings.bytesMax + 1))).outcome).toEqual(['NoKeySet', 'TOO_LARGE']);
});

test('another status than 200 is no set, whatever comes with it', async () => {
  for (const status of [201, 203, 206, 302, 404, 500])
    expect((await read(() => new Response(JSON.stringify({ keys: [key] }), { status }))).outcome).toEqual([
      'NoKeySet',
      'STATUS',
    ]);
});

test('a server that can’t be reached is told from a reading that was ended, and both from one that took too long', async () => {
  const unreachable = () => Promise.reject(new TypeError('fetch failed'));
  expect((await read(unreachable)).outcome).toEqual(['NoKeySet', 'UNREACHABLE']);
  const stopping = new AbortController();
  const stopped = () => {
    stopping.abort();
    return Promise.reject(new DOMException('This operation was aborted', 'AbortError'));
  };
  expect((await read(stopped, stopping)).outcome).toEqual(['NoKeySet', 'STOPPED']);

  const clock = createFakeClock();
  const hanging = (_: string, { signal }: FetchInit) =>
    new Promise<Response>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('ended'))));
  const late = fetchKeySet(settings, { fetch: hanging, clock }, new AbortController().signal);
  const caught = late.catch((error: unknown) => (error instanceof NoKeySet ? error.why : error));
  await clock.advance(settings.timeoutMs);
  expect(await caught).toBe('TIMEOUT');
});
