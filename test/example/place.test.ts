import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SummaryOrder } from '../../examples/frontend/src/graphql/graphql.ts';
import { agentOrderDefault, orderByColumn } from '../../examples/frontend/src/orders.ts';
import { hrefOf, type Place, placeOf, presets, rowsKeyOf, type View } from '../../examples/frontend/src/place.ts';

const agentOrders = fc.record<SummaryOrder>({
  field: fc.constantFrom(
    'NAME',
    'AVERAGE_SCORE',
    'MEDIAN_SCORE',
    'SCORED_COUNT',
    'CONVERSATION_COUNT',
    'FATAL_CONVERSATION_COUNT',
    'PASS_RATE',
  ),
  direction: fc.constantFrom('ASC', 'DESC'),
});
const views: fc.Arbitrary<View> = fc.oneof(
  fc.record({ kind: fc.constant('leaderboard' as const), orderBy: agentOrders }),
  fc.record({
    kind: fc.constant('conversations' as const),
    agentId: fc.option(fc.string({ unit: 'grapheme' })),
    order: fc.constantFrom('lowest' as const, 'highest' as const, 'listed' as const),
  }),
);
const twoDays = { from: '2026-03-02', to: '2026-03-03' };
const places: fc.Arbitrary<Place> = fc.record({ span: fc.constantFrom(...presets, twoDays), view: views });

test('a place is what its address says, its order too', () => {
  fc.assert(
    fc.property(places, (place) => {
      expect(placeOf(hrefOf(place))).toEqual(place);
    }),
  );
});

test('rows stay in sight where only their order becomes another', () => {
  const keyOf = (search: string) => rowsKeyOf(twoDays, placeOf(search).view);
  expect(keyOf('?order=NAME.ASC')).toBe(keyOf(''));
  expect(keyOf('?agent=a&order=listed')).toBe(keyOf('?agent=a'));
  expect(new Set(['', '?agent=a', '?agent=b', '?conversations=all'].map(keyOf)).size).toBe(4);
});

test.each(['', 'order=', 'order=NAME', 'order=name.asc', 'order=TOTAL.ASC', 'order=__proto__.ASC', 'order=listed'])(
  'an order of the leaderboard that doesn’t exist, %j, is left out',
  (search) => {
    expect(placeOf(search)).toEqual({ span: 7, view: { kind: 'leaderboard', orderBy: agentOrderDefault } });
  },
);

test('a column is ordered by from its interesting end first, and then the other way round, of what is shown', () => {
  const byCount = orderByColumn('CONVERSATION_COUNT', agentOrderDefault);
  expect(byCount).toEqual({ field: 'CONVERSATION_COUNT', direction: 'DESC' });
  expect(orderByColumn('CONVERSATION_COUNT', byCount)).toEqual({ field: 'CONVERSATION_COUNT', direction: 'ASC' });
  expect(orderByColumn('NAME', byCount)).toEqual({ field: 'NAME', direction: 'ASC' });
});
