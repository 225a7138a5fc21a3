import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/errors.ts';
import { faultOfError, parseRetryAfter } from '../../src/kore/fault.ts';

const now = Date.parse('2026-03-23T12:00:00Z');

describe('what the upstream asks to wait is held between one second and two minutes, and garbage says nothing', () => {
  test.for<[string | undefined, number | undefined]>([
    ['30', 30_000],
    [' 30 ', 30_000],
    ['1', 1_000],
    ['0', 1_000],
    ['120', 120_000],
    ['121', 120_000],
    ['1000000000', 120_000],
    ['9'.repeat(400), 120_000],
    ['Mon, 23 Mar 2026 12:00:45 GMT', 45_000],
    ['Mon, 23 Mar 2026 11:59:00 GMT', 1_000],
    ['Tue, 24 Mar 2026 12:00:00 GMT', 120_000],
    ['-5', undefined],
    ['1e9', undefined],
    ['1.5', undefined],
    ['5 bananas', undefined],
    ['bananas 5', undefined],
    ['2026-03-23T12:00:45Z', undefined],
    ['Mon, 99 Mar 2026 12:00:45 GMT', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %j ms', ([header, ms]) => {
    expect(parseRetryAfter(header, now)).toBe(ms);
  });
});

describe('an error of the transport has one code, and one rule for asking again', () => {
  test.for<[string, Error, string, string]>([
    ['nobody listens', coded('ECONNREFUSED'), 'UPSTREAM_UNAVAILABLE', 'always'],
    ['the connection was cut', coded('ECONNRESET'), 'UPSTREAM_UNAVAILABLE', 'always'],
    ['the pipe broke', coded('EPIPE'), 'UPSTREAM_UNAVAILABLE', 'always'],
    ['the other side closed', coded('UND_ERR_SOCKET'), 'UPSTREAM_UNAVAILABLE', 'always'],
    ['an idle connection ended as it was used', coded('UND_ERR_INFO'), 'UPSTREAM_UNAVAILABLE', 'always'],
    ['the resolver is busy', coded('EAI_AGAIN'), 'UPSTREAM_UNAVAILABLE', 'always'],
    ['no connection in time', coded('UND_ERR_CONNECT_TIMEOUT'), 'UPSTREAM_TIMEOUT', 'always'],
    ['no headers in time', coded('UND_ERR_HEADERS_TIMEOUT'), 'UPSTREAM_TIMEOUT', 'always'],
    ['a body that stalls', coded('UND_ERR_BODY_TIMEOUT'), 'UPSTREAM_TIMEOUT', 'once'],
    ['the kernel gave up', coded('ETIMEDOUT'), 'UPSTREAM_TIMEOUT', 'once'],
    ['no such host', coded('ENOTFOUND'), 'UPSTREAM_UNAVAILABLE', 'never'],
    ['a certificate nobody signed', coded('DEPTH_ZERO_SELF_SIGNED_CERT'), 'UPSTREAM_UNAVAILABLE', 'never'],
    ['a certificate of another name', coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'UPSTREAM_UNAVAILABLE', 'never'],
    ['more than is taken', coded('UND_ERR_RES_EXCEEDED_MAX_SIZE'), 'UPSTREAM_TOO_LARGE', 'never'],
    ['too many headers', coded('UND_ERR_HEADERS_OVERFLOW'), 'UPSTREAM_BAD_RESPONSE', 'once'],
    ['a length that is not true', coded('UND_ERR_RES_CONTENT_LENGTH_MISMATCH'), 'UPSTREAM_BAD_RESPONSE', 'once'],
    ['a parser that is lost', coded('HPE_INVALID_CHUNK_SIZE'), 'UPSTREAM_BAD_RESPONSE', 'once'],
    ['bytes that are no HTTP', named('HTTPParserError'), 'UPSTREAM_BAD_RESPONSE', 'once'],
    ['half a gzip', coded('Z_BUF_ERROR'), 'UPSTREAM_BAD_RESPONSE', 'once'],
    ['no gzip at all', coded('Z_DATA_ERROR'), 'UPSTREAM_BAD_RESPONSE', 'once'],
    ['no brotli', coded('ERR__ERROR_FORMAT_PADDING_2'), 'UPSTREAM_BAD_RESPONSE', 'once'],
    ['no zstd', coded('ZSTD_error_prefix_unknown'), 'UPSTREAM_BAD_RESPONSE', 'once'],
    ['too many encodings', named('Error'), 'UPSTREAM_BAD_RESPONSE', 'once'],
    ['we are leaving', coded('UND_ERR_DESTROYED'), 'SHUTTING_DOWN', 'never'],
    ['something that nobody knows', coded('EWHATEVER'), 'UPSTREAM_UNAVAILABLE', 'never'],
  ])('%s', ([, error, code, retry]) => {
    const { failure, retry: rule } = faultOfError(error);
    expect([failure.code, rule]).toStrictEqual([code, retry]);
    expect(failure.cause).toBe(error);
    expect(JSON.stringify(failure) + failure.message).not.toContain('canary');
  });
});

test('a failure of ours stays what it is', () => {
  const failure = new Failure('UPSTREAM_AUTH', 'The configured credential can not sign', { reason: 'SIGNING' });
  expect(faultOfError(failure)).toStrictEqual({ failure, retry: 'never' });
});

test('whatever is thrown is a fault', () => {
  for (const thrown of [undefined, null, 'canary', 7, {}]) {
    expect(faultOfError(thrown).failure.code).toBe('UPSTREAM_UNAVAILABLE');
  }
});

function coded(code: string): Error {
  return Object.assign(new Error('canary 10.1.2.3'), { code });
}

function named(name: string): Error {
  return Object.assign(new Error('canary 10.1.2.3'), { name });
}
