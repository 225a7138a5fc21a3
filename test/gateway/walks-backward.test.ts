import { test } from 'vitest';
import { holdWalksTo } from './walks.ts';

test('rows that stay are each returned exactly once and in order, walking backward over a list that changes', {
  timeout: 3_600_000,
}, async () => {
  await holdWalksTo('backward');
});
