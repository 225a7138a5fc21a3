import { expect, test } from 'vitest';
import { examplesAt } from '../../src/server/graphiql/examples.ts';
import type { Connection } from '../gateway/harness.ts';
import { startTestGateway } from '../gateway/harness.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { execute, executeInMode, executeList, goToTab, openPage, typeVariables } from './page.ts';

const settings = { GRAPHIQL: 'true' };

test('GraphiQL opens with no other host to ask, runs an example, and goes on from the cursor of its answer', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1000 });
  await using gateway = await startTestGateway(kore, { settings });
  await using graphiql = await openPage(gateway.url);
  const { page, origins, problems } = graphiql;
  expect(await page.title()).toBe('Auto QA scores · GraphiQL');
  expect(await page.getByRole('tab').count()).toBe(8);

  const first = await executeList(page, 'FirstPage');
  await page.screenshot({ path: 'artifacts/graphiql-first-page.png' });
  const { rows } = kore.list({ ...instants(first.window), limit: 20 });
  const ids = rows.map(({ conversationId }) => conversationId);
  expect(idsOf(first)).toEqual(ids.slice(0, 10));

  await goToTab(page, 'NextPage');
  await typeVariables(page, { after: first.pageInfo.endCursor });
  const next = await executeList(page, 'NextPage');
  await page.screenshot({ path: 'artifacts/graphiql-next-page.png' });
  expect(idsOf(next)).toEqual(ids.slice(10));

  expect(problems).toEqual([]);
  expect([...origins]).toEqual([gateway.url]);
});

test('every example runs as it stands in its tab', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1000, switches: { tableOnlyFields: true } });
  await using gateway = await startTestGateway(kore, { settings });
  await using graphiql = await openPage(gateway.url);
  const { page, problems } = graphiql;
  const names = await page.getByRole('tab').allInnerTexts();
  expect(names).toHaveLength(examplesAt(0).length);
  for (const name of names) {
    await goToTab(page, name);
    expect(await execute(page, name)).toEqual({ status: 200, data: expect.anything() });
    // Variables of the tab before are still checked for a moment.
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
    await page.screenshot({ path: `artifacts/graphiql-${name}.png` });
  }
  expect(problems).toEqual([]);
});

test('the docs tell of conversations, and nothing of federation', async () => {
  await using kore = await startSimulator();
  await using gateway = await startTestGateway(kore, { settings });
  await using graphiql = await openPage(gateway.url);
  const { page, problems } = graphiql;
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  const docs = page.locator('.graphiql-doc-explorer');
  await docs.getByText('ConversationConnection').waitFor();
  expect(await docs.innerText()).not.toMatch(/federation|link__|_Service|_Any/);
  await docs.getByRole('link', { name: 'Query' }).click();
  await docs.getByRole('link', { name: 'conversations' }).waitFor();
  await page.screenshot({ path: 'artifacts/graphiql-docs.png' });
  expect(await docs.innerText()).not.toContain('_service');
  expect(problems).toEqual([]);
});

test('one click has questions planned, or their cost told, and it stays so', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 1000 });
  await using gateway = await startTestGateway(kore, { settings });
  await using graphiql = await openPage(gateway.url);
  const { page, problems } = graphiql;
  const modes = page.getByRole('group', { name: 'Upstream calls' });
  expect(await modes.getByRole('radio', { name: 'Run', exact: true }).isChecked()).toBe(true);

  await modes.getByLabel('Only plan').click();
  const planned = await executeInMode(page, 'FirstPage');
  expect(planned.headers).toMatchObject({ plan: '1', trace: undefined });
  expect(planned.body).toMatchObject({ data: null, extensions: { upstream: { plan: { least: 1, most: 1 } } } });
  await page.getByLabel('Result Window').locator('.view-lines').filter({ hasText: '"least"' }).waitFor();
  await page.screenshot({ path: 'artifacts/graphiql-plan.png' });
  expect(kore.callCount).toBe(0);

  // By the keyboard: one step back from the last is the trace.
  await modes.getByLabel('Only plan').press('ArrowUp');
  expect(await modes.getByLabel('tell the cost').isChecked()).toBe(true);
  const traced = await executeInMode(page, 'FirstPage');
  expect(traced.headers).toMatchObject({ plan: undefined, trace: '1' });
  expect(traced.body).toMatchObject({ data: {}, extensions: { upstream: { calls: 1 } } });

  await page.reload();
  await modes.waitFor();
  expect(await modes.getByLabel('tell the cost').isChecked()).toBe(true);
  await modes.getByRole('radio', { name: 'Run', exact: true }).click();
  const run = await executeInMode(page, 'FirstPage');
  expect(run.headers).toEqual({ plan: undefined, trace: undefined });
  expect(run.body).not.toHaveProperty('extensions');
  expect(problems).toEqual([]);
});

function idsOf({ nodes }: Connection): readonly string[] {
  return nodes.map(({ conversationId }) => conversationId);
}

function instants({ from, until }: Connection['window']): { readonly fromMs: number; readonly untilMs: number } {
  return { fromMs: Date.parse(from), untilMs: Date.parse(until) };
}
