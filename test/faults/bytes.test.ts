import { expect, test } from 'vitest';
import type { Fault } from '../simulator/faults.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { holdFault, holdOddity, type Outcome } from './row.ts';
import { errorOf, expectDiscreet, expectWholeList, expectWholeScan, openStand } from './stand.ts';
import { listOf, scanOf, truthOf } from './truth.ts';

/** Answers that are cut, padded, packed or no answers: what they lead to, and by how many calls. */
const gone: Outcome = { code: 'UPSTREAM_UNAVAILABLE', retryable: true, calls: 3 };
const bad = (reason: string, calls = 2): Outcome => ({ code: 'UPSTREAM_BAD_RESPONSE', reason, retryable: true, calls });
const tooLarge: Outcome = { code: 'UPSTREAM_TOO_LARGE', retryable: false, calls: 1 };

test.for<[string, Fault, Outcome]>([
  ['F5 half-closed, without a byte', { kind: 'half-close' }, gone],
  ['F6 reset before headers', { kind: 'reset-before-headers' }, gone],
  ['F6 reset in the middle of a body', { kind: 'reset-mid-body' }, gone],
  ['F6 closed in the middle of a body', { kind: 'fin-mid-body' }, gone],
  ['F7 JSON that was cut, with a true length', { kind: 'truncate' }, bad('TRUNCATED')],
  ['F8 JSON that was cut, ended by the connection', { kind: 'truncate-close-delimited' }, bad('TRUNCATED')],
  ['F8 JSON that was cut by a length that is too small', { kind: 'content-length', by: -10 }, bad('TRUNCATED')],
  ['F11 a page to sign in, as a 200', { kind: 'html', status: 200 }, bad('NOT_A_PAGE', 1)],
  ['F12 an empty 200', { kind: 'empty', status: 200 }, bad('EMPTY')],
  ['F12 a 204', { kind: 'empty', status: 204 }, bad('EMPTY')],
  ['F13 half a gzip', { kind: 'gzip-truncated' }, bad('BROKEN_TRANSFER')],
  ['F13 a body that says it is gzip, and is not', { kind: 'encoding', name: 'gzip' }, bad('BROKEN_TRANSFER')],
  ['F13 a body that says it is brotli, and is not', { kind: 'encoding', name: 'br' }, bad('BROKEN_TRANSFER')],
  ['F15 a flood of headers', { kind: 'header-flood', kilobytes: 40 }, bad('BROKEN_TRANSFER')],
  ['F15 a flood of 1xx', { kind: 'informational-flood', count: 5_000 }, bad('BROKEN_TRANSFER')],
  ['F15 bytes that are no HTTP', { kind: 'garbage' }, bad('BROKEN_TRANSFER')],
])('%s', async ([, fault, outcome]) => {
  await holdFault(fault, outcome);
});

test.for<[string, Fault]>([
  ['F10 JSON that is called plain text', { kind: 'delay', ms: 0 }],
  ['F13 a gzip', { kind: 'gzip' }],
  ['F13 a gzip of a gzip', { kind: 'gzip-twice' }],
  ['F13 an encoding that nobody knows, around a plain body', { kind: 'encoding', name: 'snappy' }],
  ['F15 a few 1xx', { kind: 'informational-flood', count: 20 }],
])('%s is taken as it is', async ([, fault]) => {
  await holdOddity(fault, { switches: { contentType: 'text/plain' } });
});

/** Memory as the machine counts it, at its highest while something is done. */
async function risenBy(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage.rss();
  let highest = before;
  const looking = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
  }, 5);
  await work();
  clearInterval(looking);
  return Math.max(highest, process.memoryUsage.rss()) - before;
}

const megabyte = 1024 * 1024;

test('F13 a bomb of 200 megabytes in gzip is too large, and costs less than 64 of memory', async () => {
  await holdOddity({ kind: 'gzip' });
  expect(await risenBy(() => holdFault({ kind: 'gzip-bomb', megabytes: 200 }, tooLarge))).toBeLessThan(64 * megabyte);
});

test('F14 a page of 50 megabytes is too large, and costs less than 64 of memory', async () => {
  expect(await risenBy(() => holdFault({ kind: 'big-body', megabytes: 50 }, tooLarge))).toBeLessThan(64 * megabyte);
});

test('F6 what is read again is read as a whole: two versions of a page are never joined', async () => {
  await using stand = await openStand({ conversationsPerDay: 60 });
  const { kore } = stand;
  kore.fault({ kind: 'reset-mid-body' });
  kore.beforeCall((callIndex) => {
    if (callIndex !== 1) return;
    // The newer version has other rows from the first to the last.
    for (const conversationId of truthOf(stand.kore).ids.filter((_, at) => at % 2 === 0)) kore.remove(conversationId);
    kore.insert({ startMs: Date.parse('2026-03-02T00:00:01Z'), count: 7 });
  });
  expectWholeList(stand, await stand.ask(listOf()));
  expect(kore.calls.map(({ headers }) => 'range' in headers)).toEqual([false, false]);
});

test('F9 surplus bytes behind an answer reach nobody, over one connection that all share', async () => {
  await using stand = await openStand({ settings: { KORE_CALLS_IN_FLIGHT_MAX: '1' } });
  stand.kore.fault({ kind: 'surplus', times: 'all' });
  for (let round = 1; round <= 20; round++) {
    const date = `2026-02-${String(round).padStart(2, '0')}`;
    const [list, scan] = await Promise.all([stand.ask(listOf(date)), stand.ask(scanOf(date))]);
    expectWholeList(stand, list, date);
    expectWholeScan(stand, scan, date);
  }
  expectDiscreet(stand);
});

test('F15 headers that end in the middle of nothing, and a status that is none', async () => {
  for (const text of [
    'HTTP/1.1 999999 OK\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 7\r\n\r\n{}',
  ]) {
    await using stand = await openStand();
    stand.kore.fault({ kind: 'surplus', text, times: 'all' });
    for (const date of ['2026-03-02', '2026-03-03', '2026-03-04']) {
      expectWholeList(stand, await stand.ask(listOf(date)), date);
    }
    expectDiscreet(stand);
  }
});

test.for([301, 302, 303, 307, 308] as const)(
  'F16 a redirect (%i) is refused, and no credential goes elsewhere',
  async (status) => {
    await using elsewhere = await startSimulator();
    const path = `/qualityai/api/v1/public/qualitymanagement/app/${elsewhere.account.streamId}/scorereporting`;
    await holdFault({ kind: 'redirect', location: `${elsewhere.url}${path}`, status }, bad('NOT_A_PAGE', 1));
    expect(elsewhere.callCount).toBe(0);
  },
);

test('F16 a redirect to a machine’s own metadata is refused, and its address told to nobody', async () => {
  await using stand = await openStand({
    faults: [{ kind: 'redirect', location: 'http://169.254.169.254/latest/meta-data', times: 'all' }],
  });
  const answer = await stand.ask(listOf());
  expect(errorOf(answer)).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', reason: 'NOT_A_PAGE' });
  expect(JSON.stringify(answer) + stand.gateway.logLines.join('')).not.toContain('169.254');
});
