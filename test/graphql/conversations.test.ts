import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conversationGlobalId } from '../../src/graphql/ids.ts';
import { conversationOf } from '../model/sample.ts';
import { rowOf } from '../selection/arbitraries.ts';
import { answer, ask, dayCount, dayLength, firstDay, window } from './desk.ts';
import type { Contact, DayState, StreamState } from './readings.ts';
import { contacts, dayOf, listed } from './stream.ts';

const parameters = { seed: 20_261_125, numRuns: 100 };

type Page = {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number | null;
  readonly coverage: {
    readonly complete: boolean;
    readonly daysRead: number;
    readonly retryAfterSeconds: number | null;
  };
};

const selection = `{
  nodes { id } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  coverage { complete daysRead retryAfterSeconds }
}`;
const withoutTotal = selection.replace('totalCount ', '');

async function page(args: string, state: StreamState, selected = selection): Promise<Page> {
  const data = await answer(`{ conversations(${window}, ${args}) ${selected} }`, state);
  return data['conversations'] as Page;
}

const idOf = ({ conversation }: Contact) => conversationGlobalId(rowOf(conversation), conversation);
const isListed = ({ conversation }: Contact) => conversation.durationStatus !== 'BELOW_THRESHOLD';

/** Walks through a whole list in pages of these sizes, and holds each page's ends against the list. */
async function walk(
  side: 'first' | 'last',
  args: string,
  sizes: readonly number[],
  ids: readonly string[],
  state: StreamState,
) {
  const seen: string[] = [];
  let cursor: string | null = null;
  for (let step = 0; step <= ids.length; step++) {
    const place = cursor === null ? '' : `, ${side === 'first' ? 'after' : 'before'}: "${cursor}"`;
    const { nodes, pageInfo, coverage } = await page(
      `${args}, ${side}: ${sizes[step % sizes.length] ?? 1}${place}`,
      state,
      withoutTotal,
    );
    const isAtStart = seen.length === 0;
    if (side === 'first') seen.push(...nodes.map(({ id }) => id));
    else seen.unshift(...nodes.map(({ id }) => id));
    const isAtEnd = seen.length === ids.length;
    const [hasNext, hasPrevious] = side === 'first' ? [!isAtEnd, !isAtStart] : [!isAtStart, !isAtEnd];
    expect([pageInfo.hasNextPage, pageInfo.hasPreviousPage, coverage.complete]).toEqual([hasNext, hasPrevious, true]);
    cursor = side === 'first' ? pageInfo.endCursor : pageInfo.startCursor;
    if (isAtEnd) break;
  }
  expect(seen).toEqual(ids);
}

describe('pages of any size join to the whole list, forwards and backwards', { timeout: 60_000 }, () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 });

  test('of rows that are filtered, by day and conversationId', async () => {
    await fc.assert(
      fc.asyncProperty(contacts, sizes, fc.constantFrom('first', 'last'), async (all, steps, side) => {
        const wanted = all.filter(isListed).filter(({ conversation }) => conversation.channel === 'VOICE');
        const args = 'filterBy: { channels: [VOICE] }';
        await walk(side, args, steps, listed(wanted).map(idOf), { contacts: all });
      }),
      parameters,
    );
  });

  test('of rows in an order, nulls last and ties by conversationId', async () => {
    await fc.assert(
      fc.asyncProperty(contacts, sizes, fc.constantFrom('first', 'last'), async (all, steps, side) => {
        const scoreOf = ({ conversation }: Contact) => conversation.koreEvaluationScore ?? Number.NEGATIVE_INFINITY;
        const tieOf = (contact: Contact) => `${rowOf(contact.conversation).identity}`;
        const wanted = listed(all.filter(isListed)).toSorted(
          (one, other) =>
            scoreOf(other) - scoreOf(one) ||
            compare(one.conversation.conversationId, other.conversation.conversationId) ||
            compare(tieOf(one), tieOf(other)),
        );
        const args = 'orderBy: { field: KORE_EVALUATION_SCORE, direction: DESC }';
        await walk(side, args, steps, wanted.map(idOf), { contacts: all });
      }),
      parameters,
    );
  });

  test('of every row, where the order of the upstream is not firm', async () => {
    await fc.assert(
      fc.asyncProperty(contacts, sizes, fc.constantFrom('known', 'shown'), async (all, steps, isUnfirm) => {
        await walk('first', 'filterBy: {}', steps, listed(all.filter(isListed)).map(idOf), { contacts: all, isUnfirm });
      }),
      parameters,
    );
  });
});

/** Two contacts a day. */
const quiet: readonly Contact[] = Array.from({ length: 2 * dayCount }, (_, index) => ({
  at: firstDay + Math.floor(index / 2) * dayLength + index,
  conversation: conversationOf({ conversationId: `c-${index}`, channel: index === 4 ? 'CHAT' : 'VOICE' }),
}));
const ids = quiet.map(idOf);
const voices = 'filterBy: { channels: [VOICE] }';
const days = (...states: readonly DayState[]) => ({
  contacts: quiet,
  days: new Map(states.map((state, day) => [firstDay + day * dayLength, state])),
});

describe('a scan reads no day that it does not need', () => {
  test.for<[args: string, selected: string, dayIndices: readonly number[]]>([
    ['first: 1', '{ nodes { id } pageInfo { hasNextPage } }', [0]],
    ['first: 2', '{ nodes { id } }', [0]],
    ['first: 2', '{ nodes { id } pageInfo { hasNextPage } }', [0, 1]],
    ['first: 3', '{ nodes { id } pageInfo { hasNextPage hasPreviousPage } }', [0, 1]],
    ['last: 1', '{ nodes { id } pageInfo { hasPreviousPage } }', [4]],
    ['last: 2', '{ nodes { id } pageInfo { hasPreviousPage hasNextPage } }', [4, 3]],
    ['first: 0', '{ nodes { id } }', []],
    ['first: 0', '{ pageInfo { hasNextPage } }', [0]],
    ['first: 9', '{ coverage { complete } window { from } }', []],
    ['first: 1', '{ totalCount }', [0, 1, 2, 3, 4]],
    ['first: 1, orderBy: { field: AUDITED_AT, direction: ASC }', '{ nodes { id } }', [0, 1, 2, 3, 4]],
  ])('%s %s', async ([args, selected, dayIndices]) => {
    const { readings } = await ask(`{ conversations(${window}, ${voices}, ${args}) ${selected} }`, { contacts: quiet });
    expect(readings.slicesRead.map((from) => (from - firstDay) / dayLength)).toEqual(dayIndices);
  });

  test('behind a cursor, where all that was before it is gone but its own row', async () => {
    const { pageInfo } = await page(`${voices}, first: 3`, { contacts: quiet }, withoutTotal);
    const query = `{ conversations(${voices}, first: 1, after: "${pageInfo.endCursor}") { nodes { id } pageInfo { hasPreviousPage } } }`;
    const later = await ask(query, { contacts: quiet.filter((each) => dayOf(each) !== 1) });
    expect(later.data).toMatchObject({ conversations: { pageInfo: { hasPreviousPage: true } } });
    expect(later.readings.slicesRead.map((from) => (from - firstDay) / dayLength)).toEqual([1, 2, 0]);
  });

  test('at all, where no row can match', async () => {
    const { data, readings } = await ask(`{ conversations(${window}, filterBy: { channels: [] }) ${selection} }`, {
      contacts: quiet,
    });
    expect(readings.slicesRead).toEqual([]);
    expect(data).toMatchObject({
      conversations: {
        nodes: [],
        totalCount: 0,
        pageInfo: { hasNextPage: false },
        coverage: { complete: true, daysRead: 0 },
      },
    });
  });
});

describe('a day that is not read yet ends the page, and is gone on from', () => {
  test('forwards', async () => {
    const part = await page(`${voices}, first: 9`, days('whole', 'pending'), withoutTotal);
    expect(part.nodes.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(part.pageInfo.hasNextPage).toBe(true);
    expect(part.coverage).toEqual({ complete: false, daysRead: 1, retryAfterSeconds: 7 });
    const after = `after: "${part.pageInfo.endCursor}"`;
    const rest = await page(`${voices}, first: 9, ${after}`, days('whole', 'whole'), withoutTotal);
    expect(rest.nodes.map(({ id }) => id)).toEqual(ids.slice(2).filter((id) => id !== ids[4]));
    expect(rest.coverage.complete).toBe(true);
    const none = await page(`${voices}, first: 9, ${after}`, days('whole', 'pending'), withoutTotal);
    expect([none.nodes, none.pageInfo.hasNextPage, none.pageInfo.endCursor]).toEqual([
      [],
      true,
      part.pageInfo.endCursor,
    ]);
  });

  test('backwards', async () => {
    const state = days('whole', 'whole', 'whole', 'pending');
    const part = await page(`${voices}, last: 9`, state, withoutTotal);
    expect(part.nodes.map(({ id }) => id)).toEqual(ids.slice(8));
    expect([part.pageInfo.hasPreviousPage, part.pageInfo.hasNextPage]).toEqual([true, false]);
    expect(part.coverage).toMatchObject({ complete: false, retryAfterSeconds: 7 });
  });

  test('and then nothing is known of the whole', async () => {
    const part = await page(`${voices}, first: 1`, days('whole', 'whole', 'pending'));
    expect([part.totalCount, part.coverage.complete, part.pageInfo.hasNextPage]).toEqual([null, false, true]);
    const ordered = 'orderBy: { field: CONVERSATION_ID, direction: DESC }';
    const sorted = await page(`${voices}, first: 99, ${ordered}`, days('pending'));
    expect(sorted.nodes).toHaveLength(7);
    expect([sorted.pageInfo.hasNextPage, sorted.coverage.complete]).toEqual([true, false]);
    const rest = await page(`${voices}, ${ordered}, after: "${sorted.pageInfo.endCursor}"`, days('whole'));
    expect(rest.coverage.complete).toBe(false);
  });
});

test('a day that can never be proven is listed as far as it is, and whoever passed it is never complete again', async () => {
  const part = await page(`${voices}, first: 3`, days('whole', 'torn'), withoutTotal);
  expect(part.nodes.map(({ id }) => id)).toEqual(ids.slice(0, 3));
  expect(part.coverage).toEqual({ complete: false, daysRead: 1, retryAfterSeconds: null });
  const after = `after: "${part.pageInfo.endCursor}"`;
  const rest = await page(`${voices}, first: 99, ${after}`, { contacts: quiet }, withoutTotal);
  expect([rest.coverage.complete, rest.pageInfo.hasNextPage]).toEqual([false, false]);
  const behind = await page(
    `${voices}, first: 2, after: "${part.pageInfo.startCursor}"`,
    { contacts: quiet },
    withoutTotal,
  );
  expect(behind.coverage.complete).toBe(true);
});

test('what can not be read at all, now or later, is a failure; what is not read yet is a part', async () => {
  const refused = days('refused', 'refused', 'refused', 'refused', 'refused');
  const { errors } = await ask(`{ conversations(${window}, ${voices}) { totalCount } }`, refused);
  expect(errors).toEqual([{ path: 'conversations', code: 'UPSTREAM_AUTH', reason: undefined }]);
  const pending = await page(voices, days('pending', 'pending', 'pending', 'pending', 'pending'));
  expect(pending).toMatchObject({ nodes: [], totalCount: null, coverage: { complete: false, daysRead: 0 } });
  const mixed = await page(voices, days('refused', 'whole', 'whole', 'whole', 'whole'));
  expect(mixed).toMatchObject({
    totalCount: null,
    coverage: { complete: false, daysRead: 4, retryAfterSeconds: null },
  });
});

test("a cursor of the upstream's own list is refused where that list turns out to have no order", async () => {
  const { pageInfo } = await page('first: 2', { contacts: quiet });
  const query = `{ conversations(first: 2, after: "${pageInfo.endCursor}") { nodes { id } } }`;
  for (const isUnfirm of ['known', 'shown'] as const) {
    const { errors } = await ask(query, { contacts: quiet, isUnfirm });
    expect(errors).toEqual([{ path: 'conversations', code: 'BAD_CURSOR', reason: 'ORDER_CHANGED' }]);
  }
});

test('rows that could not be read make an answer incomplete, and are counted among what was read: how many match is not known', async () => {
  const query = `{ conversations(${window}, ${voices}) { coverage { complete conversationsRead } totalCount } }`;
  const data = await answer(query, { contacts: quiet, unreadableCount: 2 });
  expect(data['conversations']).toEqual({ coverage: { complete: false, conversationsRead: 20 }, totalCount: null });
});

function compare(one: string, other: string): number {
  return one < other ? -1 : other < one ? 1 : 0;
}
