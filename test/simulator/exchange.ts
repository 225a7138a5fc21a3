import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** One request and the answer under way. `signal` aborts when the connection or the simulator ends, whoever ended it. */
export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
  readonly signal: AbortSignal;
  /** Notes the status that is being sent. */
  readonly state: (status: number) => void;
  /** Ends or cuts the connection from our side, so that it does not count as the client's leaving. */
  close(how: 'fin' | 'reset'): void;
};

/** An exchange; `onEnd` runs once, when the answer is sent or the connection is gone. */
export function makeExchange(
  request: IncomingMessage,
  response: ServerResponse,
  { onStatus, onEnd }: { readonly onStatus: (status: number) => void; readonly onEnd: (isAborted: boolean) => void },
): Exchange {
  const { socket } = request;
  const controller = new AbortController();
  let isOurs = false;
  let isEnded = false;
  const end = () => {
    if (isEnded) return;
    isEnded = true;
    controller.abort();
    onEnd(!isOurs && !response.writableFinished);
  };
  response.once('finish', end);
  response.once('close', end);
  response.on('error', end);
  return {
    request,
    response,
    socket,
    signal: controller.signal,
    state: onStatus,
    close: (how) => {
      isOurs = true;
      if (how === 'fin') socket.end();
      else socket.resetAndDestroy();
    },
  };
}

/** Waits; ends early, without an error, when the exchange does. False if it ended. */
export async function waitMs(ms: number, signal: AbortSignal): Promise<boolean> {
  if (ms > 0 && !signal.aborted) await delay(ms, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}
