import { type RefObject, useEffect, useRef } from 'react';

/** How far ahead of the end the next page is asked for. */
const aheadBy = '600px';

/** Calls when the element comes near the viewport, or is there already; only while armed. */
export function useEndReached(isArmed: boolean, onReached: () => void): RefObject<HTMLDivElement | null> {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isArmed || end.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) onReached();
      },
      { rootMargin: aheadBy },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isArmed, onReached]);
  return end;
}
