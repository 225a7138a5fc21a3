import { expect, test } from 'vitest';
import { sayFigures } from '../figures.ts';
import { openConnection } from '../load/connection.ts';
import { percentile, requestOf } from '../load/driver.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { figures, type GatewayUnderTest, startTestGateway } from './harness.ts';

/** From the moment when the last one who waits has left until the upstream sees it: half of all times on a busy machine. */
const abortedWithinMs = 50;
/** Machines are busy. */
const patient = { interval: 10, timeout: 10_000 };
const list = `{ conversations(${dayWindow('2026-03-02')}) { totalCount } }`;

/** A client that has asked, and can leave. */
function begin({ url }: Pick<GatewayUnderTest, 'url'>, query: string): { leave(): void } {
  const { hostname, port } = new URL(url);
  const connection = openConnection(hostname, Number(port));
  void connection.send(requestOf(url, query, 'leaver'));
  return { leave: connection.close };
}

const inFlight = 'gateway_operations_in_flight';

test('F68 two clients share a call: it is made for the one who stays, and aborted when he leaves too', async () => {
  await using kore = await startSimulator({ faults: [{ kind: 'hang-before-headers', times: 'all' }] });
  await using gateway = await startTestGateway(kore);
  const clients = [begin(gateway, list), begin(gateway, list)];
  await expect.poll(async () => [...(await figures(gateway, inFlight)), kore.callCount], patient).toEqual([2, 1]);
  clients[0]?.leave();
  await expect.poll(() => figures(gateway, inFlight), patient).toEqual([1]);
  expect([kore.callCount, kore.abortedCount, kore.inFlightCount]).toEqual([1, 0, 1]);
  clients[1]?.leave();
  await expect.poll(() => kore.abortedCount, { interval: 5, timeout: 4_000 }).toBe(1);
  expect([...(await figures(gateway, inFlight)), kore.callCount, kore.inFlightCount]).toEqual([0, 1, 0]);
});

test('F68 a call that waits for its turn is not made once its client has left', async () => {
  await using kore = await startSimulator({ faults: [{ kind: 'hang-before-headers' }] });
  await using gateway = await startTestGateway(kore, { settings: { KORE_CALLS_IN_FLIGHT_MAX: '1' } });
  const queued = 'gateway_quota_queued_calls{kind="direct"}';
  const first = begin(gateway, list);
  await expect.poll(() => kore.callCount, patient).toBe(1);
  const second = begin(gateway, `{ conversations(${dayWindow('2026-03-03')}) { totalCount } }`);
  await expect.poll(() => figures(gateway, queued), patient).toEqual([1]);
  second.leave();
  await expect.poll(() => figures(gateway, queued, inFlight), patient).toEqual([0, 1]);
  first.leave();
  await expect.poll(() => kore.abortedCount, patient).toBe(1);
  // Its slot wasn't used: the next call is that of who asks next.
  expect((await gateway.query(list)).data).toEqual({ conversations: { totalCount: 1000 } });
  expect(kore.callCount).toBe(2);
});

test.for<[what: string, query: string]>([
  ['a scan', `{ scoreSummary(${dayWindow('2026-03-02')}) { conversationCount } }`],
  ['a search by id', `{ conversation(conversationId: "c-none", ${dayWindow('2026-03-02')}) { conversationId } }`],
])(
  'F68 what is read for everybody goes on behind when its client leaves, and is there for the next: %s',
  async ([, query]) => {
    await using kore = await startSimulator({
      conversationsPerDay: 300,
      faults: [{ kind: 'delay', ms: 300, times: 'all' }],
    });
    await using gateway = await startTestGateway(kore);
    const client = begin(gateway, query);
    await expect.poll(() => kore.callCount, patient).toBeGreaterThan(0);
    client.leave();
    await expect.poll(() => figures(gateway, inFlight), patient).toEqual([0]);
    await expect.poll(() => kore.inFlightCount, { timeout: 10_000 }).toBe(0);
    expect(kore.abortedCount).toBe(0);
    kore.clearFaults();
    await gateway.query(query);
    const { callCount } = kore;
    await gateway.query(query);
    expect([kore.callCount, kore.abortedCount]).toEqual([callCount, 0]);
    const bodies = kore.calls.map(({ body }) => JSON.stringify(body));
    expect(new Set(bodies).size, 'no page is read twice').toBe(bodies.length);
  },
);

test('F68 two hundred clients that leave leave nothing behind: no call, no place, no socket, no timer', async () => {
  const abortedAt: number[] = [];
  await using kore = await startSimulator({
    faults: [{ kind: 'hang-before-headers', times: 'all' }],
    onCall: ({ isAborted }) => {
      if (isAborted) abortedAt.push(performance.now());
    },
  });
  await using gateway = await startTestGateway(kore);
  const [rounds, atOnce] = [25, 8];
  const dates = Array.from({ length: rounds * atOnce }, (_, at) => new Date(Date.UTC(2025, 0, 1 + at)).toISOString());
  const resources = () => {
    const names = process.getActiveResourcesInfo();
    return { timers: names.filter((name) => name === 'Timeout').length, all: names.length };
  };
  const waits: number[] = [];
  let before = resources();
  for (let round = 0; round < rounds; round++) {
    const asked = dates.slice(round * atOnce, (round + 1) * atOnce).map((date) => dayWindow(date.slice(0, 10)));
    const clients = asked.map((window) => begin(gateway, `{ conversations(${window}) { totalCount } }`));
    await expect.poll(() => kore.inFlightCount, { interval: 5, timeout: 10_000 }).toBe(atOnce);
    const leftAt = performance.now();
    for (const { leave } of clients) leave();
    await expect.poll(() => abortedAt.length, { interval: 5, timeout: 4_000 }).toBe((round + 1) * atOnce);
    waits.push(...abortedAt.slice(-atOnce).map((at) => at - leftAt));
    await expect.poll(() => figures(gateway, inFlight, 'gateway_quota_in_flight_calls'), patient).toEqual([0, 0]);
    if (round === 0) before = resources();
  }
  sayFigures('leaving', { clients: waits.length, medianMs: percentile(waits, 0.5), p99Ms: percentile(waits, 0.99) });
  expect([waits.length, kore.callCount, kore.inFlightCount]).toEqual([200, 200, 0]);
  expect(percentile(waits, 0.5)).toBeLessThan(abortedWithinMs);
  // Whoever polls has a timer of his own.
  await expect.poll(() => resources().timers, patient).toBeLessThanOrEqual(before.timers + 1);
  await expect.poll(() => resources().all, patient).toBeLessThanOrEqual(before.all + 2);
  expect(gateway.logLines.filter((line) => line.includes('"msg":"bug"'))).toEqual([]);
});
