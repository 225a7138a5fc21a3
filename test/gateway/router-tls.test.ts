import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectPlainly } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { startTestGateway } from './harness.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'gateway-router-'));
const fileOf = (name: string, kind: 'key' | 'crt') => join(folder, `${name}.${kind}`);

/** A certificate of its own, or one that an authority has signed. */
async function makeCertificate(name: string, authority?: string): Promise<void> {
  const newKey = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    fileOf(name, 'key'),
  ];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
  const signer = authority === undefined ? [] : ['-CA', fileOf(authority, 'crt'), '-CAkey', fileOf(authority, 'key')];
  await run('openssl', ['req', '-x509', ...newKey, ...subject, ...signer, '-out', fileOf(name, 'crt')]);
}

afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(async () => {
  for (const name of ['server', 'authority', 'stranger']) await makeCertificate(name);
  await makeCertificate('router', 'authority');
  await makeCertificate('somebody', 'stranger');
});

const settings = {
  HTTPS_KEY_FILE: fileOf('server', 'key'),
  HTTPS_CERT_FILE: fileOf('server', 'crt'),
  ROUTER_CA_FILE: fileOf('authority', 'crt'),
};

/** A connection, and the session by which it can be resumed. */
type Connected = { readonly socket: TLSSocket; readonly session: Promise<Buffer> };

/** Shows this certificate, or none. */
async function connectTo(url: string, { name, session }: { name?: string; session?: Buffer }): Promise<Connected> {
  const ca = readFileSync(fileOf('server', 'crt'));
  const resumed = session === undefined ? {} : { session };
  const shown =
    name === undefined ? {} : { key: readFileSync(fileOf(name, 'key')), cert: readFileSync(fileOf(name, 'crt')) };
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port), ca, ...resumed, ...shown });
  const next = new Promise<Buffer>((resolve) => socket.once('session', resolve));
  await once(socket, 'secureConnect');
  return { socket, session: next };
}

/** Asks for the SDL by a connection, which ends then. */
async function askForSdl({ socket }: Connected): Promise<string> {
  const headers = 'host: gateway\r\napollo-require-preflight: 1\r\nconnection: close';
  socket.write(`GET /graphql?query={_service{sdl}} HTTP/1.1\r\n${headers}\r\n\r\n`);
  return Buffer.concat(await socket.toArray()).toString();
}

const refusal = /Cannot query field \\"_service\\".*GRAPHQL_VALIDATION_FAILED/;

test('the router is known by a certificate of its authority, and nobody else is', async () => {
  await using kore = await startSimulator();
  await using gateway = await startTestGateway(kore, { settings });
  expect(gateway.url).toMatch(/^https:/);
  expect(await askForSdl(await connectTo(gateway.url, { name: 'router' }))).toContain('type Query {');
  for (const shown of [{}, { name: 'somebody' }, { name: 'server' }])
    expect(await askForSdl(await connectTo(gateway.url, shown))).toMatch(refusal);
  expect(kore.callCount).toBe(0);
});

test('a client without a certificate that resumes a session is not the router either', async () => {
  await using kore = await startSimulator();
  await using gateway = await startTestGateway(kore, { settings });
  const first = await connectTo(gateway.url, {});
  await askForSdl(first);
  const second = await connectTo(gateway.url, { session: await first.session });
  expect([second.socket.isSessionReused(), second.socket.getProtocol()]).toEqual([true, 'TLSv1.3']);
  expect(await askForSdl(second)).toMatch(refusal);
});

test('without an authority nobody is asked for a certificate, and nobody is the router', async () => {
  await using kore = await startSimulator();
  const { ROUTER_CA_FILE: _, ...https } = settings;
  await using gateway = await startTestGateway(kore, { settings: https });
  expect(await askForSdl(await connectTo(gateway.url, { name: 'router' }))).toMatch(refusal);
});

test('A47 whoever offers HTTP/2 is spoken to in HTTP/1.1, and frames of it are no request', async () => {
  await using kore = await startSimulator();
  await using gateway = await startTestGateway(kore, { settings });
  const ca = readFileSync(fileOf('server', 'crt'));
  const socket = connect({
    host: '127.0.0.1',
    port: Number(new URL(gateway.url).port),
    ca,
    ALPNProtocols: ['h2', 'http/1.1'],
  });
  await once(socket, 'secureConnect');
  expect(socket.alpnProtocol).toBe('http/1.1');
  // The preface, and the resets of a hundred streams that were never begun (RFC 9113, 3.4 and 6.4).
  const reset = (stream: number) => Buffer.from([0, 0, 4, 3, 0, 0, 0, 0, stream, 0, 0, 0, 8]);
  const resets = Array.from({ length: 100 }, (_, at) => reset(2 * at + 1));
  socket.write(Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), ...resets]));
  expect(Buffer.concat(await socket.toArray()).toString()).toMatch(/^HTTP\/1\.1 (400|505) /);
  expect(kore.callCount).toBe(0);
});

test('connections that never shake hands are closed in time, and hold up nobody', async () => {
  await using kore = await startSimulator();
  const { ROUTER_CA_FILE: _, ...https } = settings;
  await using gateway = await startTestGateway(kore, {
    settings: { ...https, HTTP_CONNECTIONS_MAX: '3', HTTP_HEADERS_TIMEOUT_MS: '300' },
  });
  const silent = Array.from({ length: 3 }, () => connectPlainly(Number(new URL(gateway.url).port), '127.0.0.1'));
  await Promise.all(silent.map((socket) => once(socket.resume(), 'close')));
  expect(await askForSdl(await connectTo(gateway.url, {}))).toMatch(refusal);
});

test('a container asks for its health as it speaks', async () => {
  await using kore = await startSimulator();
  await using secure = await startTestGateway(kore, { settings });
  await using plain = await startTestGateway(kore);
  const isHealthy = async ({ url }: { readonly url: string }, environment: Readonly<Record<string, string>>) =>
    await run(process.execPath, ['scripts/healthy.ts'], {
      env: { PORT: new URL(url).port, ...environment },
    }).then(
      () => true,
      () => false,
    );
  expect(await isHealthy(secure, settings)).toBe(true);
  expect(await isHealthy(plain, {})).toBe(true);
  expect(await isHealthy(secure, {})).toBe(false);
});

test('a key that can not be read ends the start', async () => {
  await using kore = await startSimulator();
  const missing = startTestGateway(kore, { settings: { ...settings, HTTPS_KEY_FILE: join(folder, 'none.key') } });
  await expect(missing).rejects.toThrow('none.key');
  const foreign = startTestGateway(kore, { settings: { ...settings, HTTPS_KEY_FILE: fileOf('router', 'key') } });
  await expect(foreign).rejects.toThrow();
});
