import { useEffect, useState } from 'react';

/** Whole seconds until a moment of performance.now()'s clock, counting down. */
export function useSecondsUntil(atMs: number): number {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    const tick = () => setNowMs(performance.now());
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((atMs - nowMs) / 1_000));
}
