import { Failure } from './errors.ts';
import type { Clock, Patience } from './model/ports.ts';

/**
 * How long an operation is waited for: until its client leaves, the gateway stops, or `waitMs` are over, which is its deadline less what the answer itself takes. Its signal aborts with the reason of
 * whichever is first, DEADLINE_EXCEEDED where it is time. Every client is gone in the end: what listens to the gateway's stopping goes with him. One signal for all of it, for joining signals takes longer than an
 * operation waits for.
 */
export function createPatience(waitMs: number, clock: Clock, gone: AbortSignal, stopping: AbortSignal): Patience {
  const deadline = clock.elapsed() + waitMs;
  const over = new AbortController();
  const stop = () => over.abort(stopping.reason);
  const leave = () => {
    stopping.removeEventListener('abort', stop);
    over.abort(gone.reason);
  };
  if (stopping.aborted) stop();
  else stopping.addEventListener('abort', stop, { once: true });
  if (gone.aborted) leave();
  else gone.addEventListener('abort', leave, { once: true });
  clock.wait(waitMs, over.signal).then(
    () => over.abort(new Failure('DEADLINE_EXCEEDED', 'The operation took longer than it may')),
    () => {},
  );
  return { signal: over.signal, deadlineAt: () => deadline };
}
