import { readFileSync } from 'node:fs';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { watchKeySet, watchReplicas, watchStore } from '../../src/telemetry.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { type GatewayUnderTest, startTestGateway } from './harness.ts';

type Metric = { readonly name: string; readonly type: string; readonly labels: readonly string[] };

/** What docs/metrics.md lists: those that any gateway serves, and those that only some do. */
function documented(): Readonly<Record<'ordinary' | 'ofSharedStore' | 'ofTokens', readonly Metric[]>> {
  const [, figures = ''] = readFileSync('docs/metrics.md', 'utf8').split(/^## Figures$/m);
  const sections = figures.split(/^## /m)[0]?.split(/^### /m) ?? [];
  const titled = (title: string) => sections.filter((section) => section.startsWith(title));
  const metricsOf = (texts: readonly string[]) =>
    texts.flatMap((text) =>
      [...text.matchAll(/^\| `(\w+)` \| (\w+) \| ([^|]+) \|/gm)].map(([, name = '', type = '', labels = '']) => ({
        name,
        type,
        labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label),
      })),
    );
  return {
    ordinary: metricsOf(sections.filter((section) => !section.startsWith('Only with'))),
    ofSharedStore: metricsOf(titled('Only with a shared store')),
    ofTokens: metricsOf(titled('Only with tokens of an issuer')),
  };
}

/** What a text of Prometheus' format holds; labels only of metrics that have a series by now. */
function served(text: string): readonly (Omit<Metric, 'labels'> & { readonly labels: readonly string[] | null })[] {
  return [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', type = '']) => {
    const series = [...text.matchAll(new RegExp(`^${name}(?:_bucket|_sum|_count)?(?:\\{(.*)\\})? [^ ]+$`, 'gm'))];
    const labels = series.flatMap(([, pairs = '']) => [...pairs.matchAll(/(\w+)="/g)].map(([, label = '']) => label));
    const known = [...new Set(labels)].filter((label) => label !== 'le');
    return { name, type, labels: series.length === 0 ? null : known };
  });
}

async function metricsOf(gateway: Pick<GatewayUnderTest, 'url'>): Promise<string> {
  return await (await fetch(`${gateway.url}/metrics`)).text();
}

const byName = (one: Metric, other: Metric) => (one.name < other.name ? -1 : 1);
const day = dayWindow('2026-03-02', 1);

test('what a gateway serves is what docs/metrics.md lists, with the same types and labels', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 300 });
  await using gateway = await startTestGateway(kore);
  await gateway.query(`{ conversations(${day}, first: -1) { totalCount } }`);
  await gateway.query(`{ scoreSummary(${day}) { conversationCount } }`);
  const { ordinary } = documented();
  const found = served(await metricsOf(gateway));
  expect(new Set(ordinary.map(({ name }) => name)).size).toBe(ordinary.length);
  const expected = ordinary.map((metric) => {
    const isSilent = found.find(({ name }) => name === metric.name)?.labels === null;
    return isSilent ? { ...metric, labels: null } : metric;
  });
  expect([...found].map((each) => each.name).sort()).toEqual([...ordinary].sort(byName).map(({ name }) => name));
  expect(new Set(found)).toEqual(new Set(expected));
});

test('where a store is shared two more are served, and they say how it stands when they are asked', async () => {
  const registry = new Registry();
  let [isUp, replicaCount] = [false, 3];
  watchStore(registry, () => isUp);
  watchReplicas(registry, () => replicaCount);
  const before = await registry.metrics();
  expect(before).toContain('gateway_store_up 0\n');
  expect(before).toContain('gateway_replicas_known 3\n');
  [isUp, replicaCount] = [true, 4];
  const after = await registry.metrics();
  expect(after).toContain('gateway_store_up 1\n');
  expect(after).toContain('gateway_replicas_known 4\n');
  expect(served(after)).toEqual(documented().ofSharedStore);
});

test('where callers show tokens of an issuer, the age of its key set is served in seconds', async () => {
  const registry = new Registry();
  watchKeySet(registry, () => 61_400);
  const text = await registry.metrics();
  expect(text).toContain('gateway_key_set_age_seconds 61\n');
  expect(served(text)).toEqual(documented().ofTokens);
});

test('pages, tiles and slices count by how they came and how they were answered, from nought on', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 150, switches: { latencyMs: 200 } });
  await using gateway = await startTestGateway(kore);
  const counts = async () =>
    Object.fromEntries(
      [...(await metricsOf(gateway)).matchAll(/^gateway_(pages|tiles|slices)_total\{\w+="(\w+)"\} (\d+)$/gm)].map(
        ([, what = '', how = '', count]) => [`${what} ${how}`, Number(count)],
      ),
    );
  const nought = {
    'pages called': 0,
    'pages held': 0,
    'pages merged': 0,
    'tiles called': 0,
    'tiles held': 0,
    'tiles merged': 0,
    'slices whole': 0,
    'slices pending': 0,
    'slices unproven': 0,
  };
  expect(await counts()).toEqual(nought);
  const list = `{ conversations(${day}, first: 100) { nodes { id } } }`;
  await Promise.all([gateway.query(list), gateway.query(list)]);
  await gateway.query(list);
  const listed = await counts();
  expect(listed).toEqual({ ...nought, 'pages called': 1, 'pages held': 1, 'pages merged': 1 });
  const summary = `{ scoreSummary(${dayWindow('2026-03-03', 2)}) { conversationCount } }`;
  await Promise.all([gateway.query(summary), gateway.query(summary)]);
  await gateway.query(summary);
  expect(await counts()).toEqual({
    ...listed,
    'pages called': kore.callCount,
    'tiles called': 2,
    'tiles merged': 2,
    'tiles held': 2,
    'slices whole': 6,
  });
});

test('slices that a quota leaves unread are pending, and what waits and has waited shows by kind', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 150 });
  await using gateway = await startTestGateway(kore, {
    settings: { KORE_CALLS_PER_MINUTE: '4', OPERATION_DEADLINE_MS: '2000', OPERATION_ANSWER_RESERVE_MS: '500' },
  });
  const answer = await gateway.query(
    `{ scoreSummary(${dayWindow('2026-03-02', 5)}) { conversationCount coverage { complete } } }`,
  );
  expect(JSON.stringify(answer.data)).toContain('"complete":false');
  const text = await metricsOf(gateway);
  const pending = Number(/^gateway_slices_total\{state="pending"\} (\d+)$/m.exec(text)?.[1]);
  const whole = Number(/^gateway_slices_total\{state="whole"\} (\d+)$/m.exec(text)?.[1]);
  expect(pending).toBeGreaterThan(0);
  expect(pending + whole).toBe(5);
  expect(text).toContain('gateway_quota_limit_calls 4\n');
  expect(text).toMatch(/^gateway_quota_queued_calls\{kind="direct"\} 0$/m);
  expect(text).toMatch(/^gateway_quota_queued_calls\{kind="background"\} \d+$/m);
  expect(text).toMatch(/^gateway_upstream_wait_seconds_count\{kind="direct"\} 0$/m);
  expect(text).toMatch(/^gateway_upstream_wait_seconds_count\{kind="scan"\} [1-9]\d*$/m);
});
