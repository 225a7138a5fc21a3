import { expect, test } from 'vitest';
import { readAuthorization } from '../../src/server/caller/bearer.ts';
import { readHead } from '../../src/server/caller/jose-header.ts';

const token = 'aGVhZA.Ym9keQ.c2lnbg';
const bytesMax = token.length;

test.for<[title: string, values: readonly string[] | undefined, shown: object]>([
  ['no header', undefined, { kind: 'nothing' }],
  ['no value', [], { kind: 'nothing' }],
  ['another scheme', [`Basic ${token}`], { kind: 'nothing' }],
  ['another scheme, and a bearer behind it', [`Basic bearer ${token}`], { kind: 'nothing' }],
  ['a scheme that begins alike', [`bearers ${token}`], { kind: 'nothing' }],
  ['a token', [`Bearer ${token}`], { kind: 'token', token }],
  ['in small letters, with more blanks', [`bearer   ${token}`], { kind: 'token', token }],
  ['nothing behind the scheme', ['Bearer'], { kind: 'unreadable' }],
  ['a tab', [`Bearer\t${token}`], { kind: 'unreadable' }],
  ['a blank behind', [`Bearer ${token} `], { kind: 'unreadable' }],
  ['a blank within', ['Bearer aGVhZA.Ym9 keQ.c2'], { kind: 'unreadable' }],
  ['two headers', [`Bearer ${token}`, `Bearer ${token}`], { kind: 'unreadable' }],
  ['two headers, one of another scheme', [`Basic ${token}`, `Bearer ${token}`], { kind: 'unreadable' }],
  ['one byte more than may be', [`Bearer ${token.replace('.', 'A.')}`], { kind: 'unreadable' }],
  ['something before it', [`Bearer !${token.slice(1)}`], { kind: 'unreadable' }],
  ['something behind it', [`Bearer ${token.slice(0, -1)}!`], { kind: 'unreadable' }],
  ['a signature in another spelling', [`Bearer ${token.slice(0, -1)}h`], { kind: 'unreadable' }],
  ['two parts', ['Bearer aGVhZA.Ym9keQ'], { kind: 'unreadable' }],
  ['an empty part', ['Bearer aGVhZA..c2lnbg'], { kind: 'unreadable' }],
])('a header shows what it may show: %s', ([, values, shown]) => {
  expect(readAuthorization(values, bytesMax)).toEqual(shown);
});

const headOf = (text: string) =>
  readHead(`${Buffer.from(text).toString('base64url')}.e30.c2lnbg`, ['ES256', 'constructor']);

test.for<[text: string, head: object | null]>([
  ['{"alg":"ES256"}', { alg: 'ES256' }],
  ['{"alg":"ES256","typ":"JWT","kid":"one"}', { alg: 'ES256', kid: 'one' }],
  [`{"alg":"ES256","kid":"${'k'.repeat(256)}"}`, { alg: 'ES256', kid: 'k'.repeat(256) }],
  [`{"alg":"ES256","kid":"${'k'.repeat(257)}"}`, null],
  ['{"alg":"ES256","kid":""}', null],
  ['{"alg":"ES256","kid":null}', null],
  ['{"alg":"ES256","kid":["one"]}', null],
  ['{"alg":["ES256"]}', null],
  ['{"alg":"ES384"}', null],
  ['{}', null],
  ['null', null],
  ['[]', null],
  ['"ES256"', null],
  ['7', null],
  ['{', null],
  ...['crit', 'b64', 'jku', 'jwk', 'x5u', 'x5c', 'zip'].map((name): [string, null] => [
    `{"alg":"ES256","${name}":null}`,
    null,
  ]),
])('the header of a token says what may be done with it: %s', ([text, head]) => {
  expect(headOf(text)).toEqual(head);
});
