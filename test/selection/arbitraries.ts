import fc from 'fast-check';
import {
  type Conversation,
  type ConversationAudit,
  type Disposition,
  identityOf,
  type JsonObject,
  type JsonValue,
  type MetricResult,
  type Row,
} from '../../src/model/conversation.ts';

/** Conversations in which everything happens that can: nulls, empty lists, repetition, strings that trip up objects and orders. */

/** Few, so that rows are alike. By code unit the emoji comes before the private character, by code point after it. */
export const words = ['', 'a', 'b', 'A', 'a b', 'é', '\u{1F600}', '\uE000', '__proto__', 'constructor', '1', 'true'];
export const word = fc.constantFrom(...words);
const id = fc.constantFrom('a', 'b', 'c', '__proto__', '\u{1F600}', '\uE000');
/** Objects as code makes them: fast-check's own often have no prototype. */
const record = <T>(model: { [Name in keyof T]: fc.Arbitrary<T[Name]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true });
const perhaps = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 3 });

export const score = fc.oneof(
  fc.constantFrom(-100, -90, -0.1, 0, 0.1, 0.2, 0.3, 33.3, 50, 99.99, 100),
  fc.double({ min: -100, max: 100, noNaN: true }).map((value) => value + 0),
);
export const atMs = fc.integer({ min: 0, max: 12 }).map((step) => 1_790_000_000_000 + step * 500);
export const channel = fc.constantFrom('VOICE', 'CHAT', 'UNKNOWN');
export const contactDirection = fc.constantFrom('INBOUND', 'OUTBOUND');
export const durationStatus = fc.constantFrom('EVALUATED', 'BELOW_THRESHOLD', 'DURATION_UNAVAILABLE', 'UNKNOWN');
export const evaluationStatus = fc.constantFrom('PASS', 'FAIL', 'NOT_EVALUATED', 'UNKNOWN');
export const qualification = fc.constantFrom('YES', 'NO', 'NA', 'PENDING', 'UNKNOWN');
export const unscoredReason = fc.constantFrom(
  'BELOW_THRESHOLD',
  'DURATION_UNAVAILABLE',
  'ALL_METRICS_NOT_APPLICABLE',
  'NOT_EVALUATED',
);
export const auditStatus = fc.constantFrom(
  'UNASSIGNED',
  'ASSIGNED',
  'PENDING_AGENT_REVIEW',
  'PENDING_SUPERVISOR_REVIEW',
  'RESOLVED',
  'CLOSED',
  'AUDITED',
  'UNKNOWN',
);

const metricResult: fc.Arbitrary<MetricResult> = record({
  metricId: perhaps(id),
  metricName: perhaps(word),
  weight: perhaps(fc.constantFrom(0, 0.1, 0.2, 0.7, 10, 1e17)),
  negativeWeight: perhaps(fc.constantFrom(0, 0.3, 5)),
  qualification: perhaps(qualification),
  isFatalError: perhaps(fc.boolean()),
  auditorResponse: perhaps(qualification),
});

const audit: fc.Arbitrary<ConversationAudit> = record({
  status: perhaps(auditStatus),
  statusLabel: perhaps(word),
  score: perhaps(score),
  auditor: perhaps(word),
  auditedAt: perhaps(atMs),
});

const dispositions: fc.Arbitrary<readonly Disposition[]> = fc.array(
  record({
    setId: perhaps(id),
    setName: perhaps(word),
    codes: fc.array(record({ id: perhaps(id), name: perhaps(word), colour: perhaps(word) }), { maxLength: 3 }),
  }),
  { maxLength: 2 },
);

const jsonValue: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    false,
    0,
    1,
    0.5,
    1e21,
    'a',
    '',
    'true',
    '1',
    'null',
    [],
    ['a'],
    {},
    { a: 'a' },
  ),
  fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue),
);

/** `Object.fromEntries` makes even `__proto__` an own field, as JSON.parse does. */
const customFields: fc.Arbitrary<JsonObject> = fc
  .array(fc.tuple(word, jsonValue), { maxLength: 4 })
  .map((entries) => Object.fromEntries(entries));

export const conversation: fc.Arbitrary<Conversation> = record({
  conversationId: fc.oneof(
    id,
    fc.integer({ min: 0, max: 30 }).map((number) => `c-${number}`),
  ),
  customConversationId: perhaps(word),
  agents: fc.array(record({ agentId: id, name: perhaps(word) }), { maxLength: 3 }),
  queues: fc.array(record({ queueId: id, name: perhaps(word) }), { maxLength: 2 }),
  koreEvaluationScore: perhaps(score),
  unscoredReason: perhaps(unscoredReason),
  fatalErrorCount: perhaps(fc.constantFrom(0, 0, 1, 3)),
  language: perhaps(word),
  channel: perhaps(channel),
  contactDirection: perhaps(contactDirection),
  isDirectionDefaulted: perhaps(fc.boolean()),
  durationStatus: perhaps(durationStatus),
  evaluationStatus: perhaps(evaluationStatus),
  evaluatedAt: perhaps(atMs),
  metrics: fc.array(metricResult, { maxLength: 4 }),
  audit,
  dispositions,
  notApplicableScoringTreatment: perhaps(word),
  customFields: perhaps(customFields),
});

const unreadableRow: fc.Arbitrary<Row> = fc
  .integer({ min: 0, max: 3 })
  .map((number) => ({ identity: `unreadable\u0001${number}`, conversation: null }));

const row: fc.Arbitrary<Row> = fc.oneof(
  { weight: 12, arbitrary: conversation.map(rowOf) },
  { weight: 1, arbitrary: unreadableRow },
);

/** Rows in the order of a table: by conversationId, identity, content. Those that could not be read have no id, and come first. */
export const rows: fc.Arbitrary<readonly Row[]> = fc.array(row, { maxLength: 24 }).map(inTableOrder);

/** The row of a conversation. */
export function rowOf(each: Conversation): Row {
  return { identity: identityOf(each), conversation: each };
}

export function inTableOrder(unsorted: readonly Row[]): readonly Row[] {
  const keyOf = ({ identity, conversation }: Row): readonly string[] => [
    conversation?.conversationId ?? '',
    identity,
    JSON.stringify(conversation),
  ];
  return unsorted.toSorted((one, other) => {
    const keys = keyOf(other);
    const at = keyOf(one).findIndex((key, index) => key !== keys[index]);
    return at < 0 ? 0 : (keyOf(one)[at] ?? '') < (keys[at] ?? '') ? -1 : 1;
  });
}
