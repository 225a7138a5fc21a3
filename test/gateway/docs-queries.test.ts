import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isFailureCode, isRetryable } from '../../src/errors.ts';
import { buildSchema } from '../../src/graphql/schema.ts';
import { type Block, blocks, chains, prices } from './docs-blocks.ts';
import { asShown, type DocsWorld, startDocsWorld } from './docs-world.ts';
import type { Answer, GatewayUnderTest } from './harness.ts';

let world: DocsWorld;
beforeAll(async () => {
  world = await startDocsWorld();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const schema = buildSchema();

describe('what the documents show', () => {
  test('is several queries in the README, and answers to some, prices of some and failures of some in all', () => {
    expect(blocks.filter(({ file }) => file === 'README.md').length).toBeGreaterThan(2);
    expect(blocks.filter(({ answer }) => answer !== null).length).toBeGreaterThan(1);
    expect(blocks.filter(({ callCount }) => callCount !== null).length).toBeGreaterThan(1);
    expect(blocks.filter(({ failure }) => failure !== null).length).toBeGreaterThan(1);
    expect(prices.length).toBeGreaterThan(1);
  });

  test.for(chains)('is valid, and answers as they say: $title', async ({ blocks: chain }) => {
    if (chain.every(({ callCount }) => callCount === null || isElsewhere(chain))) {
      await askAll(chain, world.shared);
      return;
    }
    await using gateway = await world.startAnew();
    await askAll(chain, gateway);
  });

  test.for(prices)('costs what the table says: $file $query', async (block) => {
    await using gateway = await world.startAnew();
    await askAll([block], gateway);
  });
});

/** The prices of docs/questions.md are claimed and tested by its own test. */
function isElsewhere(chain: readonly Block[]): boolean {
  return chain.some(({ file }) => file === 'docs/questions.md');
}

async function askAll(chain: readonly Block[], gateway: GatewayUnderTest): Promise<void> {
  let after: unknown = null;
  for (const block of chain) {
    const answer = await askOne(block, gateway, block.goesOn ? { after } : {});
    after = endCursorIn(answer.data);
  }
}

async function askOne(block: Block, gateway: GatewayUnderTest, more: object): Promise<Answer> {
  const { query, variables, headers, failure, answer: expected } = block;
  if (failure === null || !failure.code.startsWith('GRAPHQL_')) expect(validate(schema, parse(query))).toEqual([]);
  const { callCount: callsBefore } = world.kore;
  const answer = await gateway.query(query, { ...variables, ...more }, headers);
  const { status, ...body } = answer;
  if (failure === null) expect([status, body.errors]).toEqual([200, undefined]);
  else
    expect(codesOf(body.errors)).toEqual([
      [failure.code, failure.reason, isFailureCode(failure.code) && isRetryable(failure.code)],
    ]);
  if (expected !== null) expect(body).toEqual(asShown(expected));
  if (block.callCount !== null && !isElsewhere([block])) {
    expect(world.kore.callCount - callsBefore).toBe(block.callCount);
    if (headers['cache-control'] !== undefined || failure !== null) return answer;
    await gateway.query(query, { ...variables, ...more }, headers);
    expect(world.kore.callCount - callsBefore, 'what is held is not asked for again').toBe(block.callCount);
  }
  return answer;
}

function codesOf(errors: Answer['errors'] = []) {
  return errors.map(({ extensions: { code, reason, retryable } }) => [code, reason, retryable]);
}

function endCursorIn(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return null;
  for (const [name, value] of Object.entries(data)) {
    const found = name === 'endCursor' ? value : endCursorIn(value);
    if (found !== null) return found;
  }
  return null;
}
