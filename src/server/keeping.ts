import type { FastifyReply } from 'fastify';
import type { Context } from '../graphql/context.ts';

/** What is said of an answer that nobody may keep. */
const unkept = 'private, no-store';

/** What of a request decides what is answered: whoever keeps an answer must not give it to another. RFC 9110, section 12.5.5. */
const decisive = 'accept, authorization, router-authorization, x-upstream-plan, x-upstream-trace';

/**
 * Says for how long a browser may keep an answer, by what it rests on: until the first of it is no longer fresh, and `secondsMax` at most; RFC 9111, section 5.2.2. Only what is asked by
 * GET and is whole, and without an error, is kept: what isn't may be otherwise a moment later.
 */
export function sayKeeping(
  reply: FastifyReply,
  { isGet, isWithoutErrors }: { readonly isGet: boolean; readonly isWithoutErrors: boolean },
  { freshForMs, isTraced, isPlanned }: Pick<Context, 'freshForMs' | 'isTraced' | 'isPlanned'>,
  secondsMax: number,
): void {
  const seconds = Math.min(secondsMax, Math.floor(freshForMs() / 1000));
  if (!isGet || !isWithoutErrors || isTraced || isPlanned || seconds <= 0) {
    forbidKeeping(reply);
    return;
  }
  const others = reply.getHeader('vary');
  reply.header('vary', others === undefined ? decisive : `${others}, ${decisive}`);
  reply.header('cache-control', `private, max-age=${seconds}`);
}

/** Whatever is said to one caller, of one moment: nothing on the way, and no browser, is to keep it for the next. */
export function forbidKeeping(reply: FastifyReply): void {
  reply.header('cache-control', unkept);
}
