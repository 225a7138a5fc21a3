import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Sight } from '../../src/model/access.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { compileSight, isBlind, isSeen } from '../../src/selection/sight.ts';
import { rows } from './arbitraries.ts';

const parameters = { seed: 20_261_126, numRuns: 1_000 };

/** Ids that rows have, and one that none has; often none at all. */
const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', '__proto__', '\u{1F600}', 'nobody'), { maxLength: 3 });
const sights: fc.Arbitrary<Sight> = fc
  .tuple(ids, ids)
  .map(([agents, queues]) => ({ agentIds: new Set(agents), queueIds: new Set(queues) }));

test('of a table a sight selects the rows whose conversation it sees, one by one, and of an empty sight none is', {
  timeout: 30_000,
}, () => {
  const counts = { seen: 0, hidden: 0, withoutAgents: 0, withoutQueues: 0, blind: 0 };
  fc.assert(
    fc.property(fc.array(sights, { minLength: 4, maxLength: 4 }), rows, (each, all) => {
      const table = tableOf(all);
      for (const sight of each) {
        const expected = all.flatMap(({ conversation }, index) =>
          conversation !== null && isSeen(conversation, sight) ? [index] : [],
        );
        const selected = compileSight(sight)(table);
        expect(selected.table).toBe(table);
        expect([...selected.indices]).toEqual(expected);
        if (isBlind(sight)) expect(expected).toEqual([]);
        counts.seen += expected.length;
        counts.hidden += all.length - expected.length;
        if (expected.length > 0 && sight.agentIds.size === 0) counts.withoutAgents += 1;
        if (expected.length > 0 && sight.queueIds.size === 0) counts.withoutQueues += 1;
        if (isBlind(sight) && all.length > 0) counts.blind += 1;
      }
    }),
    parameters,
  );
  // Else the property would say nothing.
  expect(Math.min(counts.seen, counts.hidden)).toBeGreaterThan(5_000);
  expect(Math.min(counts.withoutAgents, counts.withoutQueues, counts.blind)).toBeGreaterThan(50);
});
