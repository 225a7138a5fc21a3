import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, createArena, createTextTree, type TextTree, type Trail } from '../../src/kore/text-tree.ts';

/** Objects as JSON, few of whose parts differ, as those of a page do: no such text begins with another. */
const texts = fc
  .record({ id: fc.constantFrom('em-1', 'em-12', 'em-2é', ''), name: fc.string({ maxLength: 12 }), said: fc.nat(3) })
  .map((value) => JSON.stringify(value));

const bytesOfText = (text: string) => bytesOf(new TextEncoder().encode(text).buffer);

function add(tree: TextTree<string>, text: string): void {
  const bytes = bytesOfText(`..${text}.`);
  if (tree.find(bytes, 2, { next: undefined }) !== undefined) return;
  expect(tree.add(bytes, 2, bytes.single.length - 1, text)).toMatchObject({ value: text });
}

test('finds the text that stands somewhere, and no other, whatever was found before', () => {
  fc.assert(
    fc.property(
      fc.array(texts, { maxLength: 40 }),
      fc.array(fc.tuple(texts, fc.nat(), fc.option(fc.nat(255))), { maxLength: 60 }),
      (known, asked) => {
        const tree = createTextTree<string>(createArena(100_000));
        for (const text of known) add(tree, text);
        let trail: Trail<string> = { next: undefined };
        for (const [text, place, byte] of asked) {
          const bytes = bytesOfText(`,${text}]`);
          if (byte !== null) bytes.single[1 + (place % (bytes.single.length - 2))] = byte;
          const stands = new TextDecoder().decode(bytes.single.subarray(1));
          const expected = known.find((each) => stands.startsWith(each));
          const leaf = tree.find(bytes, 1, trail);
          expect(leaf?.value).toBe(expected);
          if (leaf === undefined) continue;
          expect(leaf.length).toBe(new TextEncoder().encode(leaf.value).length);
          trail = leaf;
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('a text that is cut off is none', () => {
  const tree = createTextTree<string>(createArena(1_000));
  const text = '{"Metric ID":"em-1"}';
  add(tree, text);
  const trail: Trail<string> = { next: undefined };
  expect(tree.find(bytesOfText(text), 0, trail)?.value).toBe(text);
  for (let length = 0; length < text.length; length++) {
    expect(tree.find(bytesOfText(text.slice(0, length)), 0, trail)).toBeUndefined();
    expect(tree.find(bytesOfText(text.slice(0, length)), 0, { next: undefined })).toBeUndefined();
  }
});

test('takes no text for which there is no room, and says so', () => {
  const arena = createArena(128);
  const tree = createTextTree<string>(arena);
  const bytes = bytesOfText('{"a":1}{"b":2}');
  expect(tree.add(bytes, 0, 7, 'a')).toBeDefined();
  expect(arena.isFull()).toBe(false);
  expect(tree.add(bytes, 7, 14, 'b')).toBeUndefined();
  expect(arena.isFull()).toBe(true);
  expect(arena.take(0)).toBeUndefined();
  expect(arena.isFull()).toBe(true);
  expect(tree.find(bytes, 0, { next: undefined })?.value).toBe('a');
  expect(tree.find(bytes, 7, { next: undefined })).toBeUndefined();
});

test('has no room for many texts, however short they are', () => {
  const arena = createArena(128_000);
  const tree = createTextTree<number>(arena);
  const added = Array.from({ length: 2_000 }, (_, index) => {
    const bytes = bytesOfText(`{"a":${index}}`);
    return tree.add(bytes, 0, bytes.single.length, index);
  });
  expect(added.filter((leaf) => leaf !== undefined).length).toBe(1_000);
});
