import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../src/model/conversation.ts';
import { rowAt } from '../../src/model/table.ts';
import { pickRows } from '../../src/selection/keyset.ts';
import type { Place, RowOrder } from '../../src/selection/order.ts';
import { conversationOf } from '../model/sample.ts';
import { conversation, inTableOrder, rowOf, rows } from './arbitraries.ts';
import { comparePlaces, order, partsOf, type SliceRows, standingsOf } from './ordering.ts';

const parameters = { seed: 20_261_125, numRuns: 1_500 };
const options = { timeout: 30_000 };

/** Rows of which many stand at the same place but for what is compared last. */
const alike = fc
  .record({
    conversationId: fc.constantFrom('a', 'b'),
    agents: fc.constantFrom([], [{ agentId: 'x', name: null }]),
    koreEvaluationScore: fc.constantFrom(null, 5),
    language: fc.constantFrom('Dutch', 'Welsh'),
  })
  .map((facts) => rowOf(conversationOf(facts)));
const someRows = fc.oneof(rows, fc.array(alike, { maxLength: 8 }).map(inTableOrder));
const slices: fc.Arbitrary<readonly SliceRows[]> = fc
  .array(fc.record({ slice: fc.nat(2), rows: someRows }), { maxLength: 4 })
  .map((all) => all.toSorted((one, other) => one.slice - other.slice));
const count = fc.nat(6);
const side = fc.constantFrom('first', 'last');
const isWanted = (row: Row): boolean => row.conversation?.channel !== 'CHAT';

describe('picked rows', () => {
  test('are those of a slice of the sorted whole, with what there is more on either side', options, () => {
    const question = fc.record({ after: fc.option(fc.nat(40)), before: fc.option(fc.nat(40)), side, count });
    fc.assert(
      fc.property(slices, order, question, fc.boolean(), (all, by, { after, before, side, count }, isFiltered) => {
        const fits = isFiltered ? isWanted : () => true;
        const sorted = standingsOf(all, by, fits);
        // Keys may stand for rows that are no longer selected.
        const every = standingsOf(all, by);
        const [afterKey, beforeKey] = [after, before].map((at) => (at === null ? null : (every[at]?.place ?? null)));
        const range = { after: afterKey ?? null, before: beforeKey ?? null, side, count };
        const picked = pickRows(partsOf(all, fits), by, range);
        expect(plain(picked)).toEqual(expectedOf(sorted, by, range));
      }),
      parameters,
    );
  });

  test('that stay are each walked over once, in order, whatever else comes and goes', options, () => {
    const step = fc.record({ count: fc.integer({ min: 1, max: 5 }), guests: fc.array(guest, { maxLength: 6 }) });
    fc.assert(
      fc.property(slices, order, side, fc.array(step, { minLength: 1, maxLength: 4 }), (staying, by, side, steps) => {
        const seen: Row[][] = [];
        let key: Place | null = null;
        for (let at = 0, isMore = true; isMore; at++) {
          expect(at).toBeLessThan(500);
          const { count = 1, guests = [] } = steps[at % steps.length] ?? {};
          const parts = partsOf(withGuests(staying, guests));
          const range = { after: side === 'first' ? key : null, before: side === 'last' ? key : null, side, count };
          const page = pickRows(parts, by, range);
          seen.push(page.rows.map(({ table, index }) => rowAt(table, index)));
          key = page.rows.at(side === 'first' ? -1 : 0)?.place ?? key;
          isMore = (side === 'first' ? page.hasMoreAfter : page.hasMoreBefore) && page.rows.length > 0;
        }
        const walked = (side === 'first' ? seen : seen.toReversed()).flat();
        expect(walked.filter((row) => !isGuest(row))).toEqual(standingsOf(staying, by).map(({ row }) => row));
      }),
      { ...parameters, numRuns: 300 },
    );
  });

  test('of a slice come merged, however many tables it is in', options, () => {
    fc.assert(
      fc.property(fc.uniqueArray(conversation.map(rowOf), { selector: ({ identity }) => identity }), (all) => {
        const halves = [0, 1].map((half) => ({ slice: 0, rows: inTableOrder(all.filter((_, at) => at % 2 === half)) }));
        const range = { after: null, before: null, side: 'first' as const, count: 100 };
        const picked = pickRows(partsOf(halves), null, range).rows.map(({ place }) => place);
        expect(picked).toEqual(standingsOf([{ slice: 0, rows: inTableOrder(all) }], null).map(({ place }) => place));
      }),
      { ...parameters, numRuns: 300 },
    );
  });

  test.for([
    ['first', 'ASC'],
    ['first', 'DESC'],
    ['last', 'ASC'],
    ['last', 'DESC'],
  ] as const)('are the best of many: %s %s', ([side, direction]) => {
    const ids = Array.from({ length: 3_000 }, (_, at) => `c-${String((at * 7919) % 3_000).padStart(4, '0')}`);
    const many = ids.map((conversationId, at) =>
      rowOf(conversationOf({ conversationId, koreEvaluationScore: at % 97 })),
    );
    const all = [0, 1].map((slice) => ({ slice, rows: inTableOrder(many) }));
    const by: RowOrder = { field: 'KORE_EVALUATION_SCORE', direction };
    const range = { after: null, before: null, side, count: 40 };
    expect(plain(pickRows(partsOf(all), by, range))).toEqual(expectedOf(standingsOf(all, by), by, range));
  });

  test.for([
    ['first', null, false],
    ['last', null, false],
    ['first', 'DESC', false],
    ['last', 'DESC', false],
    // Scores fall from row to row: each is better than those before it, and takes the place of one.
    ['first', 'ASC', true],
    ['last', 'ASC', true],
  ] as const)('are found without keeping the others: the %s by falling scores, %s', ([side, direction, isWorst]) => {
    const [rowCount, count] = [4_000, 10];
    const many = Array.from({ length: rowCount }, (_, at) =>
      rowOf(conversationOf({ conversationId: `c-${String(at).padStart(4, '0')}`, koreEvaluationScore: rowCount - at })),
    );
    const [part] = partsOf([{ slice: 0, rows: many }]);
    if (part === undefined) throw new Error('no part');
    const { table, indices } = part.selected;
    let readCount = 0;
    const conversationIds = new Proxy(table.conversationIds, {
      get(ids, name, receiver) {
        if (/^\d+$/.test(String(name))) readCount += 1;
        return Reflect.get(ids, name, receiver);
      },
    });
    const watched = [{ slice: 0, selected: { table: { ...table, conversationIds }, indices } }];
    const by: RowOrder = direction === null ? null : { field: 'KORE_EVALUATION_SCORE', direction };
    const { rows: found } = pickRows(watched, by, { after: null, before: null, side, count });
    expect(found).toHaveLength(count);
    // Each is looked at once to be compared, and once more if it is kept; then some for the places that are returned.
    const keptMax = isWorst ? rowCount : 200;
    expect(readCount).toBeLessThan(rowCount + keptMax + 40 * count);
    const none = pickRows(watched, by, { after: null, before: null, side, count: 0 });
    expect([none.rows.length, none.hasMoreBefore || none.hasMoreAfter]).toEqual([0, true]);
    expect(readCount).toBeLessThan(2 * rowCount + keptMax + 40 * count);
  });

  test('have no place twice', () => {
    const twins = [rowOf(conversationOf({ conversationId: 'c' })), rowOf(conversationOf({ conversationId: 'c' }))];
    const parts = partsOf([0, 0, 1].map((slice) => ({ slice, rows: twins })));
    const { rows: found } = pickRows(parts, null, { after: null, before: null, side: 'first', count: 10 });
    expect(found.map(({ place }) => [place.slice, place.ordinal])).toEqual(
      [0, 1, 2, 3]
        .map((ordinal) => [0, ordinal])
        .concat([
          [1, 0],
          [1, 1],
        ]),
    );
  });
});

type Range = Parameters<typeof pickRows>[2];

/** What a page says, with the rows as they were taken in. */
function plain({ rows: found, hasMoreBefore, hasMoreAfter }: ReturnType<typeof pickRows>) {
  return {
    standings: found.map(({ table, index, place }) => ({ row: rowAt(table, index), place })),
    hasMoreBefore,
    hasMoreAfter,
  };
}

function expectedOf(sorted: ReturnType<typeof standingsOf>, by: RowOrder, { after, before, side, count }: Range) {
  const isPast = (place: Place, key: Place | null): boolean => key === null || comparePlaces(place, key, by) > 0;
  const isShort = (place: Place, key: Place | null): boolean => key === null || comparePlaces(place, key, by) < 0;
  const between = sorted.filter(({ place }) => isPast(place, after) && isShort(place, before));
  const standings = side === 'first' ? between.slice(0, count) : between.slice(Math.max(0, between.length - count));
  const [first, last] = [standings.at(0)?.place ?? before, standings.at(-1)?.place ?? after];
  return {
    standings,
    hasMoreBefore: sorted.some(({ place }) => isShort(place, first)),
    hasMoreAfter: sorted.some(({ place }) => isPast(place, last)),
  };
}

/** Rows that come and go: with ids that no row has that stays, but stand among them. */
const guest = fc.record({
  at: fc.nat(3),
  row: conversation.map((each) => rowOf({ ...each, conversationId: `${each.conversationId}!` })),
});

function isGuest({ conversation: each }: Row): boolean {
  return each?.conversationId.endsWith('!') ?? false;
}

function withGuests(staying: readonly SliceRows[], guests: readonly { readonly at: number; readonly row: Row }[]) {
  return staying.map(({ slice, rows: own }, part) => ({
    slice,
    rows: inTableOrder([...own, ...guests.filter(({ at }) => at === part).map(({ row }) => row)]),
  }));
}
