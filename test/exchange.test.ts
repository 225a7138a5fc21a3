import { expect, test } from 'vitest';
import { createDirectory } from '../src/directory.ts';
import { createExchange } from '../src/exchange.ts';
import type { Learned } from '../src/model/sharing.ts';
import { tableOf } from '../src/model/tabulate.ts';
import { waitUnlessAborted } from '../src/waiting.ts';
import { conversationOf } from './model/sample.ts';
import { rowOf } from './selection/arbitraries.ts';

test('others are told of each row of a page by both of its ids, as far as it has them, and of none that could not be read', async () => {
  const told: Parameters<Learned['saw']>[] = [];
  const learned: Learned = {
    tell: async () => true,
    hear: async () => ({ names: [], spans: [] }),
    saw: (...args) => void told.push(args),
    whereSeen: async () => undefined,
  };
  const exchange = createExchange({
    learned,
    directory: createDirectory({ idsMax: 10 }),
    located: { learnSpan: () => undefined },
    clock: { now: () => 0, elapsed: () => 0, wait: waitUnlessAborted },
  });
  const question = { window: { from: 0, until: 86_400 }, contactDirection: null, includeBelowThreshold: false };
  const table = tableOf([
    rowOf(conversationOf({ conversationId: 'a', customConversationId: 'own a' })),
    { identity: 'unreadable', conversation: null },
    rowOf(conversationOf({ conversationId: 'b' })),
    rowOf(conversationOf({ conversationId: 'c', customConversationId: '' })),
  ]);
  exchange.sawPage(table, question, 3);
  await exchange.close();
  expect(told).toEqual([
    [
      [
        { by: 'conversationId', id: 'a' },
        { by: 'customConversationId', id: 'own a' },
        { by: 'conversationId', id: 'b' },
        { by: 'conversationId', id: 'c' },
        { by: 'customConversationId', id: '' },
      ],
      { question, index: 3 },
    ],
  ]);
});
