import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { boundTaking } from '../../src/server/taking.ts';

const megabyte = 1_048_576;
const bounds = { withinMs: 1_600, bytesPerSecondMin: 640_000 };
/** Sixteen looks in the time allowed. Only the looks are on a clock of ours; the sockets and what the system holds of them are real. */
const lookMs = 100;
const perLookBytes = 64_000;

let answerBytes = 0;
let cutCount = 0;
let server: Server;
let client: Socket;

/** A client that reads nothing by itself, and has asked so many times at once. */
async function ask(askedCount: number): Promise<void> {
  const { port } = server.address() as AddressInfo;
  client = connect(port, '127.0.0.1');
  client.on('error', () => undefined);
  // Whoever waits to read learns that nothing comes any more.
  client.once('close', () => client.emit('readable'));
  client.pause();
  const asked = once(server, 'request');
  const request = 'GET / HTTP/1.1\r\nhost: x\r\n';
  client.write(`${`${request}\r\n`.repeat(askedCount - 1)}${request}connection: close\r\n\r\n`);
  await asked;
}

/** Takes so many bytes, or what there is until the connection ends. */
async function take(wantedBytes: number): Promise<number> {
  let takenBytes = 0;
  while (takenBytes < wantedBytes && !client.readableEnded && !client.destroyed) {
    const part: Buffer | null = client.read(Math.min(wantedBytes - takenBytes, Math.max(1, client.readableLength)));
    if (part === null) await once(client, 'readable');
    else takenBytes += part.length;
  }
  return takenBytes;
}

async function look(): Promise<void> {
  vi.advanceTimersByTime(lookMs);
  await new Promise(setImmediate);
}

/** How many looks it takes until one who takes nothing is cut. */
async function looksUntilCut(): Promise<number> {
  let lookCount = 0;
  for (; cutCount === 0 && lookCount < 10_000; lookCount++) await look();
  return lookCount;
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  cutCount = 0;
  server = createServer((_, response) => {
    response.setHeader('content-length', answerBytes);
    const piece = Buffer.alloc(65_536);
    Readable.from(Array.from({ length: answerBytes / piece.length }, () => piece)).pipe(response);
  });
  boundTaking(server, bounds, () => cutCount++);
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  client.destroy();
  server.closeAllConnections();
  server.close();
  vi.useRealTimers();
});

test('who takes nothing is cut once the time and what the system holds at the least rate are over, and not before the time is', async () => {
  answerBytes = 64 * megabyte;
  await ask(1);
  const lookCount = await looksUntilCut();
  expect(lookCount).toBeGreaterThanOrEqual(16);
  expect(lookCount).toBeLessThanOrEqual(16 + (4 * megabyte) / perLookBytes + 2);
});

test('who took much and then takes nothing is cut no later', async () => {
  answerBytes = 64 * megabyte;
  await ask(1);
  expect(await take(32 * megabyte)).toBe(32 * megabyte);
  await look();
  expect(await looksUntilCut()).toBeLessThanOrEqual(16 + (4 * megabyte) / perLookBytes + 2);
});

test.for<[askedCount: number, megabytes: number]>([
  [1, 9],
  [3, 4],
])(
  'who takes the least rate steadily has the whole of it: asked at once %i, of %i MB each',
  async ([askedCount, megabytes]) => {
    answerBytes = megabytes * megabyte;
    await ask(askedCount);
    const wholeBytes = askedCount * answerBytes;
    let takenBytes = 0;
    for (let partBytes = perLookBytes; partBytes === perLookBytes && takenBytes < wholeBytes; takenBytes += partBytes) {
      partBytes = await take(perLookBytes);
      await look();
    }
    expect([cutCount, takenBytes >= wholeBytes]).toEqual([0, true]);
  },
);

test('who takes half the least rate is cut', async () => {
  answerBytes = 32 * megabyte;
  await ask(1);
  for (let takenBytes = 0; cutCount === 0 && takenBytes < answerBytes; await look())
    takenBytes += await take(perLookBytes / 2);
  expect(cutCount).toBe(1);
});
