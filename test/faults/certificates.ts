import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type SecureVersion } from 'node:tls';
import { promisify } from 'node:util';
import type { Simulator } from '../simulator/simulator.ts';

const run = promisify(execFile);

/** An authority of the test's own, and what it signs. */
export type Authority = {
  readonly certificate: string;
  /** A key and a certificate for a name of subjectAltName, valid from now for so many days; fewer than none has expired. */
  sign(name: string, dayCount?: number): Promise<Signed>;
  /** The same, signed by nobody but itself. */
  signItself(name: string): Promise<Signed>;
  remove(): void;
};

export type Signed = { readonly key: string; readonly cert: string };

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes an authority, in a folder of its own. */
export async function makeAuthority(): Promise<Authority> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-authority-'));
  const fileOf = (name: string) => join(folder, name);
  const read = (name: string) => readFileSync(fileOf(name), 'utf8');
  const request = async (subject: readonly string[], out: string, ...more: readonly string[]) => {
    await run('openssl', ['req', ...more, ...newKey, '-keyout', fileOf(`${out}.key`), ...subject, '-out', fileOf(out)]);
  };
  await request(['-subj', '/CN=authority', '-days', '2'], 'authority.crt', '-x509');
  let count = 0;
  return {
    certificate: read('authority.crt'),
    async sign(name, dayCount = 2) {
      count += 1;
      const out = `signed-${count}`;
      await request(['-subj', `/CN=${out}`], `${out}.csr`);
      writeFileSync(fileOf(`${out}.ext`), `subjectAltName=${name}`);
      const signer = ['-CA', fileOf('authority.crt'), '-CAkey', fileOf('authority.crt.key'), '-CAcreateserial'];
      const files = ['-in', fileOf(`${out}.csr`), '-extfile', fileOf(`${out}.ext`), '-out', fileOf(`${out}.crt`)];
      await run('openssl', ['x509', '-req', ...files, ...signer, '-days', String(dayCount)]);
      return { key: read(`${out}.csr.key`), cert: read(`${out}.crt`) };
    },
    async signItself(name) {
      await request(['-subj', '/CN=itself', '-days', '2', '-addext', `subjectAltName=${name}`], 'itself.crt', '-x509');
      return { key: read('itself.crt.key'), cert: read('itself.crt') };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** A door of TLS before a simulator. */
export type Door = {
  readonly url: string;
  readonly account: Simulator['account'];
  /** Connections that came, whether or not TLS was agreed on. */
  readonly connectionCount: number;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Opens it; a newest version of TLS may be set. */
export async function openDoor(kore: Simulator, signed: Signed, maxVersion?: SecureVersion): Promise<Door> {
  const target = new URL(kore.url);
  // Versions that openssl by itself no longer speaks.
  const old = maxVersion === undefined ? {} : { maxVersion, minVersion: maxVersion, ciphers: 'DEFAULT:@SECLEVEL=0' };
  let connectionCount = 0;
  const server = createServer({ ...signed, ...old }, (socket) => {
    const behind = connect(Number(target.port), target.hostname);
    socket.pipe(behind).pipe(socket);
    for (const each of [socket, behind]) each.on('error', () => each.destroy());
    socket.on('close', () => behind.destroy());
  });
  const sockets = new Set<{ destroy(): unknown }>();
  server.on('connection', (socket) => {
    connectionCount += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `https://127.0.0.1:${address.port}`,
    account: kore.account,
    get connectionCount() {
      return connectionCount;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
