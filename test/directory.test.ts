import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDirectory } from '../src/directory.ts';
import type { Row } from '../src/model/conversation.ts';
import { tableOf } from '../src/model/tabulate.ts';
import { conversationOf, metricResultOf } from './model/sample.ts';

/** `from`: when the list begins that the name was seen in. */
type Sighting = readonly [name: string | null, from: number];

/** A row with one agent, queue and metric of this id and name. */
function rowOf(id: string, name: string | null): Row {
  const conversation = conversationOf({
    agents: [{ agentId: id, name }],
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
});
