import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startTestGateway } from '../gateway/harness.ts';
import { poolOf } from './pool.ts';
import { haggle, type PriceTally } from './pricing.ts';
import { questions } from './questions.ts';
import { openStage, settingsOf } from './stage.ts';
import { worlds } from './worlds.ts';

/** Upstreams that keep their word, whose lists stay as they are: their pages join, or need none. */
const names = [
  'as best known',
  'clean rows',
  'descending',
  'exclusive ends',
  'all fields',
  'what has not begun is not listed',
];
const seed = Number(process.env['PLAN_SEED'] ?? 20_261_126);
const runCount = Number(process.env['PLAN_RUNS'] ?? 25);
const questionsMax = 3;

test.for(names)('an operation takes no fewer and no more calls than its plan says: %s', async (name) => {
  const world = worlds.find((each) => each.name === name);
  if (world === undefined) throw new Error(`there is no world "${name}"`);
  await using stage = await openStage(world, seed, { partCount: 0, refusedCount: 0 });
  const tally: PriceTally = { askedCount: 0, knownCount: 0, freeCount: 0, callCount: 0 };
  const pool = poolOf(stage.first);
  const asked = fc.array(questions(pool), { minLength: 1, maxLength: questionsMax });
  const midnights = pool.midnights.map((ms) => new Date(ms).toISOString());
  const law = fc.asyncProperty(asked, fc.boolean(), async (all, isSeen) => {
    // Each run begins with nothing held, or with the first page of each day, which tells its size.
    await using gateway = await startTestGateway(stage.kore, { settings: settingsOf(world), now: stage.now });
    const shop = { url: gateway.url, callCount: () => stage.kore.callCount };
    if (isSeen) await gateway.query(totalsOf(midnights));
    for (const question of all) {
      const fault = await haggle(shop, question, tally);
      if (fault !== null) throw new Error(fault);
    }
  });
  const details = await fc.check(law, { numRuns: runCount, seed, interruptAfterTimeLimit: 60_000 });
  process.stdout.write(`plans of "${name}", seed ${seed}: ${JSON.stringify(tally)}\n`);
  expect(details.failed ? `${details.counterexamplePath} ${String(details.errorInstance)}` : '').toBe('');
  expect(tally.knownCount - tally.freeCount).toBeGreaterThan(0);
});

function totalsOf(midnights: readonly string[]): string {
  const fields = midnights.slice(1).map((until, at) => {
    const list = `window: { from: "${midnights[at]}", until: "${until}" }`;
    return `d${at}: conversations(${list}) { totalCount } e${at}: conversations(${list}, filterBy: { includeBelowThreshold: true }) { totalCount }`;
  });
  return `{ ${fields.join(' ')} }`;
}
