import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayWindow } from '../gateway/asking.ts';
import { startTestGateway } from '../gateway/harness.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { type Authority, makeAuthority, openDoor, type Signed } from './certificates.ts';
import { errorOf } from './stand.ts';

/**
 * F18. The gateway trusts the authorities of its process and no others, so the test's own is added to those of this process, as NODE_EXTRA_CA_CERTS does for
 * a program. A door with a good certificate shows that the others are refused for what is wrong with them alone.
 */
const loopback = 'IP:127.0.0.1';
const trusted = getCACertificates('default');
let authority: Authority;

beforeAll(async () => {
  authority = await makeAuthority();
  setDefaultCACertificates([...trusted, authority.certificate]);
});
afterAll(() => {
  setDefaultCACertificates(trusted);
  authority.remove();
});

const query = `{ conversations(${dayWindow('2026-03-02')}, first: 500) { totalCount } }`;

async function askThrough(signed: Signed, maxVersion?: 'TLSv1.1') {
  await using kore = await startSimulator({ conversationsPerDay: 20 });
  await using door = await openDoor(kore, signed, maxVersion);
  await using gateway = await startTestGateway(door);
  const answer = await gateway.query(query);
  const { connectionCount } = door;
  const log = gateway.logLines.join('');
  return { answer, connectionCount, callCount: kore.callCount, log };
}

test('F18 a certificate that is signed by a trusted authority, for the right name, in its time: data', async () => {
  const { answer, callCount } = await askThrough(await authority.sign(loopback));
  expect(answer.data).toEqual({ conversations: { totalCount: 20 } });
  expect(callCount).toBe(1);
});

test.for<[string, () => Promise<Signed>, string, 'TLSv1.1'?]>([
  ['has expired', () => authority.sign(loopback, -1), 'CERT_HAS_EXPIRED'],
  ['is another’s', () => authority.sign('DNS:platform.example.com'), 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['nobody has signed', () => authority.signItself(loopback), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['comes by TLS 1.1', () => authority.sign(loopback), 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'TLSv1.1'],
])(
  'F18 a certificate that %s: refused by one connection, without a call, and its cause is in the log alone',
  async ([, signed, cause, maxVersion]) => {
    const { answer, connectionCount, callCount, log } = await askThrough(await signed(), maxVersion);
    // codes.md: unavailable is retryable by its code, whatever the cause; the gateway itself doesn't try again.
    expect(errorOf(answer)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
    expect([connectionCount, callCount]).toEqual([1, 0]);
    expect(log).toContain(`"cause":"${cause}"`);
    expect(JSON.stringify(answer)).not.toMatch(/CERT|TLS|SSL|127\.0\.0\.1/);
  },
);
