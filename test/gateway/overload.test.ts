import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { openConnection } from '../load/connection.ts';
import { requestOf } from '../load/driver.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { figure, type GatewayUnderTest, startTestGateway } from './harness.ts';

const query = `{ conversations(${dayWindow('2026-03-02')}, first: 1) { totalCount } }`;
/** Machines are busy. */
const patient = { interval: 10, timeout: 10_000 };
const placesMax = '4';

/** Requests that are held, for the upstream doesn't answer: as many as are let in, by their callers. */
async function hold(kore: Simulator, gateway: GatewayUnderTest, callers: readonly string[]) {
  kore.fault({ kind: 'hang-before-headers', times: 'all' });
  const before = await figure(gateway, 'gateway_operations_in_flight');
  const leaving = new AbortController();
  const asked = callers.map((caller) => post(gateway, caller, leaving.signal).catch(() => null));
  await expect.poll(() => figure(gateway, 'gateway_operations_in_flight'), patient).toBe(before + callers.length);
  return {
    /** The clients leave. */
    async leave() {
      leaving.abort();
      await Promise.all(asked);
    },
  };
}

async function post({ url }: Pick<GatewayUnderTest, 'url'>, caller: string, signal?: AbortSignal): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'apollographql-client-name': caller };
  const body = JSON.stringify({ query });
  return await fetch(`${url}/graphql`, { method: 'POST', headers, body, ...(signal === undefined ? {} : { signal }) });
}

async function refusalOf(response: Response): Promise<unknown> {
  const { errors } = (await response.json()) as { errors: { extensions: object }[] };
  return { status: response.status, retryAfter: response.headers.get('retry-after'), ...errors[0]?.extensions };
}

const refused = (reason: string) => ({
  status: 503,
  retryAfter: '1',
  code: 'OVERLOADED',
  reason,
  retryable: true,
  retryAfterSeconds: 1,
  requestId: expect.any(String),
});

test('F74 one caller has half of the places, others have theirs, and who is refused is told when to come again', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore, { settings: { OPERATIONS_IN_FLIGHT_MAX: placesMax } });
  const held = await hold(kore, gateway, ['greedy', 'greedy']);
  expect(await refusalOf(await post(gateway, 'greedy'))).toEqual(refused('CALLER_SHARE'));
  const others = await hold(kore, gateway, ['second', 'third']);
  expect(await refusalOf(await post(gateway, 'second'))).toEqual(refused('IN_FLIGHT'));
  await Promise.all([held.leave(), others.leave()]);
});

test('places come back when clients leave, and when they are answered', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore, { settings: { OPERATIONS_IN_FLIGHT_MAX: placesMax } });
  const held = await hold(kore, gateway, ['one', 'two', 'three', 'four']);
  expect(await refusalOf(await post(gateway, 'fifth'))).toEqual(refused('IN_FLIGHT'));
  await held.leave();
  kore.clearFaults();
  await expect.poll(() => figure(gateway, 'gateway_operations_in_flight'), patient).toBe(0);
  for (let time = 0; time < 3 * Number(placesMax); time++) expect((await post(gateway, 'fifth')).status).toBe(200);
  expect(await figure(gateway, 'gateway_operations_in_flight')).toBe(0);
});

test('F73 health and figures are answered however full it is', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore, { settings: { OPERATIONS_IN_FLIGHT_MAX: '1' } });
  const held = await hold(kore, gateway, ['one']);
  expect((await post(gateway, 'two')).status).toBe(503);
  for (const path of ['/live', '/ready', '/metrics']) expect((await fetch(`${gateway.url}${path}`)).status).toBe(200);
  expect(await figure(gateway, 'gateway_overload_refusals_total{reason="IN_FLIGHT"}')).toBe(1);
  await held.leave();
});

test('F73 who is refused is refused before his body has come', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore, { settings: { OPERATIONS_IN_FLIGHT_MAX: '1' } });
  const held = await hold(kore, gateway, ['one']);
  const { hostname, port } = new URL(gateway.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.write(
    'POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n',
  );
  const answer = await new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(String(chunk))));
  socket.destroy();
  expect(answer).toMatch(/^HTTP\/1\.1 503/);
  expect(answer.toLowerCase()).toContain('\r\nretry-after: 1\r\n');
  await held.leave();
});

test('F73 a gateway that refuses much of several callers asks for others to be asked, and answers those who ask it all the same', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  const settings = { OPERATIONS_IN_FLIGHT_MAX: '1', UNREADY_AFTER_REFUSALS: '4' };
  await using gateway = await startTestGateway(kore, { settings });
  const ready = async () => (await fetch(`${gateway.url}/ready`)).status;
  const held = await hold(kore, gateway, ['one']);
  for (let time = 0; time < 20; time++) await post(gateway, 'flood');
  expect(await ready(), 'one caller alone is no reason').toBe(200);
  for (let time = 0; time < 2; time++) await post(gateway, 'other');
  expect(await ready()).toBe(503);
  await held.leave();
  kore.clearFaults();
  await expect.poll(() => figure(gateway, 'gateway_operations_in_flight'), patient).toBe(0);
  const answer = await post(gateway, 'one');
  expect([answer.status, answer.headers.get('connection'), await ready()]).toEqual([200, 'keep-alive', 503]);
  const lines = gateway.logLines.map((line) => JSON.parse(line) as { msg: string; path?: string; status?: number });
  expect(lines.filter(({ msg }) => msg.startsWith('overloaded'))).toHaveLength(1);
  expect(
    lines.filter(({ path, status }) => path === '/graphql' && status === 503),
    'refusals fill no log',
  ).toEqual([]);
});

test('F73 of more than can begin in time some are refused, the others are answered, and none waits for ever', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 100 });
  await using gateway = await startTestGateway(kore, { settings: { OPERATION_BEGIN_WITHIN_MS: '1' } });
  expect((await post(gateway, 'one')).status).toBe(200);
  const { hostname, port } = new URL(gateway.url);
  const connections = Array.from({ length: 60 }, () => openConnection(hostname, Number(port)));
  const live = Buffer.from('GET /live HTTP/1.1\r\nhost: gateway\r\n\r\n');
  await Promise.all(connections.map((each) => each.send(live)));
  const statuses: number[] = [];
  for (let round = 0; round < 3; round++) {
    const request = requestOf(gateway.url, query, 'one');
    const replies = await Promise.all(connections.map((each) => each.send(request)));
    statuses.push(...replies.map(({ status }) => status));
  }
  for (const each of connections) each.close();
  const count = (status: number) => statuses.filter((each) => each === status).length;
  expect(count(200) + count(503)).toBe(180);
  expect(count(200)).toBeGreaterThan(0);
  expect(count(503)).toBeGreaterThan(0);
  expect(await figure(gateway, 'gateway_overload_refusals_total{reason="BUSY"}')).toBe(count(503));
  expect(kore.callCount).toBe(1);
});

test('F72 while the event loop comes round too late everything is refused, and soon after no more', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await using gateway = await startTestGateway(kore, { settings: { LOOP_LATE_MS_MAX: '100' } });
  expect((await post(gateway, 'one')).status).toBe(200);
  const stuckUntil = performance.now() + 1_200;
  while (performance.now() < stuckUntil);
  const reasons: unknown[] = [];
  const ask = async () => {
    const response = await post(gateway, 'one');
    if (response.status === 503) reasons.push(await refusalOf(response));
    return response.status;
  };
  await expect.poll(ask, { interval: 5, timeout: 5_000 }).toBe(503);
  await expect.poll(ask, { interval: 20, timeout: 5_000 }).toBe(200);
  expect(reasons[0]).toEqual(refused('LATE'));
});
