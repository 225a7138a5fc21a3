import { expect, test } from 'vitest';
import { tableOf } from '../../src/model/tabulate.ts';
import { createLocated } from '../../src/reading/located.ts';
import { conversationOf } from '../model/sample.ts';
import { rowOf } from '../selection/arbitraries.ts';
import { days, listOf } from './world.ts';

const list = listOf(days(1));
const pageWith = (...ids: readonly string[]) =>
  tableOf(ids.map((id) => rowOf(conversationOf({ conversationId: id, customConversationId: `own ${id}` }))));

test('a conversation is found by either of its ids on the page that it was seen on, the last one first', () => {
  const located = createLocated({ idsMax: 100 });
  located.learnPage(pageWith('a', 'b'), list, 0);
  located.learnPage(pageWith('b', 'c'), list, 1);
  const indicesOf = (id: string) =>
    [located.pages({ by: 'conversationId', id }), located.pages({ by: 'customConversationId', id: `own ${id}` })].map(
      (pages) => pages.map(({ index }) => index),
    );
  expect(['a', 'b', 'c', 'd'].map(indicesOf)).toEqual([
    [[0], [0]],
    [
      [1, 0],
      [1, 0],
    ],
    [[1], [1]],
    [[], []],
  ]);
});

test('a page is one, however often it is seen, and so is a list, whichever object says which', () => {
  const located = createLocated({ idsMax: 100 });
  const seen = () => located.pages({ by: 'conversationId', id: 'a' });
  located.learnPage(pageWith('a', 'a'), list, 0);
  located.learnPage(pageWith('a'), { ...list, window: { ...list.window } }, 0);
  expect(seen()).toEqual([{ question: list, index: 0 }]);
  const others = [
    { ...list, window: days(2) },
    { ...list, contactDirection: 'INBOUND' as const },
    { ...list, includeBelowThreshold: true },
  ];
  for (const question of others) located.learnPage(pageWith('a'), question, 0);
  expect(seen().map(({ question }) => question)).toEqual([...others.toReversed(), list]);
  located.learnPage(pageWith('a'), list, 1);
  expect(seen().map(({ question, index }) => [question, index])).toEqual([
    [list, 1],
    ...others.toReversed().map((question) => [question, 0]),
  ]);
});

test('what is seen of one conversation says nothing of others of its page, though what is known of them is held once', () => {
  const located = createLocated({ idsMax: 100 });
  const pagesOf = (id: string) => located.pages({ by: 'conversationId', id });
  located.learnPage(pageWith('a', 'b'), list, 0);
  expect(pagesOf('a')).toBe(pagesOf('b'));
  located.learnPage(pageWith('a'), list, 1);
  expect([pagesOf('a').length, pagesOf('b').length]).toEqual([2, 1]);
});

test('nothing is learned of a row that could not be read', () => {
  const located = createLocated({ idsMax: 100 });
  located.learnPage(tableOf([{ identity: 'a', conversation: null }]), list, 0);
  for (const by of ['conversationId', 'customConversationId'] as const)
    for (const id of ['', 'a']) expect(located.pages({ by, id })).toEqual([]);
});
