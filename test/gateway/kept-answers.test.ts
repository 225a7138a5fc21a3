import { expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { startTestGateway } from './harness.ts';

const old = { from: '2024-03-01T00:00:00Z', until: '2024-03-02T00:00:00Z' };
const window = `window: { from: "${old.from}", until: "${old.until}" }`;
const list = `{ conversations(${window}, first: 5) { nodes { conversationId } } }`;
const summary = `{ scoreSummary(${window}) { conversationCount coverage { complete } } }`;
const never = 'private, no-store';

async function start(kore: Simulator, settings: Readonly<Record<string, string>> = {}, now: () => number = Date.now) {
  const gateway = await startTestGateway(kore, { settings, now });
  const ask = async (query: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') => {
    const response = await (method === 'GET'
      ? fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, { headers })
      : fetch(`${gateway.url}/graphql`, {
          method,
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ query }),
        }));
    return {
      kept: response.headers.get('cache-control'),
      vary: response.headers.get('vary'),
      text: await response.text(),
    };
  };
  return { ask, [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose]() };
}

test('unless the operator lets it, no answer is kept by anybody', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 20 });
  await using gateway = await start(kore);
  expect((await gateway.ask(list)).kept).toBe(never);
  expect((await gateway.ask(summary)).kept).toBe(never);
});

test('what rests on days that are over may be kept as long as the operator lets it, by whoever asks just the same', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 20 });
  await using gateway = await start(kore, { GET_ANSWERS_KEPT_SECONDS_MAX: '300', CORS_ORIGINS: 'https://app.example' });
  for (const query of [list, summary, `{ a: __typename ${summary.slice(1)}`]) {
    const { kept, vary, text } = await gateway.ask(query, {
      origin: 'https://app.example',
      'apollo-require-preflight': '1',
    });
    expect([kept, text.includes('errors')]).toEqual(['private, max-age=300', false]);
    expect(vary?.split(/, */).map((name) => name.toLowerCase())).toEqual(
      expect.arrayContaining(['origin', 'accept', 'authorization', 'router-authorization', 'x-upstream-trace']),
    );
  }
});

test('no longer than the first of what it rests on stays fresh', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 20 });
  await using gateway = await start(kore, {
    GET_ANSWERS_KEPT_SECONDS_MAX: '86400',
    FRESH_WEEK_MS: '90000',
    FRESH_OLDER_MS: '90000',
  });
  expect((await gateway.ask(list)).kept).toMatch(/^private, max-age=(89|90)$/);
  expect((await gateway.ask(summary)).kept).toMatch(/^private, max-age=(89|90)$/);
});

test('what may be otherwise a moment later is never kept', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 20 });
  await using gateway = await start(kore, { GET_ANSWERS_KEPT_SECONDS_MAX: '300' });
  const unread = '{ __typename }';
  const moment = `{ upstream { quota { remaining } } ${list.slice(1)}`;
  const refused = `{ broken: conversations(first: 9999) { totalCount } ${list.slice(1)}`;
  const sought = '{ conversation(conversationId: "c-1") { conversationId } }';
  // What somebody is called is learned from whatever is read, by whomever.
  const named = list.replace('conversationId', 'agents { name }');
  const asked = `{ agent(agentId: "a-1") { name } ${list.slice(1)}`;
  const ranked = `{ agents(${window}, orderBy: { field: NAME, direction: ASC }) { nodes { agentId } } }`;
  for (const query of [unread, moment, refused, sought, named, asked, ranked])
    expect((await gateway.ask(query)).kept).toBe(never);
  expect((await gateway.ask(list, {}, 'POST')).kept).toBe(never);
  expect((await gateway.ask(list, { 'x-upstream-trace': '1' })).kept).toBe(never);
  expect((await gateway.ask(list, { 'x-upstream-plan': '1' })).kept).toBe(never);
  expect((await gateway.ask('{ nonsense }')).kept).toBe(never);
});

test('an answer that is a part is never kept', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 20, switches: { quotaLimit: 1 } });
  await using gateway = await start(kore, {
    GET_ANSWERS_KEPT_SECONDS_MAX: '300',
    KORE_CALLS_PER_MINUTE: '1',
    OPERATION_DEADLINE_MS: '1000',
  });
  const days = `window: { from: "${old.from}", until: "2024-03-04T00:00:00Z" }`;
  const { kept, text } = await gateway.ask(`{ scoreSummary(${days}) { conversationCount coverage { complete } } }`);
  expect([kept, text]).toEqual([never, expect.stringContaining('"complete":false')]);
});

test.for([
  ['a day of 25 hours', '2025-10-26T22:59:30Z', 30],
  ['a day of 23 hours', '2025-03-30T21:59:30Z', 30],
  ['the hour before the clock is set back', '2025-10-26T00:30:00Z', 3_600],
] as const)('no longer than the day lasts where it is asked: %s', async ([, at, seconds]) => {
  const nowMs = Date.parse(at);
  await using kore = await startSimulator({ conversationsPerDay: 20 });
  const settings = {
    GET_ANSWERS_KEPT_SECONDS_MAX: '3600',
    FRESH_TODAY_MS: '7200000',
    FRESH_WEEK_MS: '7200000',
    TIME_ZONE: 'Europe/Berlin',
  };
  await using gateway = await start(kore, settings, () => nowMs);
  const { kept, text } = await gateway.ask('{ conversations(first: 5) { nodes { conversationId } } }');
  expect([kept, text]).toEqual([`private, max-age=${seconds}`, expect.stringContaining('"c-')]);
});
