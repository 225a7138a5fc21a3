import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerPieces, dataIn, hasErrors, stringifyAnswer } from '../../src/graphql/answer-bytes.ts';
import { JsonBytes } from '../../src/graphql/executing/output.ts';

const texts = fc.string({ unit: 'binary' });

test('an answer is the JSON that it would be if its data were no bytes, whatever its errors and extensions say', () => {
  const parts = fc.record({
    data: fc.oneof(fc.constant(null), fc.dictionary(texts, texts)),
    message: fc.option(fc.oneof(texts, fc.constant('\u0000')), { nil: null }),
    extensions: fc.option(fc.dictionary(texts, texts), { nil: null }),
  });
  fc.assert(
    fc.property(parts, ({ data, message, extensions }) => {
      const rest = {
        ...(message === null ? {} : { errors: [{ message }] }),
        ...(extensions === null ? {} : { extensions }),
      };
      const written = data === null ? null : new JsonBytes([Buffer.from(JSON.stringify(data))]);
      // As the executor hands it to what writes it.
      const text = stringifyAnswer({ ...rest, data: written as object as Record<string, unknown> | null });
      const whole = Buffer.concat(answerPieces(text, dataIn(text, written))).toString();
      expect(whole).toBe(`${JSON.stringify({ errors: rest.errors, data, extensions: rest.extensions })}\n`);
      expect(hasErrors(text)).toBe(message !== null);
    }),
  );
});

test('what was written has no part in an answer that failed after that', () => {
  const written = new JsonBytes(Buffer.from('{"secret":1}'));
  const failed = '{"errors":[{"message":"Internal server error"}]}\n';
  expect(dataIn(failed, written)).toBeNull();
  expect(Buffer.concat(answerPieces(failed, dataIn(failed, written))).toString()).toBe(failed);
});
