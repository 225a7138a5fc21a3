import { isDeepStrictEqual } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTabulator, tableOf } from '../../src/model/tabulate.ts';
import { rowOf, rows } from '../selection/arbitraries.ts';
import { conversationOf, metricResultOf } from './sample.ts';

test('a table is the same whatever its tabulator has made before', { timeout: 60_000 }, () => {
  const tabulator = createTabulator();
  fc.assert(
    fc.property(rows, (all) => {
      expect(isDeepStrictEqual(tabulator.tableOf(all), tableOf(all))).toBe(true);
    }),
    { seed: 20_261_127, numRuns: 600 },
  );
});

test('lists that say the same are one object in all tables of a tabulator, and what each row said of its metrics is not', () => {
  const tabulator = createTabulator();
  const [one, other] = (['YES', 'NO'] as const).map((qualification) =>
    tabulator.tableOf([
      rowOf(
        conversationOf({
          agents: [{ agentId: 'a', name: 'Ann' }],
          queues: [{ queueId: 'q', name: null }],
          dispositions: [{ setId: 's', setName: null, codes: [{ id: 'c', name: null, colour: 'red' }] }],
          metrics: [metricResultOf({ metricId: 'm', weight: 2, qualification })],
        }),
      ),
    ]),
  );
  for (const name of ['agents', 'queues', 'dispositions', 'form'] as const)
    expect(one?.columns[name].values[0]).toBe(other?.columns[name].values[0]);
  expect(one?.answers).not.toEqual(other?.answers);
});

test('what is remembered is bounded, and tables are right when it is forgotten', () => {
  const tabulator = createTabulator();
  const agents = (name: string) => [rowOf(conversationOf({ agents: [{ agentId: 'a', name }] }))];
  const first = tabulator.tableOf(agents('Ann'));
  const remembered = tabulator.tableOf(agents('Ann'));
  // A text longer than all that is remembered of texts.
  tabulator.tableOf(agents('x'.repeat(3_000_000)));
  const anew = tabulator.tableOf(agents('Ann'));
  expect(remembered.columns.agents.values[0]).toBe(first.columns.agents.values[0]);
  expect(anew.columns.agents.values[0]).not.toBe(first.columns.agents.values[0]);
  expect(isDeepStrictEqual(anew, first)).toBe(true);
});

test('of a page that says more than is remembered nothing stays behind, though no other comes', () => {
  const tabulator = createTabulator();
  const agents = Array.from({ length: 400_000 }, (_, at) => ({ agentId: `a-${at}`, name: null }));
  const before = heldBytes();
  tabulator.tableOf([rowOf(conversationOf({ agents }))]);
  expect(heldBytes() - before).toBeLessThan(5_000_000);
  // Still there, and as good as new.
  expect(tabulator.tableOf([]).rowCount + agents.length).toBe(400_000);
});

/** Bytes that this program holds once what nobody holds is gone. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}
