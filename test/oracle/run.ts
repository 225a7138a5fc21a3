import fc from 'fast-check';
import { type Fault, hear } from './asking.ts';
import { poolOf } from './pool.ts';
import { type Question, questions } from './questions.ts';
import { takeRestlessWalk } from './restless.ts';
import { openStage } from './stage.ts';
import { type World, worlds } from './worlds.ts';

/** What a run of the oracle found. */
export type Verdict = {
  readonly questionCount: number;
  readonly countByKind: ReadonlyMap<string, number>;
  /** Differences by world, each with what is needed to see it again. */
  readonly faults: readonly string[];
  /** Everything above in words, the seed included. */
  readonly report: string;
};

/** Asks every world its share of the questions; the same seed asks the same. */
export async function holdOracle(options: {
  readonly questionCount: number;
  readonly seed: number;
  readonly only?: (world: World) => boolean;
}): Promise<Verdict> {
  const { questionCount, seed, only = () => true } = options;
  const chosen = worlds.filter(only);
  const share = Math.ceil(questionCount / chosen.length);
  const countByKind = new Map<string, number>();
  const lines: string[] = [];
  const faults: string[] = [];
  for (const world of chosen) {
    const place = worlds.indexOf(world);
    const tally: Tally = { askedCount: 0, partCount: 0, refusedCount: 0, countByKind };
    const fault = await askWorld(world, { count: share, seed: seed + place, tally });
    lines.push(lineOf(world, tally, fault));
    if (fault !== null) faults.push(fault);
  }
  const kinds = [...countByKind].map(([kind, count]) => `${String(count).padStart(6)}  ${kind}`).toSorted();
  const asked = [...countByKind.values()].reduce((sum, count) => sum + count, 0);
  const report = [`${asked} questions, seed ${seed}`, 'by world', ...lines, 'by kind', ...kinds].join('\n');
  return { questionCount: asked, countByKind, faults, report };
}

type Tally = { askedCount: number; partCount: number; refusedCount: number; readonly countByKind: Map<string, number> };

function lineOf({ name, law }: World, { askedCount, partCount, refusedCount }: Tally, fault: string | null): string {
  const answers = law === 'honest' ? `, ${partCount} parts, ${refusedCount} refusals` : '';
  return `${String(askedCount).padStart(6)}  ${name}${answers}${fault === null ? '' : ': WRONG'}`;
}

/** Asks one world until an answer is wrong; that question is then made as small as it stays wrong. */
async function askWorld(
  world: World,
  run: { readonly count: number; readonly seed: number; readonly tally: Tally },
): Promise<string | null> {
  const { seed, tally } = run;
  await using stage = await openStage(world, seed, tally);
  const asked = fc.asyncProperty(questions(poolOf(stage.first)), fc.nat(), async (question, chance) => {
    const isWalk = question.shape === 'walk' && question.name === 'conversations';
    const isRestlessWalk = world.isRestless && isWalk && chance % 2 === 0;
    const kind = isRestlessWalk ? `restless ${question.kind}` : question.kind;
    tally.askedCount += 1;
    tally.countByKind.set(kind, (tally.countByKind.get(kind) ?? 0) + 1);
    if (world.isRestless) stage.disturb(stage.first.rows, chance);
    const hearing = { data: world.isRestless ? stage.read() : stage.first, law: world.law, ask: stage.ask };
    const fault = isRestlessWalk ? await takeRestlessWalk(stage, question, chance) : await hear(hearing, question);
    if (fault !== null) throw new Error(explain(question, fault));
  });
  const details = await fc.check(asked, {
    numRuns: run.count,
    seed,
    interruptAfterTimeLimit: worldLimitMs,
    markInterruptAsFailure: false,
  });
  if (!details.failed) return null;
  const { errorInstance } = details;
  const cause = errorInstance instanceof Error ? errorInstance : new Error(String(errorInstance));
  const said = cause.message.startsWith(' ') ? cause.message : ` ${cause.stack}`;
  return `world "${world.name}" (${world.law}), seed ${seed}, path ${details.counterexamplePath ?? ''}\n${said}`;
}

/** A wrong answer is made smaller for so long. */
const worldLimitMs = 120_000;

function explain(question: Question, { document, difference }: Fault): string {
  return [
    ` ${question.kind} at ${difference.path}`,
    `expected ${difference.expected}`,
    `actual   ${difference.actual}`,
    `document ${document.query}`,
    `variables ${JSON.stringify(document.variables)}`,
  ].join('\n  ');
}
