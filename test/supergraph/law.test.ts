import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hash } from '../simulator/hash.ts';
import { composers, sidesOf, supergraphOf } from './compose.ts';
import { holdLaw } from './hold.ts';
import { openSides, type Sides } from './sides.ts';
import { stitch } from './stitched.ts';

/** By composer. More of them: SUPERGRAPH_QUERIES=5000 npx vitest run --project supergraph. The same again: SUPERGRAPH_SEED. */
const queryCount = Number(process.env['SUPERGRAPH_QUERIES'] ?? 80);
const seed = Number(process.env['SUPERGRAPH_SEED'] ?? randomInt(0x7fff_ffff));
const timeout = 120_000 + 1_000 * queryCount;

let sides: Sides;
beforeAll(async () => {
  sides = await openSides();
});
afterAll(async () => {
  await sides[Symbol.asyncDispose]();
});

test.for(Object.entries(composers))(
  `a supergraph answers as its sides do, asked for one object at a time: composed by %s, seed ${seed}`,
  { timeout },
  async ([name, compose]) => {
    const { sdl, api } = supergraphOf(compose(sidesOf()));
    const { ask } = stitch(sides, sdl);
    const { fault, tally } = await holdLaw({ sides, api, ask }, { queryCount, seed: hash(seed, name.length) | 0 });
    process.stdout.write(`${name}: ${JSON.stringify(tally)}\n`);
    expect(fault).toBeNull();
    expect(tally.queries).toBe(queryCount);
    expect(tally.crossing, 'a law about crossing is held where sides are crossed').toBeGreaterThan(queryCount / 4);
  },
);

test('the law is broken by a supergraph that tells one thing wrongly', { timeout }, async () => {
  const { sdl, api } = supergraphOf(composers.apollo(sidesOf()));
  const supergraph = stitch(sides, sdl);
  const ask = async (query: string) =>
    JSON.parse(JSON.stringify(await supergraph.ask(query)).replaceAll('"Team 1"', '"Team 2"'));
  const { fault } = await holdLaw({ sides, api, ask }, { queryCount: 300, seed: 1 });
  expect(fault).toMatch(/title/);
});
