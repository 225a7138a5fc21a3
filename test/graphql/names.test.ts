import { describe, expect, test } from 'vitest';
import { createDirectory } from '../../src/directory.ts';
import { createNames } from '../../src/graphql/answering/names.ts';
import { createReads } from '../../src/graphql/answering/reads.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { conversationOf } from '../model/sample.ts';
import { rowOf } from '../selection/arbitraries.ts';
import { answer, dayLength, firstDay, window } from './desk.ts';
import type { StreamState } from './readings.ts';

describe('a name', () => {
  test("is the directory's, else that of the row that was met first, and stays what it was", () => {
    const directory = createDirectory({ idsMax: 10 });
    const seen = conversationOf({ agents: [{ agentId: 'a-1', name: 'Ada' }] });
    directory.learn(tableOf([rowOf(seen)]), 0);
    const names = createNames(directory, () => undefined);
    expect([names.agentName('a-1', 'Bea'), names.agentName('a-2', 'Bea'), names.queueName('a-1', null)]).toEqual([
      'Ada',
      'Bea',
      null,
    ]);
    directory.learn(tableOf([rowOf(conversationOf({ agents: [{ agentId: 'a-1', name: 'Cleo' }] }))]), 60);
    expect([names.agentName('a-1', null), names.agentName('a-2', 'Cleo'), names.queueName('a-1', 'Q')]).toEqual([
      'Ada',
      'Bea',
      null,
    ]);
  });

  const stream: StreamState = {
    contacts: ['Ada', 'Bea'].map((name, day) => ({
      at: firstDay + day * dayLength,
      conversation: conversationOf({ conversationId: `c-${day}`, agents: [{ agentId: 'a-1', name }] }),
    })),
  };
  const firstDayAlone = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }';

  test.for<[query: string]>([
    [`{ a: conversations(${firstDayAlone}) { nodes { agents { name } } } b: scoreSummary(${window}) { scoredCount } }`],
    [`{ agent(agentId: "a-1") { name summary(${window}) { scoredCount } } }`],
    [`{ agents(${firstDayAlone}) { nodes { name conversations(${window}) { nodes { agents { name } } } } } }`],
    [`{ conversations(${firstDayAlone}) { nodes { agents { name summary(${window}) { scoredCount } } } } }`],
  ])('is the newest of all that an operation reads, wherever it stands: %s', async ([query]) => {
    const found = [...JSON.stringify(await answer(query, stream)).matchAll(/"name":"(\w+)"/g)].map(([, name]) => name);
    expect(found.length).toBeGreaterThan(0);
    expect([...new Set(found)]).toEqual(['Bea']);
  });
});

test('reads are settled when those are too that began meanwhile, whether they fail or not', async () => {
  const reads = createReads();
  const log: string[] = [];
  const one = Promise.withResolvers<void>();
  const other = Promise.withResolvers<void>();
  const first = reads.track(one.promise.then(() => void reads.track(other.promise).catch(() => log.push('failed'))));
  const settled = reads.settled().then(() => log.push('settled'));
  one.resolve();
  await first;
  other.reject(new Error('lost'));
  await settled;
  expect(log).toEqual(['failed', 'settled']);
  await reads.settled();
});
