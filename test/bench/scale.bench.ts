import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { environmentOf } from '../gateway/environment.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { startFlags } from '../start-flags.ts';

/**
 * 300,000 conversations over 30 days, the upstream's quota off: a summary and a leaderboard of fifty agents, cold and warm. The gateway is a process of its own,
 * started as `npm start` starts it; the simulator runs here.
 */
const rowsPerDay = 10_000;
const [fewDays, manyDays] = [15, 30];
const aims = { warmMs: 500, residentMegabytes: 512, stretchMs: 100, growth: 2.2 };
const warmCount = 9;
const firstDayMs = Date.parse('2026-03-02T00:00:00Z');

test('300,000 conversations: cold, warm, memory, event loop, growth', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-scale-'));
  const stretchFile = join(folder, 'stretch');
  await using kore = await startSimulator({
    conversationsPerDay: rowsPerDay,
    epoch: '2026-03-01',
    dayCount: 40,
    switches: { quotaLimit: 0 },
  });
  const port = await freePort();
  const gateway = startGateway(kore, port, stretchFile);
  try {
    const ask = (dayCount: number) => askDays(port, dayCount);
    await ready(port);
    const cold = await ask(manyDays);
    const warm = { few: await best(() => ask(fewDays)), many: await best(() => ask(manyDays)) };
    const figures = {
      coldMs: cold,
      calls: kore.callCount,
      warmMs: warm.many,
      growth: warm.many / warm.few,
      residentMegabytes: await residentMegabytes(port),
      stretchMs: Number(readFileSync(stretchFile, 'utf8')),
    };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    // The last page of such a day is full, and so there's one more to make sure of its end.
    expect(figures.calls).toBe(manyDays * 102);
    expect(figures.warmMs).toBeLessThan(aims.warmMs);
    expect(figures.residentMegabytes).toBeLessThan(aims.residentMegabytes);
    expect(figures.stretchMs).toBeLessThan(aims.stretchMs);
    expect(figures.growth).toBeLessThan(aims.growth);
  } finally {
    gateway.kill('SIGKILL');
    await once(gateway, 'exit');
    rmSync(folder, { recursive: true });
  }
}, 600_000);

function startGateway(
  kore: Awaited<ReturnType<typeof startSimulator>>,
  port: number,
  stretchFile: string,
): ChildProcess {
  return spawn(process.execPath, [...startFlags(), '--import', './test/bench/stretch.ts', 'src/main.ts'], {
    stdio: 'inherit',
    env: {
      STRETCH_FILE: stretchFile,
      PORT: String(port),
      LOG_LEVEL: 'silent',
      ...environmentOf(kore),
      KORE_CALLS_PER_MINUTE: '1000000',
      UPSTREAM_CALLS_PER_OPERATION: '100000',
      OPERATION_DEADLINE_MS: '599000',
      STOP_WITHIN_MS: '600000',
    },
  });
}

async function askDays(port: number, dayCount: number): Promise<number> {
  const until = new Date(firstDayMs + dayCount * 86_400_000).toISOString();
  const window = `window: { from: "${new Date(firstDayMs).toISOString()}", until: "${until}" }`;
  const query = `{
    scoreSummary(${window}) { conversationCount scoredCount averageScore scorePercentile coverage { complete } }
    agents(${window}, first: 50, orderBy: { field: AVERAGE_SCORE, direction: DESC }) {
      edges { node { agentId name } summary { conversationCount averageScore scorePercentile fatalRate } }
    }
  }`;
  const begunAt = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data } = (await response.json()) as { data: { scoreSummary: object; agents: { edges: readonly object[] } } };
  expect(data.scoreSummary).toMatchObject({ conversationCount: dayCount * rowsPerDay, coverage: { complete: true } });
  expect(data.agents.edges).toHaveLength(50);
  return performance.now() - begunAt;
}

async function best(run: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let each = 0; each < warmCount; each++) times.push(await run());
  return Math.min(...times);
}

async function residentMegabytes(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (.*)$/m.exec(text)?.[1]) / 1e6;
}

async function ready(port: number): Promise<void> {
  for (let attempt = 0; attempt < 10_000; attempt++) {
    const isReady = await fetch(`http://127.0.0.1:${port}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
  }
  throw new Error('the gateway is not ready');
}
