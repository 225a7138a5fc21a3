import { queryOf } from './answer.ts';
import { below, type Fault, isGone, listIn, stepOf } from './asking.ts';
import type { Dataset } from './dataset.ts';
import type { PageOf } from './expected.ts';
import type { Walk } from './questions.ts';
import { identityOf } from './rows.ts';
import { field, leaves, printDocument, projectRoot } from './selection.ts';
import type { Stage } from './stage.ts';

/** A row as a walk sees it. */
type Seen = {
  readonly conversationId: string;
  readonly agents: readonly { readonly agentId: string }[];
  readonly queues: readonly { readonly queueId: string }[];
};

type Page = {
  readonly coverage: { readonly complete: boolean };
  readonly nodes: readonly Seen[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
};

const fields = [
  field('coverage', { fields: leaves('complete') }),
  field('pageInfo', { fields: leaves('hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor') }),
  field('nodes', {
    fields: [
      ...leaves('conversationId'),
      field('agents', { fields: leaves('agentId') }),
      field('queues', { fields: leaves('queueId') }),
    ],
  }),
];

const restlessStepsMax = 8;
const stepsMax = 40;

/**
 * Walks over a list while rows come, go and change near the place where the walk stands: rows that were there all the time, and as they were,
 * are each returned exactly once and in order.
 */
export async function takeRestlessWalk(stage: Stage, walk: Walk, chance: number): Promise<Fault | null> {
  const { isForward } = walk;
  const before = factsIn(stage.read(), walk);
  const size = Math.max(walk.size, Math.ceil(before.length / restlessStepsMax));
  const pages: string[][] = [];
  let cursor: string | null = null;
  for (let step = 0; step < stepsMax; step++) {
    const place = isForward ? { first: size, after: cursor } : { last: size, before: cursor };
    const document = printDocument([stepOf({ ...walk, fields }, place)]);
    const answer = await stage.ask(document);
    if (cursor !== null && isGone(answer)) return null;
    const page = listIn(answer.data, walk) as Page | null | undefined;
    if (page?.coverage.complete !== true)
      return { document, difference: { path: walk.name, expected: 'a whole page', actual: JSON.stringify(answer) } };
    pages.push(page.nodes.map(identityIn));
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    cursor = isForward ? endCursor : startCursor;
    if (isForward ? hasNextPage : hasPreviousPage) {
      disturbNear(stage, walk, pages.at(-1)?.at(isForward ? -1 : 0), { step, chance });
      continue;
    }
    const now = new Map(factsIn(stage.read(), walk).map((row) => [row.identity, JSON.stringify(row)]));
    const stayed = before
      .filter((row) => now.get(row.identity) === JSON.stringify(row))
      .map(({ identity }) => identity);
    const seen = (isForward ? pages : pages.reverse()).flat();
    const wanted = new Set(stayed);
    const [expected, actual] = [stayed, seen.filter((identity) => wanted.has(identity))];
    const at = expected.findIndex((identity, index) => identity !== actual[index]);
    if (at === -1 && expected.length === actual.length) return null;
    const shown = (list: readonly string[]) => JSON.stringify(list.slice(Math.max(0, at - 1), at + 3));
    const path = `restless walk, row ${at} of ${expected.length}, ${actual.length} seen`;
    return { document, difference: { path, expected: shown(expected), actual: shown(actual) } };
  }
  throw new Error('the walk has no end');
}

function disturbNear(
  stage: Stage,
  walk: Walk,
  near: string | undefined,
  { step, chance }: { readonly step: number; readonly chance: number },
): void {
  if (step >= restlessStepsMax) return;
  const rows = factsIn(stage.read(), walk);
  const place = Math.max(0, rows.findIndex(({ identity }) => identity === near) - 3);
  const count = 1 + (chance % 4);
  for (let each = 0; each < count; each++) stage.disturb(rows.slice(place, place + 7), chance + 31 * step + 7 * each);
}

/** The rows of a walk's list as they stand. */
function factsIn(data: Dataset, walk: Walk) {
  const edges = field('edges', { fields: [field('node', { fields: [field('facts')] })] });
  const asked = below(walk, field(walk.name, { args: walk.args, fields: [edges] }));
  const { edges: page } = listIn(projectRoot(queryOf(data), [asked]), walk) as { readonly edges: PageOf };
  return Array.from({ length: page.size }, (_, index) => {
    const { node } = page.item(index) as { readonly node: { readonly facts: Dataset['rows'][number] } };
    return node.facts;
  });
}

function identityIn({ conversationId, agents, queues }: Seen): string {
  const ids = (all: readonly string[]) => all.map((id) => ({ id, name: null }));
  return identityOf({
    conversationId,
    agents: ids(agents.map(({ agentId }) => agentId)),
    queues: ids(queues.map(({ queueId }) => queueId)),
  });
}
