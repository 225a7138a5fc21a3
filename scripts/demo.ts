import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Simulator, startSimulator } from '../test/simulator/simulator.ts';

/**
 * The gateway on a simulated account of 1,000 conversations a day and the real quota of 60 calls a minute, for looking around: no account,
 * no network. Ends with Ctrl-C, or with the gateway and its code.
 */
const conversationsPerDay = 1_000;
const readyWithinMs = 30_000;
const readyPollMs = 50;
const usualPort = 4_000;

buildPage();
const kore = await startSimulator({ conversationsPerDay, switches: { liveTail: true, tableOnlyFields: true } });
const port = await choosePort(process.env['PORT'] ?? '');
const gateway = startGateway(kore, port);
// Neither holds anything worth saving, so both go at once.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(0));
process.once('exit', () => gateway.kill('SIGKILL'));
gateway.once('exit', (code) => process.exit(code ?? 1));
const url = `http://127.0.0.1:${port}`;
await waitUntilReady(url);
console.log(welcome(url, kore.url));

/** Builds GraphiQL when it isn't there, or is older than what it is built from. */
function buildPage(): void {
  const built = fileOf('dist/graphiql/index.html');
  if (existsSync(built) && newestMs() <= statSync(built).mtimeMs) return;
  const vite = fileOf('node_modules/vite/bin/vite.js');
  if (!existsSync(vite)) throw new Error('GraphiQL is not built, and there is no Vite to build it: npm ci');
  console.log('Building GraphiQL, once ...');
  const { status } = spawnSync(process.execPath, [vite, 'build', fileOf('src/server/graphiql')], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function newestMs(): number {
  const sources = readdirSync(fileOf('src/server/graphiql')).map((name) => `src/server/graphiql/${name}`);
  return Math.max(...[...sources, 'package-lock.json'].map((path) => statSync(fileOf(path)).mtimeMs));
}

function startGateway({ url: baseUrl, account }: Simulator, gatewayPort: number): ChildProcess {
  // Settings for a real account would not suit the simulated one.
  const others = Object.entries(process.env).filter(([name]) => !/^(KORE|AUTH)_/.test(name));
  const flags = [
    '--enable-source-maps',
    '--disable-warning=ExperimentalWarning',
    '--heap-growing-percent=200',
    '--min-semi-space-size=16',
    '--max-semi-space-size=16',
  ];
  return spawn(process.execPath, [...flags, fileOf('src/main.ts')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      LOG_LEVEL: 'warn',
      HOST: '127.0.0.1',
      ...Object.fromEntries(others),
      PORT: String(gatewayPort),
      AUTH: 'none',
      // All that it has is made up: whoever reaches it may see it.
      AUTH_NONE_ON_NETWORK: 'true',
      GRAPHIQL: 'true',
      KORE_BASE_URL: baseUrl,
      KORE_ALLOW_INSECURE: 'true',
      KORE_ACCOUNT_ID: account.accountId,
      KORE_ORG_ID: account.orgId,
      KORE_STREAM_ID: account.streamId,
      KORE_CLIENT_ID: account.clientId,
      KORE_CLIENT_SECRET: account.clientSecret,
    },
  });
}

/** A gateway that ends while it is waited for ends this program too. */
async function waitUntilReady(origin: string): Promise<void> {
  const deadline = performance.now() + readyWithinMs;
  while (performance.now() < deadline) {
    const isReady = await fetch(`${origin}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await delay(readyPollMs);
  }
  throw new Error(`the gateway was not ready within ${readyWithinMs / 1000} s`);
}

function welcome(origin: string, koreUrl: string): string {
  const body = '{"query":"{ conversations(first: 3) { totalCount nodes { conversationId koreEvaluationScore } } }"}';
  return `
  GraphiQL   ${origin}/graphiql/
  GraphQL    ${origin}/graphql
  Simulator  ${koreUrl}  (${conversationsPerDay} conversations a day, 60 calls a minute)

  curl -s ${origin}/graphql -H 'content-type: application/json' -d '${body}'

  Ctrl-C stops it all.
`;
}

/** The port that was asked for, which must be free; otherwise the usual one, or any. */
async function choosePort(asked: string): Promise<number> {
  const wanted = asked === '' ? usualPort : Number(asked);
  try {
    return await listenOnce(wanted);
  } catch (error) {
    if (asked === '') return await listenOnce(0);
    console.error(`Port ${asked} can't be had (${error instanceof Error ? error.message : error}).`);
    process.exit(1);
  }
}

/** Takes a port for a moment, and says which: 0 is any. */
async function listenOnce(wanted: number): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return taken;
}

function fileOf(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
