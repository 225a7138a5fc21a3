/** Bodies are read as `fetch` does: what is no UTF-8 is replaced, and a mark of the byte order left out. */
const utf8 = new TextDecoder();

/** The text that bytes are in UTF-8. */
export function textOf(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): string {
  return utf8.decode(bytes);
}

/** What a text says in JSON; undefined: it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
