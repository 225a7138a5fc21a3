import { STATUS_CODES } from 'node:http';
import { type Exchange, waitMs } from './exchange.ts';
import type { Fault } from './faults.ts';
import type { Answer } from './refusal.ts';

export type RawFault = Extract<
  Fault,
  {
    readonly kind:
      | `hang-${string}`
      | `reset-${string}`
      | 'half-close'
      | 'fin-mid-body'
      | 'truncate-close-delimited'
      | 'close-after-answer'
      | 'garbage'
      | 'drip'
      | 'content-length'
      | 'surplus'
      | 'header-flood'
      | 'informational-flood';
  }
>;

/** Faults below HTTP. Those that leave an answer unfinished write to the socket itself, past node's own response. */
export async function sendRaw(exchange: Exchange, answer: Answer, fault: RawFault): Promise<void> {
  const { socket } = exchange;
  const head = headOf(answer, Buffer.byteLength(answer.body));
  const half = answer.body.slice(0, answer.body.length >> 1);
  switch (fault.kind) {
    case 'hang-before-headers':
      return;
    case 'hang-mid-headers':
      socket.write(head.slice(0, head.length >> 1));
      return;
    case 'reset-before-headers':
      return exchange.close('reset');
    case 'half-close':
      return exchange.close('fin');
    case 'garbage':
      socket.write('\u0000\u0001SSH-2.0-OpenSSH_9.6 not the protocol that you asked for\r\n\r\n');
      return exchange.close('fin');
  }
  exchange.state(answer.status);
  switch (fault.kind) {
    case 'hang-mid-body':
      socket.write(head + half);
      return;
    case 'reset-mid-body':
      // The reset waits for the bytes to leave, else it would overtake them.
      socket.write(head + half, () => setImmediate(() => exchange.close('reset')));
      return;
    case 'fin-mid-body':
      socket.write(head + half);
      return exchange.close('fin');
    case 'truncate-close-delimited':
      socket.write(headOf(answer, null) + half);
      return exchange.close('fin');
    case 'close-after-answer':
      socket.write(head + answer.body);
      return exchange.close('fin');
    default:
      return sendOdd(exchange, answer, fault);
  }
}

/** The body of the response that nobody asked for; a reader who hands it out has mixed two answers up. */
export const strayBody = '{"results":[],"totalResults":0,"hasMore":false,"totalPages":0,"stray":true}';

type OddFault = Extract<RawFault, { readonly kind: 'drip' | 'content-length' | 'surplus' | `${string}-flood` }>;

// Whole answers with something odd about them; the connection stays in step with node's own response.
async function sendOdd(exchange: Exchange, answer: Answer, fault: OddFault): Promise<void> {
  const { response, socket } = exchange;
  const length = Buffer.byteLength(answer.body);
  switch (fault.kind) {
    case 'drip':
      return drip(exchange, answer, fault);
    case 'content-length':
      response.writeHead(answer.status, { ...answer.headers, 'content-length': length + fault.by });
      break;
    case 'surplus':
      // Corked, so that the surplus is in the same packet as the end of the answer.
      socket.cork();
      response.writeHead(answer.status, { ...answer.headers, 'content-length': length });
      response.end(answer.body);
      socket.write(fault.text ?? `${headOf({ ...answer, status: 200 }, strayBody.length)}${strayBody}`);
      socket.uncork();
      return;
    case 'header-flood':
      response.writeHead(answer.status, {
        ...answer.headers,
        ...floodHeaders(fault.kilobytes),
        'content-length': length,
      });
      break;
    case 'informational-flood':
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n'.repeat(fault.count));
      response.writeHead(answer.status, { ...answer.headers, 'content-length': length });
      break;
  }
  response.end(answer.body);
}

async function drip(
  exchange: Exchange,
  answer: Answer,
  fault: Extract<Fault, { readonly kind: 'drip' }>,
): Promise<void> {
  const { response, signal } = exchange;
  const bytes = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': bytes.length });
  response.flushHeaders();
  for (let sent = 0; sent < bytes.length; sent += fault.bytes) {
    if (!(await waitMs(fault.everyMs, signal))) return;
    response.write(bytes.subarray(sent, sent + fault.bytes));
  }
  response.end();
}

function headOf(answer: Answer, length: number | null): string {
  const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const lengthLine = length === null ? 'connection: close\r\n' : `content-length: ${length}\r\n`;
  return `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? 'Unknown'}\r\n${lines.join('')}${lengthLine}\r\n`;
}

function floodHeaders(kilobytes: number): Readonly<Record<string, string>> {
  const names = Array.from({ length: kilobytes }, (_, index) => `x-flood-${index}`);
  return Object.fromEntries(names.map((name) => [name, 'f'.repeat(1000)]));
}
