import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { preview } from 'vite';
import { type OpenPage, openBrowser } from './page.ts';

/** The built example, served with a gateway behind it on the same origin, in a browser. */
export type OpenExample = OpenPage & { readonly url: string };

const root = fileURLToPath(new URL('../../examples/frontend', import.meta.url));

/** Serves what `npm run example:build` has built by Vite's own preview, and opens it at an address. */
export async function openExample(gatewayUrl: string, search: string): Promise<OpenExample> {
  const server = await preview({
    root,
    logLevel: 'silent',
    preview: { port: 0, proxy: { '/graphql': gatewayUrl } },
  });
  const opened = await openBrowser();
  const end = async () => {
    await opened[Symbol.asyncDispose]();
    await server.close();
  };
  const url = server.resolvedUrls?.local[0]?.replace(/\/$/, '');
  if (url === undefined) throw new Error('the preview listens nowhere');
  await opened.page.goto(`${url}/${search}`);
  return { ...opened, url, [Symbol.asyncDispose]: end };
}

/** The ids of the rows of the list, as they stand. */
export function rowIds(page: Page): Promise<readonly (string | null)[]> {
  return page.locator('tr[data-id]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-id')));
}

const scrollsMax = 100;

/** Scrolls to the end of the list until it has so many rows. Not with the End key: it scrolls to where the end was when the page was last painted, which rows that have just come are behind. */
export async function scrollUntil(page: Page, rowCount: number): Promise<void> {
  for (let scroll = 0; scroll < scrollsMax; scroll++) {
    const before = await page.locator('tr[data-id]').count();
    if (rowCount <= before) return;
    await page.evaluate('window.scrollTo({ top: document.documentElement.scrollHeight })');
    await page.locator('tr[data-id]').nth(before).waitFor({ state: 'attached' });
  }
  throw new Error(`fewer than ${rowCount} rows after ${scrollsMax} scrolls`);
}
