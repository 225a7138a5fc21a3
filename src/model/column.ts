/** One field of many rows: a code a row, and the distinct values that the codes are indices of. */
export type Column<T> = { readonly codes: Codes; readonly values: readonly T[] };

/** As narrow as the number of distinct values allows. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** Where the codes of so many rows are written while it isn't known how many values there are. */
export function roomForCodes(rowCount: number): Uint8Array | Uint32Array {
  return rowCount <= narrowCountMax ? new Uint8Array(rowCount) : new Uint32Array(rowCount);
}

/** The same codes in as few bytes as so many values need; `zeros` (a 0 for each row) where there is but one value: columns of one value share them. */
export function narrowed(codes: Uint8Array | Uint32Array, valueCount: number, zeros: Codes): Codes {
  if (valueCount <= 1) return zeros;
  if (codes instanceof Uint8Array) return codes;
  if (valueCount <= narrowCountMax) return new Uint8Array(codes);
  return valueCount <= 0x10000 ? new Uint16Array(codes) : codes;
}

const narrowCountMax = 0x100;

/** What values are told apart by, however many objects say the same. */
export function keyOfValue(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/** So many values are looked through one by one: for most fields of a page that is all of them, and takes less than a map's making. */
const fewMax = 8;

/** Codes keys in the order of their first appearance. */
export type Coding = {
  /** The code of a key; of a new one the next, which is the number of keys before. */
  codeOf(key: unknown): number;
};

/** Begins with no key. */
export function createCoding(): Coding {
  const keys: unknown[] = [];
  let codes: Map<unknown, number> | undefined;
  return {
    codeOf(key) {
      const known = codes === undefined ? keys.indexOf(key) : codes.get(key);
      if (known !== undefined && known >= 0) return known;
      const code = keys.push(key) - 1;
      if (codes !== undefined) codes.set(key, code);
      else if (keys.length > fewMax) codes = new Map(keys.map((each, index) => [each, index]));
      return code;
    },
  };
}

/** The column of what `read` finds in each row. Values are coded by what they are, not by which object they are, in the order of their first appearance. */
export function makeColumn<Row, T>(rows: readonly Row[], read: (row: Row) => T, zeros: Codes): Column<T> {
  const coding = createCoding();
  const values: T[] = [];
  const codes = roomForCodes(rows.length);
  let [last, lastCode]: [T | undefined, number] = [undefined, -1];
  for (let index = 0; index < rows.length; index++) {
    const value = read(rows[index] as Row);
    if (lastCode < 0 || value !== last) {
      lastCode = coding.codeOf(keyOfValue(value));
      if (lastCode === values.length) values.push(value);
      last = value;
    }
    codes[index] = lastCode;
  }
  return { codes: narrowed(codes, values.length, zeros), values };
}
