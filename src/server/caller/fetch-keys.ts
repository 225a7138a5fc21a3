import type { JSONWebKeySet } from 'jose';
import type { Clock, Fetch } from '../../model/ports.ts';

export type FetchSettings = {
  readonly url: string;
  readonly timeoutMs: number;
  readonly bytesMax: number;
};

/** Why there is no key set: a word for the log, without anything that the other side has said. */
export class NoKeySet extends Error {
  override readonly name = 'NoKeySet';
  readonly why: string;

  constructor(why: 'UNREACHABLE' | 'TIMEOUT' | 'STATUS' | 'TOO_LARGE' | 'NOT_A_KEY_SET' | 'STOPPED', cause?: unknown) {
    super(why, { cause });
    this.why = why;
  }
}

/** The keys of a set that are looked at. */
const keysMax = 100;

/**
 * Asks once for a key set: no redirect is followed, for the address is a setting and no server may change it, and neither time nor bytes are without a bound, counted after
 * decompression. Rejects with NoKeySet.
 */
export async function fetchKeySet(
  { url, timeoutMs, bytesMax }: FetchSettings,
  { fetch, clock }: { readonly fetch: Fetch; readonly clock: Clock },
  stopping: AbortSignal,
): Promise<JSONWebKeySet> {
  const late = new AbortController();
  const done = new AbortController();
  clock.wait(timeoutMs, AbortSignal.any([done.signal, stopping])).then(
    () => late.abort(new NoKeySet('TIMEOUT')),
    () => {},
  );
  const signal = AbortSignal.any([late.signal, stopping]);
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal,
      headers: { accept: 'application/jwk-set+json, application/json' },
    });
    if (response.status !== 200) throw new NoKeySet('STATUS');
    return readKeySet(await readBounded(response, bytesMax));
  } catch (error) {
    if (late.signal.aborted) throw late.signal.reason;
    if (error instanceof NoKeySet) throw error;
    throw new NoKeySet(stopping.aborted ? 'STOPPED' : 'UNREACHABLE', error);
  } finally {
    done.abort();
    // Lets go of the connection where the body was not read to its end.
    late.abort();
  }
}

async function readBounded(response: Response, bytesMax: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let byteCount = 0;
  for await (const part of response.body ?? []) {
    byteCount += part.byteLength;
    if (bytesMax < byteCount) throw new NoKeySet('TOO_LARGE');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** A set without a key is none: taken at its word, it would shut out everybody. */
function readKeySet(text: string): JSONWebKeySet {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new NoKeySet('NOT_A_KEY_SET', cause);
  }
  if (!isObject(value) || !Array.isArray(value['keys'])) throw new NoKeySet('NOT_A_KEY_SET');
  const keys = value['keys'].filter(isKey).slice(0, keysMax);
  if (keys.length === 0) throw new NoKeySet('NOT_A_KEY_SET');
  return { keys };
}

function isKey(value: unknown): value is JSONWebKeySet['keys'][number] {
  return isObject(value) && typeof value['kty'] === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
