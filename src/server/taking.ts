import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

export type TakingBounds = {
  /** For so long a client may take nothing at first, or fall behind. */
  readonly withinMs: number;
  /** What he must take in a second, on average. */
  readonly bytesPerSecondMin: number;
};

/** How far a connection is ahead of what its client must have taken. */
type Ahead = { writtenBytes: number; aheadBytes: number };

/** So often it is looked within the time that a client may take nothing. Looks are counted, not time: while the loop is stuck, nobody can take anything. */
const looksPerWait = 16;

/** What the system may hold of a connection, as Linux has it (`tcp_wmem`). We see what it took off our hands, in steps of up to a megabyte, and never what the client took of that. */
const heldBytesMax = 4_194_304;

/**
 * Cuts connections whose client takes less than `bytesPerSecondMin` of what is there for him: whoever doesn't read would hold his answer in memory, and his place, for as long as he likes.
 * Who takes that much steadily is never cut, however much the system holds for him up to 4 MiB, for it has taken off our hands at least what it gave him. Who takes nothing any more is
 * cut within `withinMs` and the time that 4 MiB take at that rate, give or take two looks. `onUntaken` is told of each connection that is cut.
 */
export function boundTaking(server: Server, bounds: TakingBounds, onUntaken: () => void): void {
  const { withinMs, bytesPerSecondMin } = bounds;
  const allowedBytes = (bytesPerSecondMin * withinMs) / 1_000;
  const perLookBytes = allowedBytes / looksPerWait;
  const underWay = new Map<ServerResponse, { hasBegun: boolean }>();
  // Of the connection, not of the answer: who asks ahead still has the last answer to take while the next is written.
  const aheadOf = new WeakMap<Socket, Ahead>();
  server.on('request', (_, response) => {
    underWay.set(response, { hasBegun: false });
    response.once('close', () => underWay.delete(response));
  });
  const timer = setInterval(() => {
    for (const [response, answer] of underWay) {
      // Without a socket it stands behind another answer of its connection; where nothing waits to be taken, it is us who are slow.
      const { socket } = response;
      if (socket === null || socket.writableLength === 0) continue;
      const ahead = aheadOf.get(socket) ?? { writtenBytes: 0, aheadBytes: 0 };
      aheadOf.set(socket, ahead);
      const grownBytes = ahead.aheadBytes + socket.bytesWritten - ahead.writtenBytes;
      ahead.writtenBytes = socket.bytesWritten;
      ahead.aheadBytes = Math.min(allowedBytes + heldBytesMax, grownBytes);
      if (answer.hasBegun) ahead.aheadBytes -= perLookBytes;
      else ahead.aheadBytes = Math.max(allowedBytes, ahead.aheadBytes);
      answer.hasBegun = true;
      if (ahead.aheadBytes > 0) continue;
      onUntaken();
      socket.destroy();
    }
  }, withinMs / looksPerWait);
  timer.unref();
  server.once('close', () => clearInterval(timer));
}

/** The most that we hold ready for a connection ahead of what the system has taken. */
const pieceBytes = 65_536;

/** Pieces that are shorter than this on average are joined: to send one takes a write of its own. */
const shortBytes = 4_096;

/** The body of a reply, a long one piece by piece with its length in a header: of one that is written in one go nobody sees whether it is being taken. */
export function inPieces(reply: FastifyReply, pieces: readonly Uint8Array[]): Buffer | Readable {
  const byteLength = pieces.reduce((sum, { length }) => sum + length, 0);
  if (byteLength < pieceBytes) return Buffer.concat(pieces);
  reply.header('content-length', byteLength);
  const isInBits = byteLength < pieces.length * shortBytes;
  return Readable.from(cut(isInBits ? [Buffer.concat(pieces)] : pieces), { objectMode: false });
}

function* cut(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  for (const piece of pieces)
    for (let from = 0; from < piece.length; from += pieceBytes) yield piece.subarray(from, from + pieceBytes);
}
