import { type Browser, chromium, type Page, type Request } from 'playwright-core';
import { type Answer, type Connection, connectionOf } from '../gateway/harness.ts';

/** A page in a browser that can reach nobody but this machine, and what went wrong in it. */
export type OpenPage = {
  readonly page: Page;
  /** Where it asked anything, as origins. */
  readonly origins: ReadonlySet<string>;
  /** Errors of its console, breaches of the CSP among them, and those that nobody caught. */
  readonly problems: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
};

/** Opens the gateway's front door and waits until GraphiQL has read the schema. */
export async function openPage(gatewayUrl: string): Promise<OpenPage> {
  const opened = await openBrowser();
  const { page } = opened;
  const schemaRead = page.waitForResponse((response) => operationOf(response.request()) === 'GraphiqlSchema');
  await page.goto(`${gatewayUrl}/`);
  await schemaRead;
  await page.getByLabel('Operation Editor').locator('.view-lines').filter({ hasText: 'query' }).waitFor();
  return opened;
}

/** An empty page that is watched from its first request on. */
export async function openBrowser(): Promise<OpenPage> {
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const origins = new Set<string>();
  const problems: string[] = [];
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  page.on('websocket', (socket) => origins.add(new URL(socket.url()).origin));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return { page, origins, problems, [Symbol.asyncDispose]: () => browser.close() };
}

async function launch(): Promise<Browser> {
  return await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
}

/** Goes to the tab of this example. GraphiQL reads a changed operation, and writes it down, only once it rests. */
export async function goToTab(page: Page, name: string): Promise<void> {
  const tab = page.getByRole('tab', { name });
  if ((await tab.getAttribute('aria-selected')) === 'true') return;
  await tab.getByRole('button', { name, exact: true }).click();
  await page.waitForFunction((text) => sessionStorage.getItem('graphiql:query')?.includes(text), `query ${name}`);
}

/** Replaces the variables below the operation by hand. */
export async function typeVariables(page: Page, variables: object): Promise<void> {
  const pane = page.getByLabel('Variables', { exact: true });
  await pane.locator('.graphiql-editor:not(.hidden) .view-lines').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(JSON.stringify(variables));
  // The editor has closed quotes and brackets of its own accord, behind the cursor.
  await page.keyboard.press('ControlOrMeta+Shift+End');
  await page.keyboard.press('Delete');
  await page.keyboard.press('ControlOrMeta+Home');
}

/** Presses the button, and gives what the gateway answered this operation with, once the page shows data. */
export async function execute(page: Page, operationName: string): Promise<Answer> {
  const answered = page.waitForResponse((response) => operationOf(response.request()) === operationName);
  await page.getByRole('button', { name: 'Execute query' }).click();
  const response = await answered;
  const answer: Answer = { status: response.status(), ...(await response.json()) };
  await page.getByLabel('Result Window').locator('.view-lines').filter({ hasText: '"data"' }).waitFor();
  return answer;
}

/** Presses the button, and gives how it was asked what it would or did cost, and the whole answer. */
export async function executeInMode(page: Page, operationName: string) {
  const answered = page.waitForResponse((response) => operationOf(response.request()) === operationName);
  await page.getByRole('button', { name: 'Execute query' }).click();
  const response = await answered;
  const sent = response.request().headers();
  const body: unknown = await response.json();
  return { headers: { plan: sent['x-upstream-plan'], trace: sent['x-upstream-trace'] }, body };
}

/** Runs an example of one list, and waits until its first row can be seen. */
export async function executeList(page: Page, operationName: string): Promise<Connection> {
  const connection = connectionOf(await execute(page, operationName));
  const [row] = connection.nodes;
  if (row === undefined) throw new Error(`${operationName} answered no row`);
  await page.getByLabel('Result Window').locator('.view-lines').filter({ hasText: row.conversationId }).waitFor();
  return connection;
}

function operationOf(request: Request): string | null {
  if (request.method() !== 'POST') return null;
  const asked: { readonly operationName?: string } = request.postDataJSON();
  return asked.operationName ?? null;
}
