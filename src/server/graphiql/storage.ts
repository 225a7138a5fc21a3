import type { Storage as PageStorage } from '@graphiql/toolkit';

const prefix = 'graphiql:';
const perVisit: ReadonlySet<string> = new Set(['tabState', 'query', 'variables', 'headers'].map((key) => prefix + key));

/**
 * Where the page keeps things. What is being edited lives as long as the browser's tab, so that each visit begins with the examples of
 * today; history, theme and panes stay.
 */
export function createStorage(lasting: Storage, passing: Storage): PageStorage {
  const placeOf = (key: string) => (perVisit.has(key) ? passing : lasting);
  const keysIn = (place: Storage) => Object.keys(place).filter((key) => key.startsWith(prefix));
  return {
    getItem: (key) => placeOf(key).getItem(key),
    setItem: (key, value) => placeOf(key).setItem(key, value),
    removeItem: (key) => placeOf(key).removeItem(key),
    clear() {
      for (const place of [lasting, passing]) for (const key of keysIn(place)) place.removeItem(key);
    },
    get length() {
      return keysIn(lasting).length + keysIn(passing).length;
    },
  };
}
