import { expect, test } from 'vitest';
import { startTestGateway } from '../gateway/harness.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { openExample, rowIds, scrollUntil } from './example.ts';

const days = '?from=2026-03-02&to=2026-03-07';
/** An account of which others use all but four calls, until the test has them stop: a part stays one as long as it is looked at. */
const shared = { conversationsPerDay: 80, switches: { quotaLimit: 4, quotaWindowMs: 1e9 } };
const settings = { KORE_CALLS_PER_MINUTE: '8', QUOTA_WINDOW_MS: '3000', OPERATION_DEADLINE_MS: '2500' };

test('a part is shown as a part, says when it asks again, asks then and not before, and becomes the whole by itself', async () => {
  await using kore = await startSimulator(shared);
  await using gateway = await startTestGateway(kore, { settings });
  await using example = await openExample(gateway.url, days);
  const { page, origins, problems, url } = example;
  const askings: { readonly atMs: number; readonly waitMs: number }[] = [];
  page.on('response', async (response) => {
    if (!response.url().endsWith('/graphql')) return;
    const atMs = performance.now();
    const { data } = (await response.json()) as { readonly data: { readonly agents: { readonly coverage: Waits } } };
    askings.push({ atMs, waitMs: (data.agents.coverage.retryAfterSeconds ?? 0) * 1_000 });
  });

  const status = page.getByRole('status');
  await status.filter({ hasText: /^Partial: 4 of 6 days read, 320 conversations$/ }).waitFor();
  await page.getByText(/^again in \d s$/).waitFor();
  await page.getByText('Partial: ranks and figures will change').waitFor();
  await page.locator('.recharts-line-dot').first().waitFor();
  expect(await page.locator('.recharts-line-dot').count()).toBe(4);
  const figures = page.locator('dl.headline dd');
  for (const figure of await figures.allInnerTexts()) expect(figure).toMatch(/ so far$/);
  await page.screenshot({ path: 'artifacts/frontend-partial.png' });
  kore.set({ quotaLimit: 0 });

  await status.filter({ hasText: /^Complete, as of \d\d:\d\d$/ }).waitFor();
  await page.screenshot({ path: 'artifacts/frontend-whole.png' });
  expect(await figures.first().innerText()).toBe('480');
  expect(await page.getByText(/partial|so far|again in/i).count()).toBe(0);
  expect(await page.locator('.recharts-line-dot').count()).toBe(6);
  // Each page of the upstream once; and of the gateway no asking before its time.
  expect(kore.calls.filter(({ status: each }) => each !== 429).map(({ status: each }) => each)).toEqual([
    200, 200, 200, 200, 200, 200,
  ]);
  expect(askings.length).toBeGreaterThan(0);
  for (const [index, { atMs, waitMs }] of askings.entries()) {
    const following = askings[index + 1];
    if (following !== undefined) expect(following.atMs - atMs).toBeGreaterThanOrEqual(waitMs - clockSlackMs);
  }
  expect(problems).toEqual([]);
  expect([...origins]).toEqual([url]);
});

type Waits = { readonly complete: boolean; readonly retryAfterSeconds: number | null };

/** Both moments are taken where the answers arrive, which is in another process than the page's clock. */
const clockSlackMs = 200;

test('a list goes on only behind pages that are whole', async () => {
  await using kore = await startSimulator(shared);
  await using gateway = await startTestGateway(kore, { settings });
  await using example = await openExample(gateway.url, `${days}&conversations=all`);
  const { page, problems } = example;
  const askedFor: string[] = [];
  page.on('response', async (response) => {
    if (!response.url().endsWith('/graphql')) return;
    const { variables } = response.request().postDataJSON() as {
      readonly variables: { readonly after: string | null };
    };
    const { data } = (await response.json()) as {
      readonly data: { readonly conversations: { readonly coverage: Waits } };
    };
    const { complete } = data.conversations.coverage;
    askedFor.push(
      `${variables.after === null ? 'the first page' : 'a further page'}, ${complete ? 'whole' : 'partial'}`,
    );
  });
  await page.getByText('Partial: others may belong between these').waitFor();
  await page.keyboard.press('End');
  // The end of the list is in sight, and stays so while the same is asked for again.
  await expect.poll(() => askedFor.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(3);
  await page.screenshot({ path: 'artifacts/frontend-list-partial.png' });
  kore.set({ quotaLimit: 0 });
  await page.getByRole('status').filter({ hasText: 'Complete' }).waitFor();
  await scrollUntil(page, 300);
  const shown = await rowIds(page);
  expect(new Set(shown).size).toBe(shown.length);
  const firstWhole = askedFor.indexOf('the first page, whole');
  expect(new Set(askedFor.slice(0, firstWhole))).toEqual(new Set(['the first page, partial']));
  expect(new Set(askedFor.slice(firstWhole + 1))).toEqual(new Set(['a further page, whole']));
  expect(problems).toEqual([]);
});

test('an error is told by its code, and the button asks again', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 80, switches: { scopePublished: false } });
  await using gateway = await startTestGateway(kore);
  await using example = await openExample(gateway.url, '?from=2026-03-02&to=2026-03-02');
  const { page, problems } = example;
  const alert = page.getByRole('alert');
  await alert.filter({ hasText: 'The credential of the gateway may not read scores.' }).waitFor();
  expect(await alert.innerText()).toContain('UPSTREAM_FORBIDDEN');
  await page.screenshot({ path: 'artifacts/frontend-error.png' });
  kore.set({ scopePublished: true });
  await alert.getByRole('button', { name: 'Ask again' }).click();
  await page.getByRole('status').filter({ hasText: 'Complete' }).waitFor();
  expect(await alert.count()).toBe(0);
  expect(problems).toEqual([]);
});

test('where the gateway is gone the page says so, and where it comes back with another secret the list begins anew', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 400 });
  const first = await startTestGateway(kore, { settings: { CURSOR_SECRET: 'the-first-secret-of-cursors' } });
  await using example = await openExample(first.url, '?from=2026-03-02&to=2026-03-02&conversations=all');
  const { page } = example;
  await page.getByText('50 of 400 conversations').waitFor();
  const [firstId] = await rowIds(page);
  await first.close();
  await page.keyboard.press('End');
  const alert = page.getByRole('alert');
  await alert.filter({ hasText: 'The gateway can’t be reached.' }).waitFor();
  // What has been read stays in sight.
  expect((await rowIds(page))[0]).toBe(firstId);

  const anew = { CURSOR_SECRET: 'another-secret-of-cursors', PORT: new URL(first.url).port };
  await using _second = await startTestGateway(kore, { settings: anew });
  await alert.getByRole('button', { name: 'Ask again' }).click();
  await page.getByText('The list had changed too much to go on, so it begins anew.').waitFor();
  await scrollUntil(page, 300);
  const shown = await rowIds(page);
  expect(shown[0]).toBe(firstId);
  expect(new Set(shown).size).toBe(shown.length);
});
