import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identityOf, type Row } from '../../src/model/conversation.ts';
import type { Turns } from '../../src/model/ports.ts';
import { rowAt } from '../../src/model/table.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { createCodec, packPage } from '../../src/store/codec.ts';
import { pack, unpack } from '../../src/store/layout.ts';
import { compressSmall, createVault } from '../../src/store/vault.ts';
import { rowsOf } from '../bench/rows.ts';
import { conversationOf, madeRows, metricResultOf } from '../model/sample.ts';
import { anyRows, dayWindow, pageOf, secret, tileOf } from './samples.ts';

const codec = createCodec(createVault(secret));
const turns: Turns = { share: async () => {} };

// Properties take their time on a busy machine.
const timeout = 60_000;

describe('what is decoded is what was encoded', { timeout }, () => {
  test('a page, whatever its rows', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const page = { ...pageOf({}), table: tableOf(rows) };
        const decoded = await codec.decodePage('key', await codec.encodePage('key', page));
        expect(isDeepStrictEqual(decoded, page)).toBe(true);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  test('a tile, whatever its rows', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const tile = { ...tileOf(3), table: tableOf(rows) };
        const decoded = await codec.decodeTile('list', tile.window, await codec.encodeTile('list', tile, turns), turns);
        expect(isDeepStrictEqual(decoded, tile)).toBe(true);
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  test.each([
    ['fewer values than a byte counts', 200],
    ['more values than a byte counts, and more ids than a block', 9_000],
    ['more values than two bytes count', 66_000],
  ])('a table of %s', (_, rowCount) => {
    const rows = Array.from({ length: rowCount }, (_, index): Row => {
      const conversation = conversationOf({
        conversationId: `c-${index}`,
        evaluatedAt: index % 7 === 0 ? null : index,
      });
      return { identity: identityOf(conversation), conversation };
    });
    const table = tableOf(rows);
    const unpacked = atOnce(unpack(atOnce(pack({ table, figures: [1.5] }))));
    expect(isDeepStrictEqual(unpacked, { table, figures: [1.5] })).toBe(true);
    expect(rowAt(unpacked.table, rowCount - 1)).toEqual(rows.at(-1));
  });

  // Looked for one by one, these names took minutes.
  test('metrics without an id, each of a name of its own', { timeout: 20_000 }, () => {
    const rows = Array.from({ length: 8_000 }, (_, index): Row => {
      const metrics = Array.from({ length: 12 }, (_, at) =>
        metricResultOf({ metricName: `${index} ${at}`, weight: at }),
      );
      const conversation = conversationOf({ conversationId: `c-${index}`, metrics });
      return { identity: identityOf(conversation), conversation };
    });
    const table = tableOf(rows);
    const unpacked = atOnce(unpack(atOnce(pack({ table, figures: [] }))));
    expect(isDeepStrictEqual(unpacked.table, table)).toBe(true);
  });

  test('forms, whatever their metrics have in common: each id and name is written once, with weights for each form', () => {
    const [one, renamed] = [
      { metricId: 'm-1', metricName: 'Greeting' },
      { metricId: 'm-1', metricName: 'Hello' },
    ];
    const [nameless, idless, bare] = [{ metricId: 'm-1' }, { metricName: 'Greeting' }, {}];
    const [empty, spelled] = [
      { metricId: '', metricName: '' },
      { metricId: 'null', metricName: 'null' },
    ];
    const metrics = [one, renamed, nameless, idless, bare, empty, spelled].map(metricResultOf);
    const forms = [
      [],
      metrics,
      metrics.toReversed(),
      metrics.map((metric, at) => ({ ...metric, weight: at, negativeWeight: null })),
      metrics.map((metric, at) => ({ ...metric, weight: null, negativeWeight: at / 10 })),
      metrics.slice(0, 1),
      [...metrics.slice(0, 1), ...metrics.slice(0, 1)],
    ];
    const rows = [...forms, ...forms].map((form, at): Row => {
      const conversation = conversationOf({ conversationId: `c-${at}`, metrics: form });
      return { identity: identityOf(conversation), conversation };
    });
    const bytes = atOnce(pack({ table: tableOf(rows), figures: [] }));
    const { table } = atOnce(unpack(bytes));
    expect(isDeepStrictEqual(table, tableOf(rows))).toBe(true);
    expect(madeRows({ table })).toEqual(rows);
    expect(bytes.toString('latin1').match(/"Hello"/g)).toHaveLength(1);
  });

  test('a note, of any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (note) => {
        expect(await codec.decodeNote('key', await codec.encodeNote('key', note))).toBe(note);
      }),
      { seed: 3 },
    );
  });

  test('a tile so large that it is compressed elsewhere', async () => {
    const tile = tileOf(1, { rowCount: 12_000 });
    const decoded = await codec.decodeTile('list', tile.window, await codec.encodeTile('list', tile, turns), turns);
    expect(isDeepStrictEqual(decoded, tile)).toBe(true);
  });

  test('from bytes that begin anywhere in memory', async () => {
    const page = pageOf({ rowCount: 3 });
    const packed = packPage(page);
    const room = new Uint8Array(packed.length + 1);
    room.set(packed, 1);
    expect(atOnce(unpack(room.subarray(1))).table).toEqual(page.table);
  });
});

describe('what was not encoded for this place is not there', { timeout }, () => {
  const tile = tileOf(5, { rowCount: 20 });
  const sealed = codec.encodeTile('list', tile, turns);
  const decode = (bytes: Uint8Array) => codec.decodeTile('list', tile.window, bytes, turns);

  test('bytes of which any one is changed', async () => {
    const bytes = await sealed;
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ change;
        expect(await decode(changed)).toBeUndefined();
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  test('bytes that end too early or too late, and any others', async () => {
    const bytes = await sealed;
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.uint8Array({ minLength: 1 }), async (length, others) => {
        expect(await decode(bytes.subarray(0, length))).toBeUndefined();
        expect(await decode(Buffer.concat([bytes, others]))).toBeUndefined();
        expect(await decode(others)).toBeUndefined();
      }),
      { seed: 5, numRuns: 200 },
    );
    expect(await decode(bytes)).toEqual(tile);
  });

  test('bytes of another list, window, kind, secret or format', async () => {
    const bytes = await sealed;
    const foreign = createCodec(createVault(`${secret}!`));
    const page = await codec.encodePage('key', pageOf({}));
    const otherFormat = createCodec(createVault(secret, 99));
    expect(await codec.decodeTile('another', tile.window, bytes, turns)).toBeUndefined();
    expect(await codec.decodeTile('list', dayWindow(6), bytes, turns)).toBeUndefined();
    expect(await codec.decodePage('list', bytes)).toBeUndefined();
    expect(await codec.decodeNote('list', bytes)).toBeUndefined();
    expect(await codec.decodePage('another', page)).toBeUndefined();
    expect(await foreign.decodeTile('list', tile.window, bytes, turns)).toBeUndefined();
    expect(await otherFormat.decodeTile('list', tile.window, bytes, turns)).toBeUndefined();
    expect(await decode(await otherFormat.encodeTile('list', tile, turns))).toBeUndefined();
  });

  test('bytes that were sealed by us, and are no page', async () => {
    const vault = createVault(secret);
    const empty = atOnce(pack({ table: tableOf([]), figures: [] }));
    for (const plain of [Buffer.alloc(0), Buffer.from('{}'), empty, packPage(pageOf({})).subarray(0, 100)]) {
      expect(await createCodec(vault).decodePage('key', await vault.seal('page key', plain))).toBeUndefined();
    }
  });
});

describe('what is held is small, and tells nothing', { timeout }, () => {
  test('10,000 conversations of 10 metrics take less than 1.5 MB uncompressed, and less than 0.5 MB sealed', async () => {
    const tile = tileOf(1, { rowCount: 10_000 });
    const packed = atOnce(pack({ table: tile.table, figures: [] }));
    expect(packed.byteLength).toBeLessThan(1_500_000);
    expect((await codec.encodeTile('list', tile, turns)).byteLength).toBeLessThan(500_000);
  });

  test('a page takes less than a tenth of its JSON', () => {
    const page = pageOf({ rowCount: 100 });
    expect(compressSmall(packPage(page)).byteLength).toBeLessThan(JSON.stringify(madeRows(page)).length / 10);
  });

  test('no name and no id of a row can be read from sealed bytes', async () => {
    const [row] = rowsOf(1);
    const bytes = await codec.encodePage('key', pageOf({}));
    for (const word of [row?.conversation?.conversationId ?? '', row?.conversation?.agents[0]?.name ?? '']) {
      expect(word.length).toBeGreaterThan(5);
      expect(bytes.includes(word)).toBe(false);
    }
  });

  test('equal pages are equal bytes, and others share no nonce', async () => {
    const [one, same, other] = await Promise.all(
      [1, 1, 2].map((sequence) => codec.encodePage('key', pageOf({ sequence }))),
    );
    expect(same).toEqual(one);
    expect(other?.subarray(8, 20)).not.toEqual(one?.subarray(8, 20));
  });
});

function atOnce<T>(steps: Generator<void, T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}
