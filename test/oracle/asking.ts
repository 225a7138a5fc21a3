import { queryOf } from './answer.ts';
import type { Dataset } from './dataset.ts';
import { type PageOf, Refused } from './expected.ts';
import { type Answered, type Difference, judge, type Law } from './judge.ts';
import type { Again, Question, Walk } from './questions.ts';
import {
  type Arg,
  type Document,
  field,
  keyOf,
  leaves,
  printDocument,
  projectRoot,
  type Selection,
} from './selection.ts';

/** What a question needs: the data that it is judged by, how strictly, and somebody to ask. */
export type Hearing = {
  readonly data: Dataset;
  readonly law: Law;
  readonly ask: (document: Document) => Promise<Answered>;
  /** Whether a question must be refused. Left out: none must. */
  readonly isForbidden?: (root: Selection) => boolean;
};

/** A wrong answer, with the document that it answered. */
export type Fault = { readonly document: Document; readonly difference: Difference };

/** Asks a question in all its steps; null where every answer is right. */
export function hear(hearing: Hearing, question: Question): Promise<Fault | null> {
  switch (question.shape) {
    case 'operation':
      return askOnce(hearing, question.roots).then(({ fault }) => fault);
    case 'walk':
      return takeWalk(hearing, question);
    case 'again':
      return askAgain(hearing, question);
  }
}

type Heard = { readonly fault: Fault | null; readonly answer: Answered; readonly document: Document };

async function askOnce(
  { data, law, ask, isForbidden = () => false }: Hearing,
  roots: readonly Selection[],
): Promise<Heard> {
  const refused = roots.filter(isForbidden).map((root) => [keyOf(root), new Refused('FORBIDDEN')]);
  const expected = { ...projectRoot(queryOf(data), roots), ...Object.fromEntries(refused) };
  const document = printDocument(roots);
  const answer = await ask(document);
  const difference = judge(expected, answer, law);
  return { fault: difference === null ? null : { document, difference }, answer, document };
}

/** The part of a connection that a walk looks at. */
type Page = {
  readonly coverage: { readonly complete: boolean };
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
};

const stepsMax = 12;

async function takeWalk(hearing: Hearing, walk: Walk): Promise<Fault | null> {
  const { data, law } = hearing;
  const { isForward } = walk;
  const listSize = sizeOf(hearing, walk);
  const size = Math.max(walk.size, Math.ceil(listSize / stepsMax));
  const seen = new Map<string, string>();
  let cursor: string | null = null;
  let before = 0;
  for (let step = 0; step <= stepsMax; step++) {
    const place = isForward ? { first: size, after: cursor } : { last: size, before: cursor };
    const root = stepOf(walk, place);
    const { fault, answer, document } = await askOnce(hearing, [root]);
    if (cursor !== null && !data.isOrderKnown && isGone(answer)) return null;
    if (fault !== null) return fault;
    const page = listIn(answer.data, walk) as Page | null | undefined;
    if (page === null || page === undefined || !page.coverage.complete) return null;
    const from = isForward ? before : Math.max(0, listSize - before - page.edges.length);
    const oddity = law === 'whole' && data.isOrderFirm ? oddityOf(page, seen) : null;
    if (oddity !== null) return { document, difference: oddity };
    for (const [index, edge] of page.edges.entries()) {
      seen.set(edge.node.id, edge.cursor);
      data.places.set(edge.cursor, { index: from + index, window: windowOf(walk) });
    }
    before += page.edges.length;
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    cursor = isForward ? endCursor : startCursor;
    if (!(isForward ? hasNextPage : hasPreviousPage)) return askBetween(hearing, walk, [...seen.values()]);
  }
  return null;
}

/** A walk over a plain list may end where the cursor's row has gone with all its neighbours, or the upstream is found out to have no order. */
export function isGone({ errors = [] }: Answered): boolean {
  return (
    errors.length > 0 &&
    errors.every(({ extensions }) => /^(ORDER_CHANGED|ANCHOR_GONE)$/.test(extensions?.reason ?? ''))
  );
}

/** A page whose rows were shown before, or whose own cursors are not those of its rows. */
function oddityOf({ edges, pageInfo }: Page, seen: ReadonlyMap<string, string>): Difference | null {
  const twice = edges.find(({ node }) => seen.has(node.id));
  if (twice !== undefined) return { path: 'walk', expected: 'each row once', actual: `${twice.node.id} again` };
  const own = [edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null].join();
  const told = [pageInfo.startCursor, pageInfo.endCursor].join();
  return own === told ? null : { path: 'walk.pageInfo', expected: own, actual: told };
}

/** What lies strictly between two cursors; only lists of a known order have that. */
async function askBetween(hearing: Hearing, walk: Walk, cursors: readonly string[]): Promise<Fault | null> {
  if (!hearing.data.isOrderKnown) return null;
  const indexOf = (cursor: string) => hearing.data.places.get(cursor)?.index ?? 0;
  const inOrder = cursors.toSorted((one, other) => indexOf(one) - indexOf(other));
  const [low = 0, high = 0] = walk.between
    .map((share) => Math.floor(share * (inOrder.length - 1)))
    .toSorted((one, other) => one - other);
  const [after, before] = [inOrder[low], inOrder[high]];
  if (after === undefined || before === undefined || high - low < 2) return null;
  const size = walk.isForward ? { first: walk.size } : { last: walk.size };
  const { fault } = await askOnce(hearing, [stepOf(walk, { ...size, after, before })]);
  return fault;
}

/** The question of one step of a walk. */
export function stepOf(walk: Walk, place: Readonly<Record<string, string | number | null>>): Selection {
  const hasCursor = (place['after'] ?? place['before'] ?? null) !== null;
  const args = walk.args.filter(({ name }) => name !== 'window' || !hasCursor || !walk.leavesWindowOut);
  const paging = Object.entries(place).flatMap(([name, value]): readonly Arg[] => {
    const type = typeof value === 'number' ? 'Int' : 'String';
    return value === null ? [] : [{ name, type, value, isVariable: type === 'String' }];
  });
  return below(walk, field(walk.name, { args: [...args, ...paging], fields: walk.fields }));
}

/** The list of a walk, at the root or below the thing that it belongs to. */
export function below({ parent }: Walk, list: Selection): Selection {
  return parent === null ? list : { ...parent, fields: [...parent.fields, list] };
}

/** The walk's list in an answer. */
export function listIn(answer: Readonly<Record<string, unknown>> | null | undefined, { name, parent }: Walk): unknown {
  return (parent === null ? answer : Object(answer?.[keyOf(parent)]))?.[name];
}

function windowOf({ args }: Walk) {
  return args.find(({ name }) => name === 'window')?.value as { readonly from: string; readonly until: string };
}

function sizeOf({ data }: Hearing, walk: Walk): number {
  const edges = field('edges', { fields: leaves('cursor') });
  const asked = below(walk, field(walk.name, { args: walk.args, fields: [edges] }));
  const answer = listIn(projectRoot(queryOf(data), [asked]), walk) as { readonly edges: PageOf };
  return answer.edges.size;
}

const strangerId = Buffer.from('["Agent"]').toString('base64url');

/** Learns the ids of a few rows and of what stands in them, and asks for each by its id. */
async function askAgain(hearing: Hearing, { window, size, fields, isMany }: Again): Promise<Fault | null> {
  const first = field('conversations', {
    // In this order rows can be told apart, whatever the upstream's is.
    args: [
      window,
      {
        name: 'orderBy',
        type: 'ConversationOrder',
        value: { field: 'CONVERSATION_ID', direction: 'ASC' },
        isVariable: false,
      },
      { name: 'first', type: 'Int', value: size, isVariable: false },
    ],
    fields: [
      field('coverage', { fields: leaves('complete') }),
      field('nodes', {
        fields: [
          ...leaves('id', 'conversationId'),
          field('agents', { fields: leaves('id') }),
          field('queues', { fields: leaves('id') }),
          field('metrics', { fields: [field('metric', { fields: leaves('id') })] }),
        ],
      }),
    ],
  });
  const { fault, answer } = await askOnce(hearing, [first]);
  if (fault !== null) return fault;
  // Of an answer that is only a part no ids were learned.
  const learned = new Set(hearing.data.globalIds.values());
  const told = JSON.stringify(answer.data ?? null).match(/(?<="id":")[^"]+/g) ?? [];
  const ids = [...new Set(told)].filter((id) => learned.has(id)).slice(0, 40);
  const thing = [
    ...leaves('__typename', 'id'),
    ...fields
      .filter(({ name }) => name !== 'id' && name !== '__typename')
      .map((each) => ({ ...each, on: 'Conversation' })),
    field('agentId', { on: 'Agent' }),
    field('queueId', { on: 'Queue' }),
    field('metricId', { on: 'Metric' }),
  ];
  const many = field('nodes', {
    args: [{ name: 'ids', type: '[ID!]!', value: [...ids, strangerId], isVariable: true }],
    fields: thing,
  });
  const each = [...ids.slice(0, 8), strangerId].map((id, index) =>
    field('node', {
      alias: `n${index}`,
      args: [{ name: 'id', type: 'ID!', value: id, isVariable: false }],
      fields: thing,
    }),
  );
  return (await askOnce(hearing, isMany ? [many] : each)).fault;
}
