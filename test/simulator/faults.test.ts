import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ask, askRaw, type Line } from './ask.ts';
import type { SimulatedCall } from './calls.ts';
import { type Fault, makeFaultQueue } from './faults.ts';
import { strayBody } from './send-raw.ts';
import { startSimulator } from './simulator.ts';

/** A simulator whose first call suffers a fault, and what tells that the call was computed, and that it ended. */
async function startWith(fault: Fault) {
  const computed = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<SimulatedCall>();
  const simulator = await startSimulator({ dayCount: 1000, faults: [fault], onCall: ended.resolve });
  simulator.beforeCall(() => computed.resolve());
  return { simulator, computed: computed.promise, ended: ended.promise };
}

const bodyOf = (text: string) => text.slice(text.indexOf('\r\n\r\n') + 4);
const lengthOf = (text: string) => Number(/content-length: (\d+)/i.exec(text)?.[1]);
const isWhole = (text: string) =>
  text.includes('\r\n\r\n') && Buffer.byteLength(bodyOf(text), 'latin1') >= lengthOf(text);

test.for<[string, Fault, (line: Line) => Promise<void>]>([
  ['silence', { kind: 'hang-before-headers' }, async (line) => expect(line.text()).toBe('')],
  [
    'half of the head',
    { kind: 'hang-mid-headers' },
    async (line) => {
      await line.until((text) => text.startsWith('HTTP/1.1 200 OK\r\n'));
      expect(line.text()).not.toContain('\r\n\r\n');
    },
  ],
  [
    'half of the body',
    { kind: 'hang-mid-body' },
    async (line) => {
      await line.until((text) => text.includes('\r\n\r\n') && bodyOf(text).startsWith('{"results":['));
      expect(isWhole(line.text())).toBe(false);
    },
  ],
])('a call that hangs is in flight until its client leaves: %s', async ([, fault, look]) => {
  const { simulator, computed, ended } = await startWith(fault);
  await using _ = simulator;
  const line = await askRaw(simulator);
  await computed;
  await look(line);
  expect(simulator.inFlightCount).toBe(1);
  line.hangUp();
  expect(await ended).toMatchObject({ isAborted: true, outcome: `fault:${fault.kind}` });
  expect([simulator.inFlightCount, simulator.abortedCount]).toEqual([0, 1]);
});

const hasHalf = (text: string) => expect([text.startsWith('HTTP/1.1 200 OK'), isWhole(text)]).toEqual([true, false]);
test.for<[Fault['kind'], Fault, 'fin' | 'reset', (text: string) => void]>([
  ['reset-before-headers', { kind: 'reset-before-headers' }, 'reset', (text) => expect(text).toBe('')],
  ['reset-mid-body', { kind: 'reset-mid-body' }, 'reset', hasHalf],
  ['half-close', { kind: 'half-close' }, 'fin', (text) => expect(text).toBe('')],
  ['fin-mid-body', { kind: 'fin-mid-body' }, 'fin', hasHalf],
  [
    'truncate-close-delimited',
    { kind: 'truncate-close-delimited' },
    'fin',
    (text) => expect([lengthOf(text), bodyOf(text).slice(0, 12)]).toEqual([Number.NaN, '{"results":[']),
  ],
  [
    'close-after-answer',
    { kind: 'close-after-answer' },
    'fin',
    (text) => expect(JSON.parse(bodyOf(text)).results).toHaveLength(5),
  ],
  ['garbage', { kind: 'garbage' }, 'fin', (text) => expect(text).not.toContain('HTTP/1.1')],
])('a connection is ended from the far side: %s', async ([kind, fault, how, check]) => {
  const { simulator, ended } = await startWith(fault);
  await using _ = simulator;
  const line = await askRaw(simulator);
  expect(await line.ended).toBe(how);
  check(line.text());
  line.hangUp();
  expect(await ended).toMatchObject({ isAborted: false, outcome: `fault:${kind}` });
});

test.for<[string, Fault, (text: string) => boolean]>([
  [
    'another response follows',
    { kind: 'surplus' },
    (text) => text.endsWith(strayBody) && text.split('HTTP/1.1 200 OK').length === 3,
  ],
  ['other bytes follow', { kind: 'surplus', text: 'zz' }, (text) => text.endsWith('}zz')],
  [
    'a length too small',
    { kind: 'content-length', by: -10 },
    (text) => bodyOf(text).endsWith('}') && lengthOf(text) === bodyOf(text).length - 10,
  ],
  [
    'a length too large',
    { kind: 'content-length', by: 10 },
    (text) => bodyOf(text).endsWith('}') && lengthOf(text) === bodyOf(text).length + 10,
  ],
  [
    'many headers',
    { kind: 'header-flood', kilobytes: 64 },
    (text) => isWhole(text) && text.includes('x-flood-63') && text.length > 64_000,
  ],
  [
    'many early hints',
    { kind: 'informational-flood', count: 50 },
    (text) => text.split('HTTP/1.1 103').length === 51 && text.includes('HTTP/1.1 200 OK'),
  ],
  ['bit by bit', { kind: 'drip', bytes: 2000, everyMs: 1 }, isWhole],
])('a whole answer has something odd about it: %s', async ([, fault, condition]) => {
  const { simulator } = await startWith(fault);
  await using _ = simulator;
  const line = await askRaw(simulator);
  await line.until(condition);
  line.hangUp();
});

type Told = Awaited<ReturnType<typeof ask>>;
test.for<[string, Fault, (told: Told) => void]>([
  ['late', { kind: 'delay', ms: 1 }, ({ json }) => expect(json.totalResults).toBe(1000)],
  [
    'cut, with a true length',
    { kind: 'truncate' },
    ({ text, headers }) =>
      expect([text.endsWith(']}'), Number(headers.get('content-length'))]).toEqual([false, Buffer.byteLength(text)]),
  ],
  ['zipped', { kind: 'gzip' }, ({ json }) => expect(json.totalResults).toBe(1000)],
  ['zipped twice', { kind: 'gzip-twice' }, ({ json }) => expect(json.totalResults).toBe(1000)],
  [
    'big',
    { kind: 'big-body', megabytes: 3 },
    ({ text }) => expect([text.length > 3_000_000, JSON.parse(text).totalResults]).toEqual([true, 1000]),
  ],
  [
    'a page',
    { kind: 'html', status: 200 },
    ({ status, text }) => expect([status, text.slice(0, 15)]).toEqual([200, '<!DOCTYPE html>']),
  ],
  ['a page of a gateway', { kind: 'html', status: 502 }, ({ status }) => expect(status).toBe(502)],
  ['empty', { kind: 'empty', status: 200 }, ({ status, text }) => expect([status, text]).toEqual([200, ''])],
  ['no content', { kind: 'empty', status: 204 }, ({ status, text }) => expect([status, text]).toEqual([204, ''])],
  [
    'elsewhere',
    { kind: 'redirect', location: 'http://127.0.0.1:9/' },
    ({ status, headers }) => expect([status, headers.get('location')]).toEqual([302, 'http://127.0.0.1:9/']),
  ],
  [
    'broken',
    { kind: 'status', status: 500, body: '{"oops":1}', headers: { 'retry-after': '7' } },
    ({ status, text, headers }) => expect([status, text, headers.get('retry-after')]).toEqual([500, '{"oops":1}', '7']),
  ],
  [
    'errors as data',
    { kind: 'errors-in-200' },
    ({ status, json }) => expect([status, json.errors?.length]).toEqual([200, 1]),
  ],
])('an answer is replaced or dressed up: %s', async ([, fault, check]) => {
  const { simulator } = await startWith(fault);
  await using _ = simulator;
  check(await ask(simulator));
  expect(simulator.calls[0]?.outcome).toBe(`fault:${fault.kind}`);
  expect((await ask(simulator)).json.totalResults).toBe(1000);
});

test('a small bomb inflates to many megabytes, and a cut one to nothing', async () => {
  const { simulator } = await startWith({ kind: 'gzip-bomb', megabytes: 20 });
  await using _ = simulator;
  const line = await askRaw(simulator);
  await line.until(isWhole);
  expect(lengthOf(line.text())).toBeLessThan(100_000);
  expect(gunzipSync(Buffer.from(bodyOf(line.text()), 'latin1')).length).toBe(20 * 1024 * 1024);
  line.hangUp();
  simulator.fault({ kind: 'gzip-truncated' });
  await expect(ask(simulator).then(({ json }) => json)).rejects.toThrow();
  simulator.fault({ kind: 'encoding', name: 'br' });
  await expect(ask(simulator).then(({ json }) => json)).rejects.toThrow();
});

test('each call suffers the first fault that is due', () => {
  const queue = makeFaultQueue();
  queue.add({ kind: 'gzip', times: 2 });
  queue.add({ kind: 'truncate', after: 1 });
  queue.add({ kind: 'garbage', after: 4, times: 'all' });
  const suffered = (count: number) => Array.from({ length: count }, () => queue.next()?.kind ?? null);
  expect(suffered(6)).toEqual(['gzip', 'gzip', 'truncate', null, 'garbage', 'garbage']);
  queue.clear();
  expect(suffered(1)).toEqual([null]);
});
