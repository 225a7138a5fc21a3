import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sayFigures } from '../figures.ts';
import { tokenFor, tokenSettings } from '../gateway/tokens.ts';
import { hear } from './asking.ts';
import { askers, claimsOf, isForbidden, worldOf } from './callers.ts';
import { poolOf } from './pool.ts';
import { questions } from './questions.ts';
import { openStage } from './stage.ts';
import { type World, worlds } from './worlds.ts';

/** A gateway that knows its callers. */
function guarded(world: World): World {
  return { ...world, settings: { ...world.settings, ...tokenSettings } };
}

const seed = 20_261_127;
const questionCount = 40;
const names = [
  'as best known',
  'clean rows',
  'descending',
  'all fields',
  'fifth version',
  'no segments',
  'what has not begun is not listed',
  'more than a hundred rows in one second',
  'metric-without-id',
  'totals drift',
];

test.for(names)('what a caller is answered is what the oracle answers over his rows alone: %s', async (name) => {
  const world = worlds.find((each) => each.name === name || each.name.endsWith(name));
  if (world === undefined) throw new Error(`no world is called ${name}`);
  const tally = { partCount: 0, refusedCount: 0 };
  await using stage = await openStage(guarded(world), seed, tally);
  const pool = poolOf(stage.first);
  await fc.assert(
    fc.asyncProperty(questions(pool), askers(pool), async (question, asker) => {
      const token = await tokenFor(claimsOf(asker), stage.now());
      const fault = await hear(
        {
          data: worldOf(stage.first, asker),
          law: world.law,
          ask: (document) => stage.ask(document, token),
          isForbidden: (root) => isForbidden(asker, root),
        },
        question,
      );
      expect(fault).toBeNull();
    }),
    { numRuns: questionCount, seed, endOnFailure: true },
  );
  sayFigures('callers', { questions: questionCount });
});
