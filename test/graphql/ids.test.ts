import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  agentGlobalId,
  conversationGlobalId,
  metricGlobalId,
  parseGlobalId,
  queueGlobalId,
  segmentPrintOf,
} from '../../src/graphql/ids.ts';
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

test('a global id gives back what it is of', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'binary' }), fc.string(), (id, identity) => {
      expect(parseGlobalId(agentGlobalId(id))).toEqual({ typeName: 'Agent', id });
      expect(parseGlobalId(queueGlobalId(id))).toEqual({ typeName: 'Queue', id });
      expect(parseGlobalId(metricGlobalId(id))).toEqual({ typeName: 'Metric', id });
      const segmentPrint = segmentPrintOf(identity);
      expect(parseGlobalId(contact(id, identity))).toEqual({ typeName: 'Conversation', id, segmentPrint });
    }),
    parameters,
  );
});

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test.for<[title: string, id: string]>([
  ['nothing', ''],
  ['any word', 'never'],
  ['an id of the upstream', 'a-0c1d'],
  ['an empty id', agentGlobalId('')],
  ['another type', encoded(['Query', 'x'])],
  ['a type that is no type', encoded(['__proto__', 'x'])],
  ['a part too many', encoded(['Agent', 'x', 'y'])],
  ['a conversation without its print', encoded(['Conversation', 'c-1'])],
  ['a conversation with another print', encoded(['Conversation', 'c-1', 'XYZXYZXY'])],
  ['a number for an id', encoded(['Agent', 1])],
  ['no list', encoded({ 0: 'Agent', 1: 'x' })],
  ['another spelling of the same bytes', `${agentGlobalId('ab')}=`],
  ['another spelling of the same JSON', Buffer.from('["Agent", "x"]').toString('base64url')],
])('a text that was never given out is no global id: %s', ([, id]) => {
  expect(parseGlobalId(id)).toBeNull();
});

function contact(conversationId: string, identity: string): string {
  const conversation = conversationOf({ conversationId });
  return conversationGlobalId({ identity, conversation }, conversation);
}
