/** What a token says of the key that it is signed with. */
export type Head = { readonly alg: string; readonly kid?: string };

const kidLengthMax = 256;

/**
 * What would have the key taken from the token itself or from elsewhere, or means that the token is to be read in some other way than usual. Whoever sends one either attacks,
 * or relies on what this gateway doesn't do.
 */
const refusedParameters = ['crit', 'b64', 'jku', 'jwk', 'x5u', 'x5c', 'zip'];

/** Reads a token's header before any key is looked for. Null where the algorithm is none of these, or anything else is not as it should be. */
export function readHead(token: string, algorithms: readonly string[]): Head | null {
  const head = parseObject(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString('utf8'));
  if (head === null || refusedParameters.some((name) => Object.hasOwn(head, name))) return null;
  const { alg, kid } = head;
  if (typeof alg !== 'string' || !algorithms.includes(alg)) return null;
  if (!Object.hasOwn(head, 'kid')) return { alg };
  return typeof kid === 'string' && kid !== '' && kid.length <= kidLengthMax ? { alg, kid } : null;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}
