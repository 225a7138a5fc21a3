import { connect, type Socket } from 'node:net';

/** A connection that carries one request after the other, as cheaply as can be: whoever measures shares the machine with what is measured. */
export type Connection = {
  /** Sends a request, and resolves with its answer. */
  send(request: Buffer): Promise<Reply>;
  /** Whether it can carry another. */
  isOpen(): boolean;
  close(): void;
};

/** The status of an answer, 0 where there was none; and where it isn't 200, what it says. */
export type Reply = { readonly status: number; readonly says: string };

const headEnd = Buffer.from('\r\n\r\n');

/** Opens a connection. */
export function openConnection(host: string, port: number): Connection {
  const socket: Socket = connect({ host, port, noDelay: true });
  let settle: ((reply: Reply) => void) | null = null;
  let parts: Buffer[] = [];
  let isOpen = true;
  const end = (reply: Reply): void => {
    parts = [];
    const settled = settle;
    settle = null;
    settled?.(reply);
  };
  socket.on('data', (chunk) => {
    parts.push(chunk);
    const answer = readAnswer(parts.length === 1 ? chunk : Buffer.concat(parts));
    if (answer === null) return;
    if (answer.isLast) close();
    end(answer);
  });
  const close = (): void => {
    isOpen = false;
    socket.destroy();
  };
  socket.on('error', () => undefined);
  socket.on('close', () => {
    isOpen = false;
    end(none);
  });
  return {
    isOpen: () => isOpen,
    close,
    send: (request) =>
      new Promise((resolve) => {
        settle = resolve;
        if (isOpen) socket.write(request);
        else end(none);
      }),
  };
}

const none: Reply = { status: 0, says: '' };

/** An answer that has come whole, or null. Every answer of a gateway states its length. */
function readAnswer(bytes: Buffer): (Reply & { readonly isLast: boolean }) | null {
  const headLength = bytes.indexOf(headEnd);
  if (headLength < 0) return null;
  const head = bytes.toString('latin1', 0, headLength).toLowerCase();
  const length = Number(/\r\ncontent-length: (\d+)/.exec(head)?.[1] ?? 0);
  if (bytes.length < headLength + headEnd.length + length) return null;
  const status = Number(head.slice(9, 12));
  const says = status === 200 ? '' : bytes.toString('utf8', headLength + headEnd.length);
  return { status, says, isLast: head.includes('\r\nconnection: close') };
}
