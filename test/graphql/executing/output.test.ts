import { expect, test } from 'vitest';
import { Output } from '../../../src/graphql/executing/output.ts';

test('what a large answer took is given back once it is taken away', () => {
  const output = new Output();
  const large = 'x'.repeat(5_000_000);
  output.text(large);
  expect(output.take(0)).toHaveLength(large.length + 2);
  output.text('small');
  expect(Buffer.from(output.take(0)).toString()).toBe('"small"');
  expect(output.length).toBe(0);
});
