import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startTestGateway } from '../gateway/harness.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { openExample, rowIds } from './example.ts';

const days = '?from=2026-03-02&to=2026-03-03';

/** The order that the leaderboard claims, and the names of its rows. */
async function shownBy(page: Page): Promise<{ readonly claim: string; readonly names: readonly string[] }> {
  const sorted = page.locator('table.agents th[aria-sort]');
  expect(await sorted.count()).toBe(1);
  return {
    claim: `${await sorted.innerText()} ${await sorted.getAttribute('aria-sort')}`,
    names: await page.locator('table.agents tbody th').allInnerTexts(),
  };
}

/** The figures of a column, top to bottom. */
async function figuresOf(page: Page, column: number): Promise<readonly number[]> {
  const cells = await page.locator(`table.agents tbody td:nth-of-type(${column})`).allInnerTexts();
  return cells.map((text) => Number(text.replaceAll(',', '')));
}

function sortedAs(page: Page, title: string, sort: string): Promise<void> {
  return page.locator(`table.agents th[aria-sort="${sort}"]`).filter({ hasText: title }).waitFor();
}

test('the leaderboard claims the order that its rows are in, also while another is asked for and when that fails', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 400 });
  const first = await startTestGateway(kore);
  await using example = await openExample(first.url, days);
  const { page } = example;
  await page.locator('table.agents').waitFor();
  const before = await shownBy(page);
  expect(before.claim).toBe('Average score descending');

  const held = Promise.withResolvers<void>();
  await page.route('**/graphql', async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Conversations', exact: true }).click();
  await page.locator('[aria-busy="true"]').waitFor();
  expect(await shownBy(page)).toEqual(before);
  await first.close();
  held.resolve();
  const alert = page.getByRole('alert');
  await alert.filter({ hasText: 'The gateway can’t be reached.' }).waitFor();
  expect(await shownBy(page)).toEqual(before);

  await using _second = await startTestGateway(kore, { settings: { PORT: new URL(first.url).port } });
  // Chosen once more, it is asked for once more.
  await page.getByRole('button', { name: 'Conversations', exact: true }).click();
  await sortedAs(page, 'Conversations', 'descending');
  const counts = await figuresOf(page, 4);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  expect((await shownBy(page)).names).not.toEqual(before.names);
});

test('the chosen order stands in the address: it is reloaded, and gone back from', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 400 });
  await using gateway = await startTestGateway(kore);
  await using example = await openExample(gateway.url, days);
  const { page, problems } = example;
  await sortedAs(page, 'Average score', 'descending');
  await page.getByRole('button', { name: 'Agent', exact: true }).click();
  await sortedAs(page, 'Agent', 'ascending');
  expect(new URL(page.url()).search).toBe(`${days}&order=NAME.ASC`);
  await page.reload();
  await sortedAs(page, 'Agent', 'ascending');
  await page.goBack();
  await sortedAs(page, 'Average score', 'descending');

  await page.getByRole('link', { name: 'All conversations' }).click();
  await page.getByText('50 of 800 conversations').waitFor();
  const lowest = await rowIds(page);
  await page.getByLabel('Order').selectOption('Highest score first');
  await expect.poll(() => rowIds(page)).not.toEqual(lowest);
  await page.getByText('50 of 800 conversations').waitFor();
  const highest = await rowIds(page);
  expect(new URL(page.url()).search).toBe(`${days}&conversations=all&order=highest`);
  await page.reload();
  await page.getByText('50 of 800 conversations').waitFor();
  expect(await rowIds(page)).toEqual(highest);
  expect(await page.getByLabel('Order').inputValue()).toBe('highest');
  await page.goBack();
  await expect.poll(() => rowIds(page)).toEqual(lowest);
  expect(problems).toEqual([]);
});

test('a page that stays open overnight says of which day its reading is', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 20 });
  await using gateway = await startTestGateway(kore);
  await using example = await openExample(gateway.url, '?from=2026-03-02&to=2026-03-02');
  const { page, problems } = example;
  const status = page.getByRole('status');
  await status.filter({ hasText: /^Complete, as of \d\d:\d\d$/ }).waitFor();
  await page.clock.setFixedTime(Date.now() + 86_400_000);
  await status.filter({ hasText: /^Complete, as of \d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d$/ }).waitFor();
  expect(problems).toEqual([]);
});
