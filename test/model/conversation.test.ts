import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Conversation, identityOf } from '../../src/model/conversation.ts';
import { conversationOf } from './sample.ts';

const parameters = { seed: 20_261_122, numRuns: 3_000 };

/** As the upstream makes them: never empty, without control characters. Short and alike, so that they could be confused. */
const id = fc.oneof(fc.stringMatching(/^[ab,|:\-/ é"]{1,3}$/), fc.string({ minLength: 1 })).filter(isPlain);
const ids = fc.uniqueArray(id, { maxLength: 4 });
const parts = fc.record({ conversationId: id, agentIds: ids, queueIds: ids });
type Parts = {
  readonly conversationId: string;
  readonly agentIds: readonly string[];
  readonly queueIds: readonly string[];
};

test('a row is the same one in whatever order its agents and queues are listed, and whatever they are called', () => {
  const shuffled = parts.chain((each) =>
    fc.record({
      one: fc.constant(each),
      other: fc.record({
        conversationId: fc.constant(each.conversationId),
        agentIds: fc.shuffledSubarray(each.agentIds, { minLength: each.agentIds.length }),
        queueIds: fc.shuffledSubarray(each.queueIds, { minLength: each.queueIds.length }),
      }),
    }),
  );
  fc.assert(
    fc.property(shuffled, fc.string(), ({ one, other }, name) => {
      expect(identityOf(conversation(other, name))).toBe(identityOf(conversation(one, null)));
    }),
    parameters,
  );
});

test('rows of another contact, other agents or other queues are others', () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      fc.pre(canonical(one) !== canonical(other));
      expect(identityOf(conversation(one, null))).not.toBe(identityOf(conversation(other, null)));
    }),
    parameters,
  );
});

test('an id among the agents is not the same id among the queues', () => {
  const row = { conversationId: 'c-1', agentIds: ['x'], queueIds: [] };
  const turned = { conversationId: 'c-1', agentIds: [], queueIds: ['x'] };
  expect(identityOf(conversation(row, null))).not.toBe(identityOf(conversation(turned, null)));
});

function canonical({ conversationId, agentIds, queueIds }: Parts): string {
  return JSON.stringify([conversationId, agentIds.toSorted(), queueIds.toSorted()]);
}

function isPlain(text: string): boolean {
  return !/\p{Cc}/u.test(text);
}

function conversation({ conversationId, agentIds, queueIds }: Parts, name: string | null): Conversation {
  return conversationOf({
    conversationId,
    agents: agentIds.map((agentId) => ({ agentId, name })),
    queues: queueIds.map((queueId) => ({ queueId, name })),
  });
}
