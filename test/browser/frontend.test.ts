import { expect, test } from 'vitest';
import { ask } from '../gateway/asking.ts';
import { connectionOf, type GatewayUnderTest, startTestGateway } from '../gateway/harness.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { openExample, rowIds, scrollUntil } from './example.ts';

const days = '?from=2026-03-02&to=2026-03-03';
const window = { from: '2026-03-02T00:00:00Z', until: '2026-03-04T00:00:00Z' };
const byScore = { field: 'KORE_EVALUATION_SCORE', direction: 'ASC' };

/** What the gateway itself lists, in one go. */
async function idsOf(gateway: GatewayUnderTest, orderBy: object | null, first: number): Promise<readonly string[]> {
  const question = `query ($window: TimeWindow, $orderBy: ConversationOrder, $first: Int) {
    conversations(window: $window, orderBy: $orderBy, first: $first) { edges { cursor node { id conversationId } } }
  }`;
  return connectionOf(await gateway.query(question, { window, orderBy, first })).edges.map(({ node }) => node.id);
}

test('from the leaderboard down to a list that is scrolled through: 300 conversations, none twice, none left out, for the calls of one reading', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 400, switches: { tableOnlyFields: true } });
  await using gateway = await startTestGateway(kore);
  await using example = await openExample(gateway.url, days);
  const { page, origins, problems, url } = example;

  const leaderboard = page.getByRole('table', { name: /of 60 agents/ });
  await leaderboard.waitFor();
  await page.locator('.recharts-line-dot').first().waitFor();
  await page.screenshot({ path: 'artifacts/frontend-light.png' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: 'artifacts/frontend-dark.png' });
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await page.locator('dl.headline div').first().innerText()).toMatch(/^Conversations\s+800$/);
  // Two days of 400, each in five pages that overlap by a row.
  const callsOfReading = kore.callCount;
  expect(callsOfReading).toBe(10);

  await page.getByRole('link', { name: 'All conversations' }).click();
  await page.getByText('50 of 800 conversations').waitFor();
  await scrollUntil(page, 300);
  await page.screenshot({ path: 'artifacts/frontend-scrolled.png' });
  const shown = await rowIds(page);
  expect(shown.length).toBeGreaterThanOrEqual(300);
  expect(new Set(shown).size).toBe(shown.length);
  expect(shown).toEqual(await idsOf(gateway, byScore, shown.length));
  expect(kore.callCount).toBe(callsOfReading);

  expect(problems).toEqual([]);
  expect([...origins]).toEqual([url]);
});

test('an agent is a link to their conversations, in any order, each of which opens to its metrics, all by the keyboard', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 400 });
  await using gateway = await startTestGateway(kore);
  await using example = await openExample(gateway.url, days);
  const { page, problems } = example;
  await page.getByRole('button', { name: 'Conversations', exact: true }).press('Enter');
  await page
    .getByRole('columnheader', { name: 'Conversations', exact: true })
    .and(page.locator('[aria-sort]'))
    .waitFor();
  const first = page.locator('table.agents tbody tr').first();
  const name = await first.getByRole('link').innerText();
  const count = await first.getByRole('cell').nth(3).innerText();
  const callsOfReading = kore.callCount;

  await first.getByRole('link').press('Enter');
  await page.getByRole('heading', { name: `Conversations of ${name}` }).waitFor();
  // Whoever came by the keyboard goes on in the new view.
  await page.locator('main:focus').waitFor();
  await scrollUntil(page, Number(count));
  await page.getByText(`That is all: ${count} conversations.`).waitFor();
  for (const row of await page.locator('tr[data-id]').allInnerTexts()) expect(row).toContain(name);

  const row = page.locator('tr[data-id]').first().getByRole('button');
  const conversationId = await row.innerText();
  await row.press('Enter');
  expect(await row.getAttribute('aria-expanded')).toBe('true');
  const metrics = page.getByRole('table', { name: `Metrics of ${conversationId}` }).getByRole('row');
  const { conversations } = await ask(
    gateway,
    `query ($window: TimeWindow, $ids: [ID!]) {
      conversations(window: $window, filterBy: { conversationIds: $ids }) { nodes { metrics { metricName } } }
    }`,
    { window, ids: [conversationId] },
  );
  const [told] = (conversations as { readonly nodes: readonly { readonly metrics: readonly unknown[] }[] }).nodes;
  expect(told?.metrics.length).toBeGreaterThan(0);
  // A head, and a row a metric.
  expect(await metrics.count()).toBe(1 + (told?.metrics.length ?? 0));
  await page.screenshot({ path: 'artifacts/frontend-agent.png' });
  expect(kore.callCount).toBe(callsOfReading);

  await page.goBack();
  await page.getByRole('heading', { name: 'Leaderboard' }).waitFor();
  expect(problems).toEqual([]);
});

test('in the order of the upstream the list is read page by page, and a row without a score says why', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 400 });
  await using gateway = await startTestGateway(kore);
  await using example = await openExample(gateway.url, `${days}&conversations=all`);
  const { page, problems } = example;
  await page.getByText('50 of 800 conversations').waitFor();
  await page.getByLabel('Order').selectOption('As listed by Kore.ai');
  const { rows } = kore.list({ fromMs: Date.parse(window.from), untilMs: Date.parse(window.until) });
  await page.getByRole('button', { name: rows[0]?.conversationId ?? '', exact: true }).waitFor();
  await scrollUntil(page, 150);
  const shown = await page.locator('tr[data-id] button').allInnerTexts();
  expect(shown).toEqual(rows.slice(0, shown.length).map(({ conversationId }) => conversationId));
  const whys = page.getByRole('cell', { name: /^(Not scored: .+|Not evaluated)$/ });
  const unscored = await gateway.query(
    `query ($window: TimeWindow, $first: Int) { conversations(window: $window, first: $first) { nodes { conversationId unscoredReason } } }`,
    { window, first: shown.length },
  );
  const reasons = connectionOf(unscored).nodes.filter(({ unscoredReason }) => unscoredReason !== null);
  expect(reasons.length).toBeGreaterThan(0);
  expect(await whys.count()).toBe(reasons.length);
  expect(problems).toEqual([]);
});

test('days are chosen by date, more agents by a button, and the address keeps the days', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 400 });
  await using gateway = await startTestGateway(kore);
  await using example = await openExample(gateway.url, days);
  const { page, problems } = example;
  await page.getByRole('table', { name: '25 of 60 agents' }).waitFor();
  const callsOfReading = kore.callCount;
  await page.getByRole('button', { name: 'Show more agents' }).click();
  await page.getByRole('table', { name: '50 of 60 agents' }).waitFor();
  await page.getByRole('button', { name: 'Show more agents' }).click();
  await page.getByRole('table', { name: '60 of 60 agents' }).waitFor();
  expect(await page.getByRole('button', { name: 'Show more agents' }).count()).toBe(0);
  expect(kore.callCount).toBe(callsOfReading);

  await page.getByLabel('From').fill('2026-03-03');
  await page.getByLabel('to', { exact: true }).press('Enter');
  await page
    .locator('dl.headline div')
    .filter({ hasText: /^Conversations\s*400$/ })
    .waitFor();
  expect(new URL(page.url()).search).toBe('?from=2026-03-03&to=2026-03-03');
  expect(kore.callCount).toBe(callsOfReading);
  await page.reload();
  await page
    .locator('dl.headline div')
    .filter({ hasText: /^Conversations\s*400$/ })
    .waitFor();
  expect(problems).toEqual([]);
});
