import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agentGlobalId, conversationGlobalId, metricGlobalId, queueGlobalId } from '../../src/graphql/ids.ts';
import { conversationOf } from '../model/sample.ts';

const parameters = { seed: 20_261_122, numRuns: 2_000 };

test('a global id is opaque, stable, and unique among ids and types', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const ids = [one, other].flatMap((id) => [
        agentGlobalId(id),
        queueGlobalId(id),
        metricGlobalId(id),
        contact(id, id),
      ]);
      expect(new Set(ids).size).toBe(one === other ? 4 : 8);
      expect(agentGlobalId(one)).toBe(agentGlobalId(one));
      for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]+$/);
    }),
    parameters,
  );
});

test('segments of one contact have different ids', () => {
  expect(contact('c-1', 'c-1|a-1')).not.toBe(contact('c-1', 'c-1|a-2'));
  expect(contact('c-1', 'c-1|a-1')).toBe(contact('c-1', 'c-1|a-1'));
});

function contact(conversationId: string, identity: string): string {
  const conversation = conversationOf({ conversationId });
  return conversationGlobalId({ identity, conversation }, conversation);
}
