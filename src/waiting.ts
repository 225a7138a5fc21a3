/**
 * Ends after `waitMs`, or rejects with the signal's reason as soon as it aborts. The platform's own (`timers/promises`) makes an error with a stack for each wait that is left, and every operation leaves one
 * behind.
 */
export function waitUnlessAborted(waitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const leave = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave);
      resolve();
    }, waitMs);
    signal.addEventListener('abort', leave, { once: true });
  });
}
