/** Where the gateway answers: the page's own origin, unless the build was told another. */
export const graphqlUrl = import.meta.env['VITE_GRAPHQL_URL'] ?? '/graphql';

/**
 * Whose midnights cut days: the gateway's own TIME_ZONE. Windows that begin and end at them are read day by day, and what one reading of a day
 * brought serves every other; a window cut elsewhere costs more calls.
 */
export const timeZone = import.meta.env['VITE_TIME_ZONE'] ?? 'UTC';
