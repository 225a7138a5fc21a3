import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { figure, type GatewayUnderTest, startTestGateway } from './harness.ts';

/** More than the system takes off our hands for a client that doesn't read: its buffers hold some megabytes. */
const selections = Array.from({ length: 40 }, (_, at) => `a${at}: metrics { metricName qualification }`);
const body = JSON.stringify({
  query: `{ conversations(${dayWindow('2026-03-02')}, first: 300) { nodes { ${selections.join(' ')} } } }`,
});
const withinMs = 500;
/** Machines are busy. */
const patient = { interval: 20, timeout: 20_000 };

let kore: Simulator;
let gateway: GatewayUnderTest;
beforeAll(async () => {
  kore = await startSimulator({ conversationsPerDay: 300 });
  const settings = {
    HTTP_ANSWER_TAKEN_WITHIN_MS: String(withinMs),
    HTTP_ANSWER_BYTES_PER_SECOND_MIN: '1000000',
    VALUES_PER_OPERATION: '1000000000',
  };
  gateway = await startTestGateway(kore, { settings });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await kore[Symbol.asyncDispose]();
});

/** A client that has asked, and reads nothing by itself. */
function ask(connection: 'close' | 'keep-alive'): Socket {
  const { hostname, port } = new URL(gateway.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.pause();
  const head = ['POST /graphql HTTP/1.1', 'host: x', `connection: ${connection}`, 'content-type: application/json'];
  socket.write(`${[...head, `content-length: ${body.length}`].join('\r\n')}\r\n\r\n${body}`);
  return socket;
}

/** All that comes, taken a bit at a time. */
async function takeSlowly(socket: Socket): Promise<{ readonly bytes: Buffer; readonly tookMs: number }> {
  const parts: Buffer[] = [];
  let began = 0;
  socket.on('data', (part: Buffer) => {
    began ||= performance.now();
    parts.push(part);
    socket.pause();
    setTimeout(() => socket.resume(), 5);
  });
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.resume();
  await ended;
  return { bytes: Buffer.concat(parts), tookMs: performance.now() - began };
}

test('who takes nothing of his answer loses his connection and his place, and is counted', async () => {
  const before = await figure(gateway, 'gateway_answers_untaken_total');
  const socket = ask('keep-alive');
  await expect.poll(() => figure(gateway, 'gateway_operations_in_flight'), patient).toBe(1);
  // What he sends meanwhile is no sign that he takes anything.
  socket.write('POST /graphql HTTP/1.1\r\n');
  const sending = setInterval(() => socket.write('x-more: 1\r\n'), 50);
  await expect.poll(() => figure(gateway, 'gateway_operations_in_flight'), patient).toBe(0);
  clearInterval(sending);
  expect(await figure(gateway, 'gateway_answers_untaken_total')).toBe(before + 1);
  socket.destroy();
});

test('who takes it slowly, but goes on, has the whole of it', async () => {
  const before = await figure(gateway, 'gateway_answers_untaken_total');
  const { bytes, tookMs } = await takeSlowly(ask('close'));
  const begin = bytes.indexOf('\r\n\r\n') + 4;
  const [, length = ''] = /\r\ncontent-length: (\d+)\r\n/.exec(bytes.subarray(0, begin).toString('latin1')) ?? [];
  expect(bytes.length - begin).toBe(Number(length));
  const { data, errors } = JSON.parse(bytes.subarray(begin).toString()) as {
    readonly data: { readonly conversations: { readonly nodes: readonly object[] } };
    readonly errors?: unknown;
  };
  expect([data.conversations.nodes.length, errors]).toEqual([300, undefined]);
  expect(tookMs).toBeGreaterThan(withinMs);
  expect(await figure(gateway, 'gateway_answers_untaken_total')).toBe(before);
});
