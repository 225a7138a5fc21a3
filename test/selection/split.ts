import fc from 'fast-check';
import type { Conversation, Row } from '../../src/model/conversation.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { type Selected, selectAll } from '../../src/selection/rows.ts';
import { conversation, rowOf } from './arbitraries.ts';

/** The same conversations as one selection and cut into several, in another order; each has some copies, so that values are shared. */
export type Split = {
  readonly conversations: readonly Conversation[];
  readonly whole: Selected;
  readonly parts: readonly Selected[];
};

/** Of a conversation that doesn't count: selections are seldom whole tables. */
const unselected = 'unselected';

export const split: fc.Arbitrary<Split> = fc
  .record({
    some: fc.array(conversation, { maxLength: 12 }),
    copyCount: fc.constantFrom(1, 1, 7),
    cuts: fc.infiniteStream(fc.nat(3)),
    others: fc.array(conversation, { maxLength: 3 }),
  })
  .map(({ some, copyCount, cuts, others }) => {
    const conversations = Array.from({ length: copyCount }, () => some).flat();
    const strangers = others.map((each) => ({ ...each, notApplicableScoringTreatment: unselected }));
    const piles: Conversation[][] = [[], [], [], []];
    for (const each of conversations) piles[cuts.next().value ?? 0]?.push(each);
    return {
      conversations,
      whole: selected([...conversations, ...strangers].map(rowOf)),
      parts: piles.map((pile) => selected([...strangers, ...pile.toReversed()].map(rowOf))),
    };
  });

/** All conversations that count. */
function selected(rows: readonly Row[]): Selected {
  const { table, indices } = selectAll(tableOf(rows));
  return {
    table,
    indices: indices.filter((index) => rows[index]?.conversation?.notApplicableScoringTreatment !== unselected),
  };
}
