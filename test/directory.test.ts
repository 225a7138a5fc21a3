import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDirectory } from '../src/directory.ts';
import type { AgentSighting, Row } from '../src/model/conversation.ts';
import { tableOf } from '../src/model/tabulate.ts';
import { conversationOf, metricResultOf } from './model/sample.ts';

/** `from`: when the list begins that the name was seen in. */
type Sighting = readonly [name: string | null, from: number];

/** A row with one queue and metric of this id and name, and an agent of them besides others. */
function rowOf(id: string, name: string | null, ...others: readonly AgentSighting[]): Row {
  const conversation = conversationOf({
    agents: [{ agentId: id, name }, ...others],
    queues: [{ queueId: id, name }],
    metrics: [metricResultOf({ metricId: id, metricName: name })],
  });
  return { identity: id, conversation };
}

function namesOf(sightings: readonly Sighting[], id = 'x'): readonly (string | null)[] {
  const directory = createDirectory({ idsMax: 100 });
  for (const [name, from] of sightings) directory.learn(tableOf([rowOf(id, name)]), from);
  return [directory.agentName(id), directory.queueName(id), directory.metricName(id)];
}

describe('what an id is called', () => {
  test.for<[title: string, sightings: readonly Sighting[], name: string | null]>([
    ['nothing that was seen', [], null],
    ['a name', [['Ann', 1]], 'Ann'],
    ['no name', [[null, 1]], null],
    [
      'a name before none',
      [
        ['Ann', 1],
        [null, 2],
      ],
      'Ann',
    ],
    [
      'the newest day',
      [
        ['Ann', 1],
        ['Bea', 2],
      ],
      'Bea',
    ],
    [
      'the newest day, whenever it is seen',
      [
        ['Bea', 2],
        ['Ann', 1],
        ['Ann', 1],
      ],
      'Bea',
    ],
    [
      'the newest day, though once against often',
      [
        ['Ann', 1],
        ['Ann', 1],
        ['Ann', 1],
        ['Bea', 2],
      ],
      'Bea',
    ],
    [
      'the most frequent of a day',
      [
        ['Ann', 1],
        ['Bea', 1],
        ['Bea', 1],
      ],
      'Bea',
    ],
    [
      'of equals the one that sorts first',
      [
        ['Bea', 1],
        ['Ann', 1],
      ],
      'Ann',
    ],
    ['an empty name is a name', [['', 1]], ''],
  ])('is %s', ([, sightings, name]) => {
    expect(namesOf(sightings)).toEqual([name, name, name]);
  });

  test('does not depend on the order in which one day is read', () => {
    const sightings = fc.array(fc.constantFrom('Ann', 'Bea', 'Cid', 'Dee'), { minLength: 1, maxLength: 12 });
    const read = sightings.chain((names) =>
      fc.tuple(fc.constant(names), fc.shuffledSubarray(names, { minLength: names.length })),
    );
    fc.assert(
      fc.property(read, ([one, other]) => {
        const sightingsOf = (names: readonly string[]) => names.map((name): Sighting => [name, 1]);
        expect(namesOf(sightingsOf(one))).toEqual(namesOf(sightingsOf(other)));
      }),
      { seed: 20_261_122, numRuns: 500 },
    );
  });

  test.for(['rows of a page', 'rows of a span'])('does not depend on how many %s are learned together', (unit) => {
    const names = fc.array(fc.constantFrom('Ann', 'Bea', 'Cid', 'Dee', null), { maxLength: 12 });
    fc.assert(
      fc.property(names, (all) => {
        const directory = createDirectory({ idsMax: 100 });
        // Agents that say something else on each row, so that the same name is counted in several lists of them.
        const table = tableOf(all.map((name, at) => rowOf('x', name, { agentId: `other ${at}`, name: null })));
        if (unit === 'rows of a page') directory.learn(table, 1);
        else directory.learnSpan(table, 1, 1);
        const together = [directory.agentName('x'), directory.queueName('x'), directory.metricName('x')];
        expect(together).toEqual(namesOf(all.map((name) => [name, 1])));
      }),
      { seed: 20_261_122, numRuns: 500 },
    );
  });

  test('is the most frequent of all spans of a day, one that was read again counted once', () => {
    const directory = createDirectory({ idsMax: 10 });
    const span = (...names: readonly string[]) => tableOf(names.map((name) => rowOf('x', name)));
    directory.learnSpan(span('Ann', 'Bea', 'Ann'), 100, 100);
    directory.learnSpan(span('Bea', 'Bea', 'Cid'), 100, 150);
    expect(directory.agentName('x')).toBe('Bea');
    directory.learnSpan(span('Cid', 'Cid', 'Bea'), 100, 150);
    expect(directory.agentName('x')).toBe('Ann');
    directory.learnSpan(span('Cid', 'Cid', 'Bea'), 100, 150);
    expect(directory.agentName('x')).toBe('Ann');
  });

  test('is not told by rows that can not be read, nor by metrics without an id', () => {
    const directory = createDirectory({ idsMax: 10 });
    const nameless = conversationOf({ metrics: [metricResultOf({ metricName: 'Empathy' })] });
    directory.learn(tableOf([{ identity: 'a', conversation: null }]), 1);
    directory.learn(tableOf([{ identity: 'b', conversation: nameless }]), 1);
    expect([directory.agentName('a'), directory.metricName('null'), directory.metricName('')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('is told apart by kind', () => {
    const directory = createDirectory({ idsMax: 10 });
    const conversation = conversationOf({ agents: [{ agentId: 'x', name: 'Ann' }] });
    directory.learn(tableOf([{ identity: 'a', conversation }]), 1);
    expect([directory.agentName('x'), directory.queueName('x'), directory.metricName('x')]).toEqual([
      'Ann',
      null,
      null,
    ]);
  });
});

describe('the memory of names', () => {
  test('is bounded, and the least recently seen is forgotten first', () => {
    const directory = createDirectory({ idsMax: 3 });
    for (const id of ['a', 'b', 'c', 'a', 'd']) directory.learn(tableOf([rowOf(id, `name of ${id}`)]), 1);
    expect(['a', 'b', 'c', 'd'].map(directory.agentName)).toEqual(['name of a', null, 'name of c', 'name of d']);
  });

  test('tells a bounded number of names of one id apart, and goes on counting those', () => {
    const directory = createDirectory({ idsMax: 3 });
    for (let index = 10; index < 1_000; index++) directory.learn(tableOf([rowOf('a', `name ${index}`)]), 1);
    directory.learn(tableOf([rowOf('a', 'name 12'), rowOf('a', 'name 999'), rowOf('a', 'name 999')]), 1);
    expect(directory.agentName('a')).toBe('name 12');
  });

  test('does so for the names of one page too', () => {
    const directory = createDirectory({ idsMax: 3 });
    const names = Array.from({ length: 990 }, (_, index) => `name ${index + 10}`);
    directory.learn(tableOf([...names, 'name 12', 'name 999', 'name 999'].map((name) => rowOf('a', name))), 1);
    expect(directory.agentName('a')).toBe('name 12');
  });
});
