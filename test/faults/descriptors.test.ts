import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { startProgram } from '../gateway/program.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { listOf } from './truth.ts';

/** Asks by a connection that stays. */
function ask(agent: Agent, url: string, query = listOf()): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/graphql`, { agent, method: 'POST', headers: { 'content-type': 'application/json' } });
    asked.once('error', reject).once('response', async (response) => {
      resolve(Buffer.concat(await response.toArray()).toString());
    });
    asked.end(JSON.stringify({ query }));
  });
}

test('F71 out of file descriptors: connections beyond them are closed, who is connected is told, and all is well once there are some', async () => {
  await using kore = await startSimulator();
  await using program = await startProgram(kore);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { pid = 0 } = program.child;
  const open = () => readdirSync(`/proc/${pid}/fd`).length;
  const get = (path: string) =>
    fetch(`${program.url}${path}`).then(
      ({ status }) => status,
      () => 0,
    );
  // Who is connected already stays so.
  expect(await ask(agent, program.url, '{ __typename }')).toContain('Query');
  const mostOpen = open() + 8;
  execFileSync('prlimit', ['--pid', String(pid), `--nofile=${mostOpen}:`]);
  const { hostname, port } = new URL(program.url);
  const sockets: Socket[] = [];
  let closedCount = 0;
  for (let each = 0; each < 40; each++) {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined).once('close', () => (closedCount += 1));
    sockets.push(socket);
  }
  await expect.poll(() => closedCount, { timeout: 10_000 }).toBeGreaterThan(20);
  expect(await get('/live')).toBe(0);
  // The upstream is out of reach too.
  expect(JSON.parse(await ask(agent, program.url))).toMatchObject({
    data: { conversations: null },
    errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true } }],
  });
  for (const socket of sockets) socket.destroy();
  await expect.poll(() => get('/live'), { timeout: 10_000 }).toBe(200);
  expect(JSON.parse(await ask(agent, program.url))).toMatchObject({ data: { conversations: { totalCount: 1_000 } } });
  agent.destroy();
  expect(program.child.exitCode).toBeNull();
});
