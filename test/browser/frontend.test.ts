import { expect, test } from 'vitest';
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
