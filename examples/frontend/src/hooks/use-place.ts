import { useCallback, useEffect, useState } from 'react';
import { hrefOf, type Place, placeOf } from '../place.ts';

/** The place that the address names, and a way to go to another one; Back and Forward work as everywhere. */
export function usePlace(): readonly [Place, (next: Place) => void] {
  const [place, setPlace] = useState(() => placeOf(window.location.search));
  useEffect(() => {
    const read = () => setPlace(placeOf(window.location.search));
    window.addEventListener('popstate', read);
    return () => window.removeEventListener('popstate', read);
  }, []);
  const go = useCallback((next: Place) => {
    const href = hrefOf(next);
    // As with a link to the page itself, going where one is already is nothing to go back from.
    if (href === window.location.search) window.history.replaceState(null, '', href);
    else window.history.pushState(null, '', href);
    setPlace(next);
  }, []);
  return [place, go];
}
