import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sayFigures } from '../figures.ts';
import { tokenFor, tokenSettings } from '../gateway/tokens.ts';
import { listIn, stepOf } from './asking.ts';
import { type Asker, claimsOf, isHis } from './callers.ts';
import { poolOf } from './pool.ts';
import { type Question, questions } from './questions.ts';
import { printDocument, type Selection } from './selection.ts';
import { openStage, type Stage } from './stage.ts';
import { type World, worlds } from './worlds.ts';

/**
 * Two worlds that differ in what a caller may not see, and in nothing else: whatever he asks, he is answered the same, to the letter. So no answer tells
 * him that there is more.
 */
const seed = 20_261_128;
const questionCount = 40;

function worldCalled(name: string, parts: Partial<World> = {}): World {
  const world = worlds.find((each) => each.name === name);
  if (world === undefined) throw new Error(`no world is called ${name}`);
  return { ...world, ...parts, settings: { ...world.settings, ...tokenSettings } };
}

/** Without what no two answers have alike: cursors are sealed with chance, requests have ids of their own, and readings their moment. */
function comparable(answer: object): string {
  const told = JSON.stringify(answer);
  return told
    .replaceAll(/"(cursor|startCursor|endCursor)":"[^"]+"/g, '"$1":"a cursor"')
    .replaceAll(/"(requestId|asOf)":"[^"]+"/g, '"$1":"something"');
}

/** The steps of a question, each made of the answer to the one before. */
function* stepsOf(question: Question): Generator<readonly Selection[], void, Readonly<Record<string, unknown>>> {
  if (question.shape === 'operation') {
    yield question.roots;
    return;
  }
  if (question.shape === 'again') return;
  const { isForward } = question;
  let cursor: string | null = null;
  for (let step = 0; step < 3; step++) {
    const place = isForward ? { first: question.size, after: cursor } : { last: question.size, before: cursor };
    const answer: Readonly<Record<string, unknown>> = yield [stepOf(question, place)];
    const page = Object(listIn(answer, question)).pageInfo ?? {};
    cursor = (isForward ? page.endCursor : page.startCursor) ?? null;
    if (cursor === null) return;
  }
}

async function answersOf(stage: Stage, question: Question, token: string): Promise<readonly string[]> {
  const answers: string[] = [];
  const steps = stepsOf(question);
  let step = steps.next();
  while (step.done !== true) {
    const answer = await stage.ask(printDocument(step.value), token);
    answers.push(comparable(answer));
    step = steps.next(answer.data ?? {});
  }
  return answers;
}

const agents = (count: number) => (stage: Stage) => poolOf(stage.first).agentIds.slice(0, count);

test.for([
  ['as best known', { switches: { segments: false } }, agents(2), 0],
  ['clean rows', { switches: { quirks: false, segments: false } }, agents(1), 1],
  ['all fields', { switches: { tableOnlyFields: true, era: 'V6', segments: false } }, agents(3), 0],
  ['no segments', {}, agents(0), 2],
] as const)('what is hidden changes no letter: %s', async ([name, parts, agentsIn, queueCount]) => {
  const tally = { partCount: 0, refusedCount: 0 };
  await using whole = await openStage(worldCalled(name, parts), seed, tally);
  const pool = poolOf(whole.first);
  const asker: Asker = { rights: ['auditors'], agents: agentsIn(whole), queues: pool.queueIds.slice(0, queueCount) };
  const prepare: World['prepare'] = (kore, firstMs) => {
    worldCalled(name).prepare(kore, firstMs);
    for (const row of whole.first.rows) if (!isHis(asker, row)) kore.remove(row.conversationId);
  };
  await using his = await openStage({ ...worldCalled(name, parts), prepare }, seed, tally);
  expect(his.first.rows.length).toBeGreaterThan(0);
  expect(his.first.rows.length).toBeLessThan(whole.first.rows.length);
  const token = await tokenFor(claimsOf(asker), whole.now());
  const everything = await tokenFor({ sub: 'an operator', roles: ['all-conversations'] }, whole.now());
  await fc.assert(
    fc.asyncProperty(questions(pool), questions(pool), async (question, others) => {
      // Somebody who sees all has asked before, by pages and by scans.
      await answersOf(whole, others, everything);
      expect(await answersOf(whole, question, token)).toEqual(await answersOf(his, question, token));
    }),
    { numRuns: questionCount, seed, endOnFailure: true },
  );
  sayFigures('hidden', { questions: questionCount });
});
