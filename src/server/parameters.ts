import { Failure } from '../errors.ts';
import { jsonOf } from './body.ts';
import { Refusal } from './refusal.ts';

/** What a request to /graphql holds, whichever method it came by. */
export type RequestFields = { readonly [field: string]: unknown };

const names: ReadonlySet<string> = new Set(['query', 'documentId', 'operationName', 'variables', 'extensions']);
const jsonNames: ReadonlySet<string> = new Set(['variables', 'extensions']);

/**
 * The fields of a GET, read as strictly as a body: what a proxy before this gateway could read in another way (a parameter that comes twice, an escape that is no UTF-8) is
 * refused. Parameters of other names are others' business.
 */
export function fieldsOfUrl(url: string, depthMax: number): RequestFields {
  const at = url.indexOf('?');
  const fields = new Map<string, unknown>();
  for (const pair of at < 0 ? [] : url.slice(at + 1).split('&')) {
    const equals = pair.indexOf('=');
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals));
    if (!names.has(name)) continue;
    if (fields.has(name)) throw unreadable(`The parameter ${name} comes twice`);
    const value = equals < 0 ? '' : decoded(pair.slice(equals + 1));
    fields.set(name, jsonNames.has(name) && value !== '' ? jsonOf(value, depthMax, `parameter ${name}`) : value);
  }
  return Object.fromEntries([...fields].filter(([, value]) => value !== ''));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw unreadable('A parameter of the request is no UTF-8');
  }
}

function unreadable(message: string): Refusal {
  return new Refusal(new Failure('BAD_USER_INPUT', message, { reason: 'REQUEST' }));
}
