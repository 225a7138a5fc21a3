/** Why a text isn't taken as JSON. */
export type JsonFault = 'SYNTAX' | 'DEPTH' | 'DUPLICATE_KEY' | 'RESERVED_KEY' | 'NUMBER' | 'TEXT';

export type StrictJson =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'fault'; readonly fault: JsonFault };

/** Keys that mean something else to JavaScript. No argument is called so. */
const reservedKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** One token that is no text, or blanks: whatever else stands there is no JSON. Sticky, and without nested repetition: it takes time in proportion to the text. */
const token = /[ \t\n\r]+|[{}[\],:]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Characters that no name, id or sentence has; a line may be broken, and have tabs. */
const control = /[^\P{Cc}\t\n\r]/u;

/**
 * Reads JSON of which everybody who reads it makes the same: JSON.parse, after a look at its tokens that needs no stack. Refuses what nests deeper than `depthMax`
 * objects and lists, keys that come twice in one object or that JavaScript has a meaning for, integers that a double would round and numbers beyond it, and
 * texts with half a surrogate pair or a control character.
 */
export function parseStrictJson(text: string, depthMax: number): StrictJson {
  const fault = faultOf(text, depthMax);
  if (fault !== null) return { kind: 'fault', fault };
  try {
    return { kind: 'value', value: JSON.parse(text) };
  } catch {
    return { kind: 'fault', fault: 'SYNTAX' };
  }
}

/** What is wrong with a text, as far as tokens say it; their order is left to JSON.parse. */
function faultOf(text: string, depthMax: number): JsonFault | null {
  /** The keys of each open object; null for a list. */
  const open: (Set<string> | null)[] = [];
  let isKeyNext = false;
  for (let at = 0; at < text.length; ) {
    const found = tokenAt(text, at);
    if (found === null) return 'SYNTAX';
    at += found.length;
    switch (found[0]) {
      case '{':
      case '[':
        if (open.length === depthMax) return 'DEPTH';
        open.push(found === '{' ? new Set() : null);
        isKeyNext = found === '{';
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        isKeyNext = open.at(-1) instanceof Set;
        break;
      case ':':
        isKeyNext = false;
        break;
      case '"': {
        const fault = textFault(found, isKeyNext ? (open.at(-1) ?? null) : null);
        if (fault !== null) return fault;
        break;
      }
      default:
        if (/^[-\d]/.test(found) && !isExact(found)) return 'NUMBER';
    }
  }
  return null;
}

/** The token at a place; null where there is none. */
function tokenAt(text: string, at: number): string | null {
  if (text[at] === '"') return quotedAt(text, at);
  token.lastIndex = at;
  return token.exec(text)?.[0] ?? null;
}

/** The text in quotes at a place; null where it doesn't end. No expression: one would need a stack for many escapes. */
function quotedAt(text: string, start: number): string | null {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return text.slice(start, at + 1);
  }
  return null;
}

/** What is wrong with a text in quotes. A key is added to `keys`. */
function textFault(quoted: string, keys: Set<string> | null): JsonFault | null {
  const text = unquoted(quoted);
  if (text === null) return 'SYNTAX';
  if (!isSoundText(text)) return 'TEXT';
  if (keys === null) return null;
  if (reservedKeys.has(text)) return 'RESERVED_KEY';
  if (keys.has(text)) return 'DUPLICATE_KEY';
  keys.add(text);
  return null;
}

function unquoted(quoted: string): string | null {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return null;
  }
}

/** Whether a text is one that a person or a program may have meant: whole characters, and no control characters but tabs and ends of lines. */
export function isSoundText(text: string): boolean {
  return text.isWellFormed() && !control.test(text);
}

/** Whether a number is finite and, if it is an integer, one that a double holds. */
function isExact(number: string): boolean {
  const value = Number(number);
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
