import { expect, test } from 'vitest';
import { ask, day, dayFromMs, dayUntilMs } from './ask.ts';
import { startSimulator } from './simulator.ts';

const start = (options: Parameters<typeof startSimulator>[0] = {}) => startSimulator({ dayCount: 1000, ...options });
const window = { fromMs: dayFromMs, untilMs: dayUntilMs };

async function walk(simulator: Awaited<ReturnType<typeof start>>, body: object = {}): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let offset = 0; offset < 1500; offset += 100) {
    const { json } = await ask(simulator, { ...day, ...body, offset });
    ids.push(...json.results.map((row) => String(row['conversationId'])));
  }
  return ids;
}

test.for(['ascending', 'descending'] as const)('the pages of a day are what the oracle lists: %s', async (order) => {
  await using simulator = await start({ switches: { order } });
  const { rows, total } = simulator.list({ ...window, includeBelowThreshold: true, direction: 'inbound' });
  expect(await walk(simulator, { include_below_threshold: true, contact_direction: 'inbound' })).toEqual(
    rows.map(({ conversationId }) => conversationId),
  );
  expect(rows).toHaveLength(total);
  expect(simulator.list({ ...window, offset: 10, limit: 3 }).rows).toEqual(simulator.list(window).rows.slice(10, 13));
});

test('a day lists exactly a thousand rows, and those below the threshold on top', async () => {
  await using simulator = await start();
  expect((await ask(simulator)).json).toMatchObject({ totalResults: 1000, totalPages: 10, hasMore: true });
  expect((await ask(simulator, { ...day, include_below_threshold: true })).json.totalResults).toBe(1080);
  expect(simulator.list(window).total).toBe(1000);
});

test('rows that come, go and change are seen by the next call', async () => {
  await using simulator = await start();
  const [id = ''] = simulator.insert({ startMs: dayFromMs });
  const before = (await ask(simulator)).json;
  expect(before).toMatchObject({ totalResults: 1001, results: { 0: { conversationId: id } } });
  expect(simulator.touch(id)).toBe(true);
  const after = (await ask(simulator)).json;
  expect(after.results[0]).not.toEqual(before.results[0]);
  expect(after.results.slice(1)).toEqual(before.results.slice(1));
  expect(simulator.remove(id)).toBe(true);
  expect(simulator.remove(id)).toBe(false);
  expect([simulator.remove('c-unknown'), simulator.touch('c-unknown')]).toEqual([false, false]);
  expect((await ask(simulator)).json.totalResults).toBe(1000);
  expect(new Set(simulator.insert({ startMs: dayFromMs, count: 150, direction: 'outbound' })).size).toBe(150);
  expect((await ask(simulator, { ...day, contact_direction: 'outbound' })).json.totalResults).toBe(450);
});

test('all segments of a conversation go together', async () => {
  await using simulator = await start();
  const ids = simulator.list(window).rows.map(({ conversationId }) => conversationId);
  const shared = ids.find((id, index) => ids.indexOf(id) !== index) ?? '';
  expect(simulator.remove(shared)).toBe(true);
  expect(simulator.list(window).total).toBe(998);
});

test('a hook runs before each page, and what it changes is in the page', async () => {
  await using simulator = await start();
  const indexes: number[] = [];
  simulator.beforeCall((callIndex) => {
    indexes.push(callIndex);
    simulator.insert({ startMs: dayFromMs });
  });
  const totals = [await ask(simulator), await ask(simulator)].map(({ json }) => json.totalResults);
  await ask(simulator, { ...day, limit: 0 });
  simulator.beforeCall(null);
  await ask(simulator);
  expect([totals, indexes]).toEqual([
    [1001, 1002],
    [0, 1],
  ]);
});

test('every call is noted with its body, headers and outcome, until the counts are reset', async () => {
  await using simulator = await start({ now: () => 1_774_310_400_000 });
  await ask(simulator);
  await ask(simulator, 'no JSON');
  expect(simulator.calls).toMatchObject([
    {
      at: 1_774_310_400_000,
      body: day,
      status: 200,
      outcome: 'answered',
      rowCount: 100,
      isAborted: false,
      headers: { accountid: simulator.account.accountId },
    },
    { body: 'no JSON', status: 412, outcome: 'refused-body' },
  ]);
  expect([simulator.callCount, simulator.inFlightCount, simulator.abortedCount]).toEqual([2, 0, 0]);
  simulator.resetCalls();
  expect([simulator.callCount, simulator.calls]).toEqual([0, []]);
});

test('switches change while it runs, rows with them, and a misspelt one is refused', async () => {
  await using simulator = await start();
  expect((await ask(simulator)).text).toContain('koreEvalutionScore');
  simulator.set({ spelling: 'table' });
  expect((await ask(simulator)).text).not.toContain('koreEvalutionScore');
  const misspelt: object = { speling: 'table' };
  expect(() => simulator.set(misspelt)).toThrow('no switch is called speling');
});

test('answers are compressed for clients that accept it', async () => {
  await using simulator = await start({ switches: { gzip: true, latencyMs: 1, latencyJitterMs: 1 } });
  const zipped = await ask(simulator);
  expect([zipped.headers.get('content-encoding'), zipped.json.totalResults]).toEqual(['gzip', 1000]);
  const plain = await ask(simulator, day, { 'accept-encoding': 'identity' });
  expect([plain.headers.get('content-encoding'), plain.json.totalResults]).toEqual([null, 1000]);
});

test('another process changes it by POST /control and watches it by GET', async () => {
  await using simulator = await start();
  const control = async (order: unknown) => {
    const response = await fetch(`${simulator.url}/control`, { method: 'POST', body: JSON.stringify(order) });
    return { status: response.status, told: JSON.parse(await response.text()) };
  };
  const { told } = await control({
    set: { quotaLimit: 2 },
    fault: [{ kind: 'status', status: 500 }],
    insert: { startMs: dayFromMs, count: 2 },
  });
  expect(told.inserted).toHaveLength(2);
  expect((await control({ remove: told.inserted[0], touch: told.inserted[1] })).told).toMatchObject({
    removed: true,
    touched: true,
  });
  expect([
    (await ask(simulator)).status,
    (await ask(simulator)).json.totalResults,
    (await ask(simulator)).status,
  ]).toEqual([500, 1001, 429]);
  const report = JSON.parse(await (await fetch(`${simulator.url}/control`)).text());
  expect(report).toMatchObject({
    callCount: 3,
    outcomes: { 'fault:status': 1, answered: 1, 'refused-quota': 1 },
    switches: { quotaLimit: 2 },
  });
  expect(JSON.stringify(report)).not.toContain(simulator.calls[0]?.headers['auth']);
  for (const wrong of [{ set: { nosuch: 1 } }, { fault: { kind: 'nosuch' } }])
    expect((await control(wrong)).status).toBe(400);
  expect((await control({ resetCalls: true, clearFaults: true })).told.callCount).toBe(0);
});

test('it ends at once, whatever is in flight', async () => {
  const simulator = await start({ faults: [{ kind: 'hang-before-headers' }] });
  const hanging = ask(simulator).catch((error: unknown) => error);
  const computed = Promise.withResolvers<void>();
  simulator.beforeCall(() => computed.resolve());
  await computed.promise;
  await simulator[Symbol.asyncDispose]();
  expect(await hanging).toBeInstanceOf(TypeError);
});
