import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../src/kore/answer.ts';

const now = Date.parse('2026-03-23T12:00:00Z');
const page = '{"results":[],"totalResults":0,"hasMore":false,"totalPages":0}';

const sentences = [
  "You've exceeded the per-minute rate limit. Wait for sometime before retrying.",
  "You've exceeded the per-minute rate limit. Please wait for sometime before retrying.",
  'Rate limit for this API has been reached. Please try again after some time.',
];
const envelopes: readonly [string, (words: string) => string][] = [
  ['errors[].msg', (msg) => JSON.stringify({ errors: [{ msg, code: 400 }] })],
  ['errors[].message', (message) => JSON.stringify({ errors: [{ message }] })],
  ['a later error', (msg) => JSON.stringify({ errors: [{ msg: 'first' }, { msg }] })],
  ['errors that are no list', (msg) => JSON.stringify({ errors: { msg } })],
  ['message', (message) => JSON.stringify({ message })],
  ['msg', (msg) => JSON.stringify({ msg })],
  ['error', (error) => JSON.stringify({ error })],
  ['error.message', (message) => JSON.stringify({ error: { message } })],
  ['plain text', (words) => words],
  ['in capitals', (words) => words.toUpperCase()],
  ['html', (words) => `<!DOCTYPE html><style>${'b{}'.repeat(5_000)}</style><p>${words}</p>`],
];

describe('a refusal for the rate is recognised in any envelope under any status', () => {
  test.for(envelopes)('%s', ([, spell]) => {
    for (const sentence of sentences) {
      for (const status of [200, 400, 401, 403, 412, 429, 500, 503]) {
        expect(readAnswer(answerOf(status, spell(sentence)), now)).toMatchObject({
          kind: 'fault',
          fault: {
            failure: { code: 'UPSTREAM_BUDGET_EXHAUSTED', reason: 'REFUSED' },
            retry: 'always',
            isRefusal: true,
          },
        });
      }
    }
  });
});

test('429 is a refusal whatever the body says, and its time to wait is noted', () => {
  for (const body of ['', page, '<html>', '{"errors":[{"msg":"Invalid JWT token","code":4002}]}']) {
    const reading = readAnswer(answerOf(429, body, '17'), now);
    expect(reading).toMatchObject({ fault: { isRefusal: true, retryAfterMs: 17_000 } });
  }
  expect(readAnswer(answerOf(429, ''), now)).not.toHaveProperty('fault.retryAfterMs');
});

describe('an answer that is no page has one code, and one rule for asking again', () => {
  const envelope = (msg: string, code: number) => JSON.stringify({ errors: [{ msg, code }] });
  test.for<[number, string, string, string, string | undefined]>([
    [401, envelope('Invalid SDK credentials', 4002), 'UPSTREAM_AUTH', 'fresh-token', undefined],
    [401, envelope('Invalid JWT token', 4002), 'UPSTREAM_AUTH', 'fresh-token', undefined],
    [401, envelope('error verifying the jwt: possibly a replay', 401), 'UPSTREAM_AUTH', 'fresh-token', undefined],
    [401, '', 'UPSTREAM_AUTH', 'fresh-token', undefined],
    [400, envelope('Invalid SDK credentials', 4002), 'UPSTREAM_AUTH', 'fresh-token', undefined],
    [400, envelope('if "jti" claim "exp" must be <= 1 hour(s)', 401), 'UPSTREAM_AUTH', 'fresh-token', undefined],
    [401, envelope('Permission denied. Scope is incorrect!', 4002), 'UPSTREAM_FORBIDDEN', 'never', 'SCOPE'],
    [403, '', 'UPSTREAM_FORBIDDEN', 'never', undefined],
    [400, envelope('Invalid StreamId', 400), 'UPSTREAM_NOT_FOUND', 'never', 'STREAM'],
    [404, '<html>', 'UPSTREAM_NOT_FOUND', 'never', 'STREAM'],
    [400, envelope('whatever', 400), 'UPSTREAM_BAD_RESPONSE', 'never', 'REJECTED'],
    [412, envelope('Validation errors/ Invalid arguments', 412), 'UPSTREAM_BAD_RESPONSE', 'never', 'REJECTED'],
    [403, envelope('Invalid values in the body', 403), 'UPSTREAM_BAD_RESPONSE', 'never', 'REJECTED'],
    [405, envelope('Method Not Allowed', 405), 'UPSTREAM_BAD_RESPONSE', 'never', 'REJECTED'],
    [500, envelope('Internal', 500), 'UPSTREAM_UNAVAILABLE', 'once', undefined],
    [501, '', 'UPSTREAM_UNAVAILABLE', 'once', undefined],
    [502, '<html>', 'UPSTREAM_UNAVAILABLE', 'always', undefined],
    [503, '', 'UPSTREAM_UNAVAILABLE', 'always', undefined],
    [504, '', 'UPSTREAM_UNAVAILABLE', 'always', undefined],
    [503, page, 'UPSTREAM_UNAVAILABLE', 'always', undefined],
    [301, '', 'UPSTREAM_BAD_RESPONSE', 'never', 'NOT_A_PAGE'],
    [302, page, 'UPSTREAM_BAD_RESPONSE', 'never', 'NOT_A_PAGE'],
    [304, '', 'UPSTREAM_BAD_RESPONSE', 'never', 'NOT_A_PAGE'],
    [204, '', 'UPSTREAM_BAD_RESPONSE', 'once', 'EMPTY'],
    [200, '', 'UPSTREAM_BAD_RESPONSE', 'once', 'EMPTY'],
    [200, ' \r\n', 'UPSTREAM_BAD_RESPONSE', 'once', 'EMPTY'],
    [206, page, 'UPSTREAM_BAD_RESPONSE', 'never', 'NOT_A_PAGE'],
    [200, page.slice(0, -1), 'UPSTREAM_BAD_RESPONSE', 'once', 'TRUNCATED'],
    [200, '<html>', 'UPSTREAM_BAD_RESPONSE', 'never', 'NOT_A_PAGE'],
    [200, envelope('Internal processing error', 500), 'UPSTREAM_BAD_RESPONSE', 'once', 'REJECTED'],
    [200, envelope('Unauthorized', 401), 'UPSTREAM_AUTH', 'fresh-token', undefined],
    [200, envelope('Forbidden', 403), 'UPSTREAM_FORBIDDEN', 'never', undefined],
    [200, '{"errors":["something"]}', 'UPSTREAM_BAD_RESPONSE', 'never', 'REJECTED'],
  ])('%i %s', ([status, body, code, retry, reason]) => {
    const reading = readAnswer(answerOf(status, body), now);
    expect(reading).toMatchObject({ kind: 'fault', fault: { failure: { code, reason }, retry } });
  });
});

test('the time that a 503 asks for is noted', () => {
  expect(readAnswer(answerOf(503, '', '3'), now)).toMatchObject({ fault: { retryAfterMs: 3_000 } });
});

test('a page is a page whatever else its envelope holds, so long as it names no error', () => {
  for (const extra of ['"message":"Success"', '"errors":[]', '"errors":null', '"code":200']) {
    expect(readAnswer(answerOf(200, `${page.slice(0, -1)},${extra}}`), now).kind).toBe('page');
  }
});

test('words of a row are no words of the envelope', () => {
  const row = JSON.stringify({ conversationId: 'c-1', message: sentences[0], errors: [{ msg: 'Invalid JWT token' }] });
  expect(readAnswer(answerOf(200, `{"results":[${row}],"totalResults":1}`), now).kind).toBe('page');
});

test('nothing of the body is in the failure', () => {
  for (const status of [200, 302, 400, 401, 403, 404, 412, 429, 500, 503]) {
    const body = JSON.stringify({ errors: [{ msg: 'canary 10.1.2.3 eyJhbGciOi', code: status }] });
    const reading = readAnswer(answerOf(status, body, 'canary'), now);
    const failure = reading.kind === 'fault' ? reading.fault.failure : undefined;
    expect(`${JSON.stringify(failure)} ${failure?.message} ${failure?.stack} ${String(failure?.cause)}`).not.toMatch(
      /canary|10\.1\.2\.3|eyJ/,
    );
  }
});

function answerOf(status: number, bodyText: string, retryAfter?: string): Parameters<typeof readAnswer>[0] {
  return { status, bodyText, retryAfter };
}
