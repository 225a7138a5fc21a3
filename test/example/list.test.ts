import { expect, test } from 'vitest';
import type { Failure } from '../../examples/frontend/src/gateway/failure.ts';
import {
  canGoOn,
  emptyList,
  type Move,
  moveList,
  type Page,
  type PageList,
} from '../../examples/frontend/src/hooks/page-list.ts';

type Rows = Page & { readonly rows: readonly string[] };

function page(rows: readonly string[], endCursor: string | null, complete = true): Rows {
  return { rows, pageInfo: { hasNextPage: endCursor !== null, endCursor }, coverage: { complete } };
}

function answer(rows: Rows, againAt: number | null = null): Move<Rows> {
  return { kind: 'answer', answer: rows, againAt };
}

function fail(code: string, againAt: number | null = null): Move<Rows> {
  const failure: Failure = {
    code,
    reason: null,
    message: code,
    retryable: true,
    retryAfterSeconds: null,
    requestId: null,
  };
  return { kind: 'failure', failure, againAt };
}

const more: Move<Rows> = { kind: 'more' };
const again: Move<Rows> = { kind: 'again' };

function after(...moves: readonly Move<Rows>[]): PageList<Rows> {
  return moves.reduce<PageList<Rows>>(moveList, emptyList);
}

const rowsOf = ({ pages }: PageList<Rows>) => pages.flatMap(({ rows }) => rows);

test('a page stands behind the one before it, and begins after its last row', () => {
  const list = after(answer(page(['a', 'b'], 'B')), more);
  expect(list.reading).toEqual({ index: 1, after: 'B' });
  expect(rowsOf(moveList(list, answer(page(['c'], null))))).toEqual(['a', 'b', 'c']);
});

test('a part is replaced by what completes it, and nothing goes on from it meanwhile', () => {
  const partial = after(answer(page(['b'], 'B', false), 1_000));
  expect(canGoOn(partial)).toBe(false);
  expect(moveList(partial, more)).toBe(partial);
  const whole = moveList(moveList(partial, { kind: 'asking' }), answer(page(['a', 'b'], 'B')));
  expect(rowsOf(whole)).toEqual(['a', 'b']);
  expect(canGoOn(whole)).toBe(true);
});

test('a part that can’t be completed is gone on from, but never in place', () => {
  expect(canGoOn(after(answer(page(['a'], 'A', false))))).toBe(true);
  const stuck = after(answer(page(['a'], 'A')), more, answer(page([], 'A', false)));
  expect(canGoOn(stuck)).toBe(false);
});

test('a failure leaves what has been read, and asking again asks for the same page', () => {
  const failed = after(answer(page(['a'], 'A')), more, fail('UPSTREAM_TIMEOUT'));
  expect(rowsOf(failed)).toEqual(['a']);
  expect(canGoOn(failed)).toBe(false);
  const asked = moveList(failed, again);
  expect(asked.reading).toEqual(failed.reading);
  // Another object, so that it is read once more.
  expect(asked.reading).not.toBe(failed.reading);
  expect(rowsOf(moveList(asked, answer(page(['b'], null))))).toEqual(['a', 'b']);
});

test('a refused cursor begins the list anew; a refusal of the beginning is told', () => {
  const restarted = after(answer(page(['a'], 'A')), more, fail('BAD_CURSOR'));
  expect(restarted).toMatchObject({
    pages: [],
    reading: { index: 0, after: null },
    isAsking: true,
    hasRestarted: true,
  });
  expect(after(fail('BAD_CURSOR'))).toMatchObject({ isAsking: false, failure: { code: 'BAD_CURSOR' } });
});

/** Refuses every cursor from one page on, and goes on wherever it may; how often the list began, until nothing moves by itself. */
function beginningsWhere(
  refusedFrom: number,
  movesMax: number,
): { readonly beginnings: number; readonly list: PageList<Rows> } {
  let list = after();
  let beginnings = 1;
  for (let count = 0; count < movesMax && (list.isAsking || canGoOn(list)); count++) {
    const { index } = list.reading;
    const answered = refusedFrom <= index ? fail('BAD_CURSOR') : answer(page([`${index}`], `${index}`));
    const moved = moveList(list, list.isAsking ? answered : more);
    if (0 < index && moved.reading.index === 0) beginnings += 1;
    list = moved;
  }
  return { beginnings, list };
}

test.each([1, 2, 7])(
  'where the cursor of page %i is refused for ever, the list begins anew once and then tells',
  (refusedFrom) => {
    const { beginnings, list } = beginningsWhere(refusedFrom, 1_000);
    expect(beginnings).toBe(2);
    expect(list).toMatchObject({ isAsking: false, againAt: null, failure: { code: 'BAD_CURSOR' } });
    // What has been read stays in sight.
    expect(rowsOf(list)).toHaveLength(refusedFrom);
  },
);

test('the button begins a refused list anew, and a list that came past the refused page may begin anew by itself again', () => {
  const [first, second] = [answer(page(['a'], 'A')), answer(page(['b'], 'B'))];
  const refused = after(first, more, fail('BAD_CURSOR'), first, more, fail('BAD_CURSOR'));
  expect(refused.failure).not.toBeNull();
  const pressed = moveList(refused, again);
  expect(pressed).toMatchObject({ pages: [], reading: { index: 0, after: null }, isAsking: true, failure: null });
  const further = [first, more, second, more].reduce(moveList<Rows>, pressed);
  expect(further.reading).toEqual({ index: 2, after: 'B' });
  expect(moveList(further, fail('BAD_CURSOR'))).toMatchObject({ pages: [], isAsking: true, failure: null });
});

test('the end is the end', () => {
  expect(canGoOn(after(answer(page(['a'], null))))).toBe(false);
  expect(canGoOn(after())).toBe(false);
});
