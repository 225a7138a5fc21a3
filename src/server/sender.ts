import type { IncomingMessage } from 'node:http';

/** What of a request says who sends it. */
export type Sender = {
  readonly ip: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly raw: Pick<IncomingMessage, 'headersDistinct' | 'socket'>;
};
