import type { Server, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** How far one answer has come: what its connection has carried, and for how many looks that hasn't grown. */
type Progress = { writtenBytes: number; stillCount: number };

/** So often it is looked within the time that a client may take nothing. Looks are counted, not time: while the loop is stuck, nobody can take anything. */
const looksPerWait = 4;

/**
 * Cuts connections whose client takes nothing of an answer for `withinMs`: whoever doesn't read would hold his answer in memory, and his place, for as long as he likes.
 * Who goes on reading, however slowly, has the whole of it. `onUntaken` is told of each connection that is cut.
 */
export function boundTaking(server: Server, withinMs: number, onUntaken: () => void): void {
  const underWay = new Map<ServerResponse, Progress>();
  server.on('request', (_, response) => {
    underWay.set(response, { writtenBytes: 0, stillCount: 0 });
    response.once('close', () => underWay.delete(response));
  });
  const timer = setInterval(() => {
    for (const [response, progress] of underWay) {
      // Without a socket it stands behind another answer of its connection; where nothing waits to be taken, it is us who are slow.
      const { socket } = response;
      if (socket === null) continue;
      const isStill = socket.writableLength > 0 && socket.bytesWritten === progress.writtenBytes;
      progress.stillCount = isStill ? progress.stillCount + 1 : 0;
      progress.writtenBytes = socket.bytesWritten;
      if (progress.stillCount < looksPerWait) continue;
      onUntaken();
      socket.destroy();
    }
  }, withinMs / looksPerWait);
  timer.unref();
  server.once('close', () => clearInterval(timer));
}

/** What a client must take for it to be seen that he takes anything. */
const pieceBytes = 65_536;

/** A long answer piece by piece: of one that is written in one go nobody sees whether it is being taken. */
export function inPieces(reply: FastifyReply, text: string): string | Readable {
  if (text.length < pieceBytes) return text;
  const bytes = Buffer.from(text);
  reply.header('content-length', bytes.length);
  return Readable.from(piecesOf(bytes), { objectMode: false });
}

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes);
}
