import { Readable } from 'node:stream';
import fc from 'fast-check';
import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { inPieces } from '../../src/server/taking.ts';

/** The pieces in which an answer goes out that was made in these. */
async function sentOf(pieces: readonly Uint8Array[]): Promise<readonly Uint8Array[]> {
  const sent: Uint8Array[] = [];
  const app = fastify();
  app.get('/', async (_, reply) => {
    const answer = inPieces(reply, pieces);
    if (answer instanceof Readable) for await (const piece of answer) sent.push(piece);
    else sent.push(answer);
    return await reply.send('');
  });
  await app.inject('/');
  await app.close();
  return sent;
}

test('an answer goes out as it was made, in no piece longer than 64 KiB and in few', async () => {
  const lengths = fc.oneof(
    fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 8 }),
    fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 5_000, maxLength: 10_000 }),
  );
  await fc.assert(
    fc.asyncProperty(lengths, async (all) => {
      const pieces = all.map((length, at) => Buffer.alloc(length, at % 251));
      const sent = await sentOf(pieces);
      const whole = Buffer.concat(pieces);
      expect(Buffer.concat(sent).equals(whole)).toBe(true);
      expect(Math.max(...sent.map(({ length }) => length))).toBeLessThanOrEqual(65_536);
      expect(sent.length).toBeLessThanOrEqual(1 + whole.length / 4_096 + whole.length / 65_536);
    }),
    { seed: 20_261_127, numRuns: 50 },
  );
});
