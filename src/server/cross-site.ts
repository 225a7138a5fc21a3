import { Failure } from '../errors.ts';
import { Refusal } from './refusal.ts';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Headers that a page of another site can't set without asking first (the fetch standard, CORS-safelisted request-headers). */
const askedFirst = ['apollo-require-preflight', 'x-apollo-operation-name'];

/**
 * Refuses what a page of another site could send with its visitor's cookies, certificate or place in the network. A browser says where a request comes from
 * (Fetch Metadata), or shows by an origin or a cookie that it is one; what a page needs the server's consent for (CORS) is no danger either. Whoever isn't a browser may
 * send a GET as it is.
 */
export function refuseCrossSite(headers: Headers): void {
  if (needsConsent(headers) || !isOfAnotherSite(headers)) return;
  throw new Refusal(
    new Failure(
      'BAD_USER_INPUT',
      'A page of another site could have sent this: POST it, or send the header apollo-require-preflight',
      { reason: 'CROSS_SITE' },
    ),
  );
}

/** Any `content-type` will do: `refuseForeignBody` has let through none but JSON, and that is nothing that a page may send unasked. */
function needsConsent(headers: Headers): boolean {
  return headers['content-type'] !== undefined || askedFirst.some((name) => (headers[name] ?? '') !== '');
}

function isOfAnotherSite(headers: Headers): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return headers['origin'] !== undefined || headers['cookie'] !== undefined;
}
