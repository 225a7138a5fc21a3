import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Attack, posted, refuses, send, startTarget, type Target } from './attacking.ts';

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(async () => await target[Symbol.asyncDispose]());

const [bad, invalid] = ['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED'];
const asked = (query: string, variables?: object) => posted({ query, variables });
const filtered = (filter: object) =>
  asked('query ($f: ConversationFilter) { conversations(filterBy: $f) { totalCount } }', { f: filter });

/** Each is like something that there is; `refuses` holds that no message says what. */
const typos: readonly Attack[] = [
  ['A26 a field', asked('{ conversation { koreEvaluationScores } }'), 400, invalid],
  ['A26 a field of the root', asked('{ conversationz { totalCount } }'), 400, invalid],
  ['A26 an argument', asked('{ conversations(frist: 1) { totalCount } }'), 400, invalid],
  ['A26 an argument of a directive', asked('{ __typename @include(iff: true) }'), 400, invalid],
  ['A26 a directive', asked('{ __typename @includ(if: true) }'), 400, invalid],
  [
    'A26 a value of an enumeration',
    asked('{ conversations(filterBy: { channels: [CHATT] }) { totalCount } }'),
    400,
    invalid,
  ],
  [
    'A26 a value of an enumeration as a text',
    asked('{ conversations(filterBy: { channels: ["CHAT"] }) { totalCount } }'),
    400,
    invalid,
  ],
  ['A26 the same as a variable', filtered({ channels: ['CHATT'] }), 400, bad],
  ['A26 an input field', asked('{ conversations(filterBy: { agentId: "a" }) { totalCount } }'), 400, invalid],
  ['A26 the same as a variable', filtered({ agentId: 'a' }), 400, bad],
  [
    'A26 an input field that is missing',
    asked('{ conversations(window: { from: "2026-03-02T00:00:00Z" }) { totalCount } }'),
    400,
    invalid,
  ],
  [
    'A26 a type of a variable',
    asked('query ($f: ConversationFilte) { conversations(filterBy: $f) { totalCount } }'),
    400,
    invalid,
  ],
  ['A26 a type of a fragment', asked('{ node(id: "x") { ... on Agentt { name } } }'), 400, invalid],
  ['A26 a field of another type of an interface', asked('{ node(id: "x") { agentId } }'), 400, invalid],
  ['A26 a fragment', asked('{ ...Fragmen } fragment Fragment on Query { __typename }'), 400, invalid],
  ['A26 the same beside the words of a limit', filtered({ agentId: 'contains more than 5 tokens' }), 400, bad],
  [
    'A26 the same beside those of another',
    filtered({ agentId: 'Operation "A" recursively requests too many selections.' }),
    400,
    bad,
  ],
  ['A26 the same beside those of a third', filtered({ agentId: 'Maximum introspection depth exceeded' }), 400, bad],
  ['A26 no selection', asked('{ conversations }'), 400, invalid],
  ['A26 a selection of a leaf', asked('{ __typename { a } }'), 400, invalid],
];

test.for(typos)('%s that is nearly right is answered without what is right', async (attack) => {
  const { text } = await refuses(target, attack);
  expect(text).not.toMatch(/koreEvaluationScore\b(?!s)|\bfirst\b|\bVOICE\b|\bagentIds\b/);
});

test('A28 a trace is for the router alone', async () => {
  const headers = { 'content-type': 'application/json', 'apollo-federation-include-trace': 'ftv1' };
  expect((await send(target.gateway.url, posted({ query: '{ __typename }' }, headers))).text).toBe(
    '{"data":{"__typename":"Query"}}\n',
  );
});
