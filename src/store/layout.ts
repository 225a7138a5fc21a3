import type { Codes, Column } from '../model/column.ts';
import { assembleTable, type Columns, columnNames, type FormMetric, type Table } from '../model/table.ts';
import { createReader, createWriter, type Reader, type Writer } from './sections.ts';

/**
 * A table as bytes and back, without loss. Numbers stand in the byte order of the machine, which is little-endian wherever Node runs. What is
 * looked up by row (codes, answers) stands in one part of the bytes, and a table that was read keeps a copy of that part alone.
 */
export type Packing = {
  readonly table: Table;
  /** What else belongs to it, by the caller's own order. */
  readonly figures: readonly number[];
};

/** A metric's id and name. */
type MetricHead = readonly [string | null, string | null];
/** A form's metrics, one after the other: which of all they are, their weights and their negative weights. */
type FormHead = readonly (number | null)[];
const formHeadParts = 3;

/** How a column stands in the bytes: its codes (none where all are 0), and its values in the head, as doubles or as JSON of their own; forms by the metrics of all of them. */
type ColumnHead = { readonly codeBytes: 0 | 1 | 2 | 4 } & (
  | { readonly values: readonly unknown[] }
  | { readonly metrics: readonly MetricHead[]; readonly forms: readonly FormHead[] }
  | { readonly numberCount: number; readonly nullIndex: number }
  | { readonly jsonBytes: number }
);

/** How a block of ids stands in the bytes: one after the other, with their lengths before them unless all have the same. */
type IdsHead = {
  readonly count: number;
  readonly byteLength: number;
  readonly charBytes: 1 | 2;
  readonly length: number | null;
};

type Head = {
  readonly rowCount: number;
  readonly answerCount: number;
  readonly ids: readonly IdsHead[];
  readonly columns: readonly ColumnHead[];
  readonly unreadable: readonly (readonly [index: number, identity: string])[];
  readonly figures: readonly number[];
};

/** As many values as are not worth a part of the bytes of their own. */
const inlineCountMax = 32;
/** So many ids are written down in one go. */
const blockCountMax = 8192;

/** Writes a table down. Yields where another may have a turn. */
export function* pack({ table, figures }: Packing): Generator<void, Buffer> {
  const writer = createWriter();
  writer.keep(table.answers);
  const ids: IdsHead[] = [];
  for (let from = 0; from < table.rowCount; from += blockCountMax) {
    ids.push(packIds(table.conversationIds.slice(from, from + blockCountMax), writer));
    yield;
  }
  const columns: ColumnHead[] = [];
  for (const name of columnNames) {
    columns.push(name === 'form' ? packForms(table.columns.form, writer) : packColumn(table.columns[name], writer));
    yield;
  }
  const { rowCount, answers, unreadable } = table;
  const head: Head = {
    rowCount,
    answerCount: answers.length,
    ids,
    columns,
    unreadable: [...unreadable],
    figures,
  };
  return writer.end(JSON.stringify(head));
}

/** Reads what `pack` wrote. Throws anything when the bytes are something else. Yields where another may have a turn. */
export function* unpack(bytes: Uint8Array): Generator<void, Packing> {
  const reader = createReader(bytes);
  const head = JSON.parse(reader.head) as Head;
  const answers = reader.kept(head.answerCount, Uint8Array);
  const conversationIds: string[] = [];
  for (const ids of head.ids) {
    conversationIds.push(...unpackIds(ids, reader));
    yield;
  }
  const zeros = new Uint8Array(head.rowCount);
  const columns: [string, Column<unknown>][] = [];
  for (const [index, name] of columnNames.entries()) {
    const column = head.columns[index];
    if (column === undefined) throw new RangeError(`no column ${name}`);
    columns.push([name, unpackColumn(column, zeros, reader)]);
    yield;
  }
  const table = assembleTable({
    conversationIds,
    columns: Object.fromEntries(columns) as Columns,
    answers,
    unreadable: new Map(head.unreadable),
  });
  return { table, figures: head.figures };
}

function packIds(ids: readonly string[], writer: Writer): IdsHead {
  const [first = ''] = ids;
  const isEven = ids.every(({ length }) => length === first.length);
  if (!isEven) writer.lay(Uint32Array.from(ids, ({ length }) => length));
  const text = ids.join('');
  const narrow = Buffer.from(text, 'latin1');
  const charBytes = narrow.toString('latin1') === text ? 1 : 2;
  const bytes = charBytes === 1 ? narrow : Buffer.from(text, 'utf16le');
  writer.lay(bytes);
  return { count: ids.length, byteLength: bytes.length, charBytes, length: isEven ? first.length : null };
}

function unpackIds({ count, byteLength, charBytes, length: even }: IdsHead, reader: Reader): readonly string[] {
  const lengths = even === null ? reader.laid(count, Uint32Array) : new Uint32Array(count).fill(even);
  const bytes = Buffer.from(reader.laid(byteLength, Uint8Array).buffer);
  const encoding = charBytes === 1 ? 'latin1' : 'utf16le';
  let at = 0;
  return Array.from(lengths, (length) => {
    const from = at;
    at += length * charBytes;
    return bytes.toString(encoding, from, at);
  });
}

/** Keeps the codes of a column; none where there is but one value. */
function packCodes({ codes, values }: Column<unknown>, writer: Writer): ColumnHead['codeBytes'] {
  if (values.length <= 1) return 0;
  writer.keep(codes);
  return codes.BYTES_PER_ELEMENT as 1 | 2 | 4;
}

/** Forms have most of their metrics in common, each with weights of its own. */
function packForms(column: Table['columns']['form'], writer: Writer): ColumnHead {
  const codeBytes = packCodes(column, writer);
  const placesById = new Map<string | null, Map<string | null, number>>();
  const metrics: MetricHead[] = [];
  const placeOf = ({ metricId, metricName }: FormMetric): number => {
    const places = placesById.get(metricId) ?? new Map<string | null, number>();
    const known = places.get(metricName);
    if (known !== undefined) return known;
    const place = metrics.push([metricId, metricName]) - 1;
    placesById.set(metricId, places.set(metricName, place));
    return place;
  };
  const forms = column.values.map((form) =>
    form.flatMap((metric) => [placeOf(metric), metric.weight, metric.negativeWeight]),
  );
  return { codeBytes, metrics, forms };
}

function unpackForms(metrics: readonly MetricHead[], forms: readonly FormHead[]): readonly (readonly FormMetric[])[] {
  return forms.map((form) =>
    Array.from({ length: form.length / formHeadParts }, (_, index) => {
      const at = index * formHeadParts;
      const [metricId, metricName] = metrics[form[at] ?? 0] ?? [null, null];
      return { metricId, metricName, weight: form[at + 1] ?? null, negativeWeight: form[at + 2] ?? null };
    }),
  );
}

function packColumn(column: Column<unknown>, writer: Writer): ColumnHead {
  const { values } = column;
  const codeBytes = packCodes(column, writer);
  if (values.length <= inlineCountMax) return { codeBytes, values };
  if (values.every((value) => value === null || typeof value === 'number')) {
    writer.lay(Float64Array.from(values, (value) => value ?? 0));
    return { codeBytes, numberCount: values.length, nullIndex: values.indexOf(null) };
  }
  const json = Buffer.from(JSON.stringify(values));
  writer.lay(json);
  return { codeBytes, jsonBytes: json.length };
}

function unpackColumn(head: ColumnHead, zeros: Codes, reader: Reader): Column<unknown> {
  const codes = head.codeBytes === 0 ? zeros : reader.kept<Codes>(zeros.length, codeArrays[head.codeBytes]);
  if ('values' in head) return { codes, values: head.values };
  if ('forms' in head) return { codes, values: unpackForms(head.metrics, head.forms) };
  if ('jsonBytes' in head) {
    const json = Buffer.from(reader.laid(head.jsonBytes, Uint8Array).buffer).toString();
    return { codes, values: JSON.parse(json) as readonly unknown[] };
  }
  const values: (number | null)[] = Array.from(reader.laid(head.numberCount, Float64Array));
  if (head.nullIndex >= 0) values[head.nullIndex] = null;
  return { codes, values };
}

const codeArrays = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const;
