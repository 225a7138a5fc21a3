import { gzipSync } from 'node:zlib';
import { type Exchange, waitMs } from './exchange.ts';
import type { Fault } from './faults.ts';
import { type Answer, proxyPage } from './refusal.ts';
import { sendRaw } from './send-raw.ts';

/** Sends an answer, or lets the fault befall it. Resolves when nothing is left to do. */
export async function sendAnswer(exchange: Exchange, answer: Answer, fault: Fault | null): Promise<void> {
  if (fault === null) return sendWhole(exchange, answer.status, answer.headers, answer.body);
  switch (fault.kind) {
    case 'delay':
      if (!(await waitMs(fault.ms, exchange.signal))) return;
      return sendWhole(exchange, answer.status, answer.headers, answer.body);
    case 'truncate':
      return sendWhole(exchange, answer.status, answer.headers, answer.body.slice(0, answer.body.length >> 1));
    case 'html':
      return sendWhole(exchange, fault.status, { 'content-type': 'text/html' }, proxyPage);
    case 'empty':
      return sendWhole(exchange, fault.status, {}, '');
    case 'redirect':
      return sendWhole(exchange, fault.status ?? 302, { location: fault.location }, '');
    case 'status':
      return sendWhole(
        exchange,
        fault.status,
        { 'content-type': 'application/json', ...fault.headers },
        fault.body ?? '',
      );
    case 'errors-in-200': {
      const errors = [{ msg: fault.message ?? 'Internal processing error', code: fault.code ?? 500 }];
      return sendWhole(exchange, 200, { 'content-type': 'application/json' }, JSON.stringify({ errors }));
    }
    case 'encoding':
      return sendWhole(exchange, answer.status, { ...answer.headers, 'content-encoding': fault.name }, answer.body);
    case 'gzip':
    case 'gzip-twice':
    case 'gzip-truncated':
    case 'gzip-bomb':
      return sendZipped(exchange, answer, fault);
    case 'big-body':
      return sendBig(exchange, answer, fault.megabytes);
    default:
      return sendRaw(exchange, answer, fault);
  }
}

/** Compresses an answer for a client that accepts it; all others get it plain. */
export function sendCompressed(exchange: Exchange, answer: Answer): void {
  const accepts = exchange.request.headers['accept-encoding'] ?? '';
  const isZipped = /\bgzip\b/.test(String(accepts));
  const headers = isZipped ? { ...answer.headers, 'content-encoding': 'gzip' } : answer.headers;
  sendWhole(exchange, answer.status, headers, isZipped ? gzipSync(answer.body) : answer.body);
}

/** Sends a response whose length is stated and true. */
function sendWhole(
  { response, state }: Exchange,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): void {
  state(status);
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const length = status === 204 ? {} : { 'content-length': bytes.length };
  response.writeHead(status, { ...headers, ...length });
  response.end(status === 204 ? undefined : bytes);
}

const megabyte = 1024 * 1024;

function sendZipped(
  exchange: Exchange,
  answer: Answer,
  fault: Extract<Fault, { readonly kind: `gzip${string}` }>,
): void {
  const headers = { ...answer.headers, 'content-encoding': fault.kind === 'gzip-twice' ? 'gzip, gzip' : 'gzip' };
  sendWhole(exchange, answer.status, headers, zip(answer.body, fault));
}

function zip(body: string, fault: Extract<Fault, { readonly kind: `gzip${string}` }>): Buffer {
  switch (fault.kind) {
    case 'gzip':
      return gzipSync(body);
    case 'gzip-twice':
      return gzipSync(gzipSync(body));
    case 'gzip-truncated': {
      const zipped = gzipSync(body);
      return zipped.subarray(0, zipped.length >> 1);
    }
    case 'gzip-bomb': {
      // Members of a gzip file may follow one another: one megabyte, zipped once, is all megabytes.
      const member = gzipSync(Buffer.alloc(megabyte));
      return Buffer.concat(Array.from({ length: fault.megabytes ?? 200 }, () => member));
    }
  }
}

async function sendBig({ response, signal, state }: Exchange, answer: Answer, megabytes: number): Promise<void> {
  state(answer.status);
  const body = Buffer.from(answer.body);
  const blanks = Buffer.alloc(megabyte, ' ');
  response.writeHead(answer.status, { ...answer.headers, 'content-length': megabytes * megabyte + body.length });
  for (let sent = 0; sent < megabytes && !signal.aborted; sent++) {
    if (!response.write(blanks)) await drained(response, signal);
  }
  response.end(body);
}

function drained(response: Exchange['response'], signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    response.once('drain', done);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
