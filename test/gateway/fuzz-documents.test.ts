import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSchema } from '../../src/graphql/schema.ts';
import type { Chance } from '../chance.ts';
import { leakUpstream, type Planted, startPlanted } from './canaries.ts';
import { operationOf } from './fuzz-document.ts';
import { type Case, fuzz } from './fuzzing.ts';

const schema = buildSchema();
const seed = Number(process.env['FUZZ_SEED'] ?? 2_000_000);

let planted: Planted;
beforeAll(async () => {
  planted = await startPlanted();
});
afterAll(async () => await planted[Symbol.asyncDispose]());

test('of 4,000 operations of chance none is answered out of shape, with 5xx, or with a secret of ours or of the upstream', async () => {
  let made = 0;
  const make = (chance: Chance): Case => {
    const { query, variables } = operationOf(chance, schema);
    made += 1;
    // In the end the upstream fails now and then, with all it knows: what is read of that is tried too.
    if (2_500 < made && chance.percent(5)) leakUpstream(planted, chance.below(9));
    const accept = chance.pick(['application/json', 'application/graphql-response+json', '*/*']);
    const headers = {
      accept,
      authorization: `Bearer ${planted.token}`,
      ...(chance.percent(2) ? { 'x-upstream-trace': '1' } : {}),
      // Read anew, or what is held would answer everything.
      ...(chance.percent(10) ? { 'cache-control': 'no-cache' } : {}),
    };
    const operationName = chance.pick(['Named', 'Named', null, 'Nothing']);
    if (chance.percent(80)) {
      const body = JSON.stringify({ query, variables, operationName });
      return { method: 'POST', path: '/graphql', headers: { ...headers, 'content-type': 'application/json' }, body };
    }
    const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
    return { method: 'GET', path: `/graphql?${String(search).slice(0, 6_000)}`, headers, body: undefined };
  };
  const { wrong, statuses } = await fuzz(planted, { count: 4_000, seed, make });
  expect(wrong).toEqual([]);
  expect(statuses['200'] ?? 0).toBeGreaterThan(1_000);
  expect(statuses['400'] ?? 0).toBeGreaterThan(500);
  expect(planted.kore.callCount).toBeGreaterThan(50);
  await planted.checkTraces();
}, 180_000);
