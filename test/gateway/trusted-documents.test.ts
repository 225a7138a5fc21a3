import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConversationPageDocument, LeaderboardDocument } from '../../examples/frontend/src/graphql/graphql.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { errorsOf, got, json, posted, send } from './attacking.ts';
import { type GatewayUnderTest, startTestGateway } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'trusted-'));
afterAll(() => rmSync(folder, { recursive: true }));

const idOf = (body: string) => createHash('sha256').update(body).digest('hex');
/** What the example's frontend sends. */
const documents = [ConversationPageDocument, LeaderboardDocument].map(String);
const [page = '', leaderboard = ''] = documents;
const window = { from: '2026-03-02T00:00:00Z', until: '2026-03-03T00:00:00Z' };
const variables = { window, first: 2 };

const manifests = {
  "Apollo's manifest": {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: documents.map((body) => ({ id: idOf(body), body, name: 'Named', type: 'query' })),
  },
  'a document by each id': Object.fromEntries(documents.map((body) => [idOf(body), body])),
};

function written(name: string, value: unknown): string {
  const path = join(folder, `${name.replaceAll(/\W/g, '-')}.json`);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

describe.for(Object.entries(manifests))('where nothing else runs than %s', ([name, manifest]) => {
  let kore: Simulator;
  let gateway: GatewayUnderTest;
  beforeAll(async () => {
    kore = await startSimulator({ conversationsPerDay: 10 });
    const settings = {
      TRUSTED_DOCUMENTS_FILE: written(name, manifest),
      TRUSTED_DOCUMENTS_ONLY: 'true',
      ROUTER_SECRET: 'the-secret-of-a-router',
    };
    gateway = await startTestGateway(kore, { settings });
  });
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await kore[Symbol.asyncDispose]();
  });

  test.for([
    ['by its id', posted({ documentId: idOf(page), variables })],
    ['by its id with the name of its hash', posted({ documentId: `sha256:${idOf(page)}`, variables })],
    [
      "as Apollo's clients ask",
      posted({ extensions: { persistedQuery: { version: 1, sha256Hash: idOf(page) } }, variables }),
    ],
    ['by its text', posted({ query: page, variables })],
    ['by both', posted({ query: page, documentId: idOf(page), operationName: 'ConversationPage', variables })],
    ['by GET', got({ documentId: idOf(page), variables: JSON.stringify(variables) })],
  ] as const)('a listed document runs, asked for %s', async ([, sent]) => {
    const { status, text } = await send(gateway.url, sent);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ data: { conversations: { totalCount: 10 } } });
  });

  test.for([
    ['a text that is not listed', posted({ query: '{ __typename }' })],
    ['one that differs by a blank', posted({ query: `${page} `, variables })],
    ['introspection', posted({ query: '{ __schema { queryType { name } } }' })],
    ['a field that there is not', posted({ query: '{ nothing }' })],
    ['what is no document', posted({ query: '{' })],
    ['a mutation', posted({ query: 'mutation { x }' })],
    [
      'a document with its own hash',
      posted({
        query: '{ __typename }',
        extensions: { persistedQuery: { version: 1, sha256Hash: idOf('{ __typename }') } },
      }),
    ],
    ['nothing', posted({ variables: {} })],
    [
      "a secret that is not the router's",
      posted({ query: '{ __typename }' }, { ...json, 'router-authorization': 'another-secret-of-16' }),
    ],
  ] as const)('refused in the same words is %s', async ([, sent]) => {
    const before = kore.callCount;
    const answer = await send(gateway.url, sent);
    expect(answer.status).toBe(403);
    expect(errorsOf(answer)).toEqual([
      {
        message: 'This gateway runs the documents of its list alone',
        extensions: {
          code: 'FORBIDDEN',
          reason: 'UNTRUSTED_DOCUMENT',
          retryable: false,
          requestId: expect.any(String),
        },
      },
    ]);
    expect(kore.callCount).toBe(before);
  });

  test.for([
    ['an id', { documentId: 'another' }],
    ['a hash', { extensions: { persistedQuery: { version: 1, sha256Hash: idOf('{ __typename }') } } }],
    ['what every object has', { documentId: '__proto__' }],
    ['what every map has', { documentId: 'constructor' }],
  ])('nobody knows a document by %s that is not listed', async ([, body]) => {
    const answer = await send(gateway.url, posted(body as object));
    expect(answer.status).toBe(200);
    expect(errorsOf(answer)[0]?.extensions['code']).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  test('an id and a text that is another document contradict each other', async () => {
    const answer = await send(gateway.url, posted({ documentId: idOf(page), query: leaderboard, variables }));
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'DOCUMENT_ID' });
  });

  test('variables are judged as always', async () => {
    const answer = await send(gateway.url, posted({ documentId: idOf(page), variables: { window, first: 501 } }));
    expect(errorsOf(answer)[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'PAGE_SIZE' });
  });

  test('the router brings documents of its own', async () => {
    const headers = { ...json, 'router-authorization': 'the-secret-of-a-router' };
    const { text } = await send(gateway.url, posted({ query: '{ _service { sdl } }' }, headers));
    expect(text).toContain('@key');
  });
});

test('beside a list other documents run, unless they say to have a hash that they have not', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  const settings = { TRUSTED_DOCUMENTS_FILE: written('beside', manifests['a document by each id']) };
  await using gateway = await startTestGateway(kore, { settings });
  const persisted = (hash: string) =>
    posted({ query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: hash } } });
  expect((await send(gateway.url, posted({ query: '{ __typename }' }))).status).toBe(200);
  expect((await send(gateway.url, posted({ documentId: idOf(page), variables }))).status).toBe(200);
  expect((await send(gateway.url, persisted(idOf('{ __typename }')))).text).toBe('{"data":{"__typename":"Query"}}\n');
  expect((await send(gateway.url, persisted(`sha256:${idOf('{ __typename }')}`))).status).toBe(200);
  expect(errorsOf(await send(gateway.url, persisted(idOf('another'))))[0]?.extensions['reason']).toBe('DOCUMENT_ID');
});

test('a list may have the name of the hash in its ids', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  const list = { [`sha256:${idOf(page)}`]: page };
  const settings = { TRUSTED_DOCUMENTS_FILE: written('prefixed', list), TRUSTED_DOCUMENTS_ONLY: 'true' };
  await using gateway = await startTestGateway(kore, { settings });
  const { text } = await send(gateway.url, posted({ documentId: `sha256:${idOf(page)}`, variables }));
  expect(JSON.parse(text)).toMatchObject({ data: { conversations: { totalCount: 10 } } });
});

test.for<[title: string, value: unknown, problem: RegExp]>([
  ['no JSON', '{', /can't be read as JSON/],
  ['a list', [], /no list of documents/],
  ['no document', {}, /lists no document/],
  ['another format', { format: 'another', version: 1, operations: [] }, /format/],
  ['another version', { ...manifests["Apollo's manifest"], version: 2 }, /format/],
  ['an entry without a body', { a: 7 }, /no document with an id/],
  [
    'an id twice',
    {
      ...manifests["Apollo's manifest"],
      operations: [
        { id: 'a', body: '{ __typename }' },
        { id: 'a', body: '{ __typename }' },
      ],
    },
    /id a comes twice/,
  ],
  ['an id twice in an object', '{"a":"{ __typename }","a":"{ agents { totalCount } }"}', /has a key twice/],
  ['the same id twice, once escaped', '{"a":"{ __typename }","\\u0061":"{ __typename }"}', /has a key twice/],
  ['what is no document', { broken: '{' }, /document broken: Syntax Error/],
  ['a field that there is not', { misspelt: '{ nothing }' }, /document misspelt: Cannot query field/],
  ['a mutation', { change: 'mutation { __typename }' }, /document change: /],
  ['more than a document may hold', { wide: `{ ${'__typename '.repeat(31)} }` }, /document wide: .*30/],
])('it does not start with a list that has %s, and says where', async ([title, value, problem]) => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  const settings = { TRUSTED_DOCUMENTS_FILE: written(title, value) };
  await expect(startTestGateway(kore, { settings })).rejects.toThrow(problem);
});

test('it does not start without the list that it is told of', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 10 });
  await expect(
    startTestGateway(kore, { settings: { TRUSTED_DOCUMENTS_FILE: join(folder, 'nowhere.json') } }),
  ).rejects.toThrow(/nowhere\.json/);
});
