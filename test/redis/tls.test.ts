import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { environmentOf } from '../gateway/environment.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { startRedis, unhurried, untilOpen } from './server.ts';

const run = promisify(execFile);

/** A certificate for localhost that only those trust who are told to. */
async function makeCertificate(folder: string): Promise<{ readonly key: string; readonly certificate: string }> {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  await run('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', certificate, ...subject]);
  return { key, certificate };
}

test('a gateway uses a store by TLS where it trusts its certificate, and else goes on without it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-tls-'));
  const { key, certificate } = await makeCertificate(folder);
  const port = await freePort();
  const tls = ['--tls-port', String(port), '--tls-cert-file', certificate, '--tls-key-file', key];
  await using redis = await startRedis(...tls, '--tls-ca-cert-file', certificate, '--tls-auth-clients', 'no');
  await using kore = await startSimulator({ conversationsPerDay: 40 });
  const environment = {
    PATH: process.env['PATH'] ?? '',
    PORT: '0',
    ...unhurried({ url: `rediss://localhost:${port}` }),
    ...environmentOf(kore),
  };
  /** What a gateway says of its store at the start, and how many keys there are after it was asked. */
  const start = async (trusted: Readonly<Record<string, string>>) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts'], {
      env: { ...environment, STOP_WAIT_MS: '0', ...trusted },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const messages: string[] = [];
    let answer: unknown;
    for await (const line of createInterface({ input: child.stdout })) {
      const { msg, url } = JSON.parse(line) as { msg: string; url: string };
      if (msg !== 'ready') {
        messages.push(msg);
        continue;
      }
      const ask = async (query: string) => {
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
        return (await response.json()) as { readonly data?: unknown };
      };
      if (messages.includes('the shared store can be reached')) await untilOpen(ask);
      answer = await ask(
        '{ conversations(window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }) { totalCount } }',
      );
      break;
    }
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
    return { messages, answer, keyCount: Number((await redis.command('DBSIZE')).slice(1)) };
  };
  try {
    const untrusting = await start({ STORE_CONNECT_MS: '2000' });
    expect(untrusting).toMatchObject({ messages: ['the shared store can not be reached'], keyCount: 0 });
    const trusting = await start({ NODE_EXTRA_CA_CERTS: certificate });
    expect(trusting.messages).toEqual(['the shared store can be reached']);
    expect(trusting.answer).toEqual({ data: { conversations: { totalCount: 40 } } });
    expect(trusting.keyCount).toBeGreaterThan(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
