import fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import type { Answered } from './asked.ts';
import { scoresSdl } from './compose.ts';
import { drawQuery, idsOf } from './generate.ts';
import { answerNaively, type Desk } from './naive.ts';
import { ownersOf } from './owners.ts';
import { peopleSdl } from './people/subgraph.ts';
import { shrinkQuery } from './shrink.ts';
import { type Sides, weekArgument } from './sides.ts';
import { directTo } from './stitched.ts';

/** How far a law was held. */
export type Tally = {
  /** Queries that were compared, and how many of them a plain executor had to ask both sides for. */
  queries: number;
  crossing: number;
  /** Queries whose answer has errors. */
  failing: number;
  /** What the plain executor asked the sides. */
  naiveRequests: number;
};

/** The first query whose answers differ, as small as it stays wrong; null: none did. */
export type Verdict = { readonly fault: string | null; readonly tally: Tally };

/**
 * The law of a supergraph: what it answers is what its sides answer, asked directly for one object at a time. The same seed draws the same queries.
 * The order of keys and the wording of errors are a gateway's own; whether there are errors is not.
 */
export async function holdLaw(
  {
    sides,
    api,
    ask,
  }: { readonly sides: Sides; readonly api: GraphQLSchema; readonly ask: (query: string) => Promise<Answered> },
  { queryCount, seed }: { readonly queryCount: number; readonly seed: number },
): Promise<Verdict> {
  const owners = ownersOf({ scores: scoresSdl, people: peopleSdl });
  const stock = { api, owners, ids: idsOf(sides) };
  const desk: Desk = { api, owners, send: directTo(sides) };
  const tally: Tally = { queries: 0, crossing: 0, failing: 0, naiveRequests: 0 };
  await learnNames(sides);
  const differenceOf = async (query: string): Promise<string | null> => {
    const [answer, expected] = [await ask(query), await answerNaively(desk, query)];
    tally.queries += 1;
    tally.crossing += expected.isCrossing ? 1 : 0;
    tally.failing += expected.hasErrors ? 1 : 0;
    tally.naiveRequests += expected.requestCount;
    const told = textOf({ data: answer.data ?? null, hasErrors: answer.errors !== undefined });
    const right = textOf({ data: expected.data, hasErrors: expected.hasErrors });
    return told === right ? null : `answers  ${textOf(answer)}\nand not  ${right}`;
  };
  let fault: string | null = null;
  const law = fc.asyncProperty(fc.gen(), async (draw) => {
    const query = drawQuery(draw, stock);
    if ((await differenceOf(query)) === null) return;
    const smallest = await shrinkQuery(query, async (smaller) => (await differenceOf(smaller)) !== null);
    fault = `${smallest}\n${(await differenceOf(smallest)) ?? `answers so the first time alone: ${query}`}`;
    throw new Error(fault);
  });
  await fc.check(law, { numRuns: queryCount, seed, endOnFailure: true });
  return { fault, tally };
}

/** Names are learned from what is read: once all is read they stay. */
async function learnNames({ gateway }: Sides): Promise<void> {
  const filter = 'filterBy: { includeBelowThreshold: true }';
  await gateway.query(`{ scoreSummary(${weekArgument}, ${filter}) { scoredCount } }`);
}

/** As text, with keys in one order. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  );
}
