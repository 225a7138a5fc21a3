import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startTestGateway } from '../gateway/harness.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { openExample } from './example.ts';

type Findings = {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
};

/** What axe finds wrong with the page as it stands: rules of WCAG 2.2 A and AA, and good practice. */
async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<Findings>('axe.run()');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

test.each(['light', 'dark'] as const)('nothing keeps anybody from reading the page in the %s', async (colorScheme) => {
  await using kore = await startSimulator({ conversationsPerDay: 20, switches: { tableOnlyFields: true } });
  await using gateway = await startTestGateway(kore);
  await using example = await openExample(gateway.url, '?from=2026-03-02&to=2026-03-02');
  const { page } = example;
  await page.emulateMedia({ colorScheme });
  await page.locator('.recharts-line-dot').first().waitFor();
  await page.getByText('As a table').click();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('link', { name: 'All conversations' }).click();
  await page.locator('tr[data-id] button').first().click();
  await page.getByRole('table', { name: /^Metrics of/ }).waitFor();
  expect(await findings(page)).toEqual([]);
  // It would have found something.
  await page.evaluate('document.documentElement.lang = ""; document.querySelector("label[for]").remove()');
  expect(await findings(page)).toEqual([expect.stringMatching(/^html-has-lang/), expect.stringMatching(/^label/)]);
});

test('nor what is only a part, or has failed', async () => {
  const settings = { KORE_CALLS_PER_MINUTE: '5' };
  await using kore = await startSimulator({ conversationsPerDay: 10, switches: { quotaLimit: 5 } });
  await using gateway = await startTestGateway(kore, { settings });
  await using example = await openExample(gateway.url, '?from=2026-03-02&to=2026-03-08');
  const { page, url } = example;
  await page.getByText(/^again in \d+ s$/).waitFor();
  await page.locator('.recharts-line-dot').first().waitFor();
  expect(await findings(page)).toEqual([]);
  await page.goto(`${url}/?from=2020-01-01&to=2026-03-08`);
  await page.getByRole('alert').filter({ hasText: 'BAD_USER_INPUT' }).waitFor();
  expect(await findings(page)).toEqual([]);
});
