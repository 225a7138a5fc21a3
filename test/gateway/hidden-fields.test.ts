import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { type Answer, askAs, operator } from './asking-as.ts';
import { startTestGateway } from './harness.ts';
import { tokenSettings } from './tokens.ts';

const now = () => Date.parse('2026-03-20T12:00:00Z');
const day = dayWindow('2026-03-02');

let kore: Simulator;
beforeAll(async () => {
  kore = await startSimulator({ switches: { quotaLimit: 0, quirks: false, tableOnlyFields: true, era: 'V6' }, now });
});
afterAll(async () => {
  await kore[Symbol.asyncDispose]();
});

/** A gateway that has seen nothing, over an upstream whose calls are counted from now. */
async function startFresh() {
  const gateway = await startTestGateway(kore, { now, settings: tokenSettings });
  kore.resetCalls();
  return Object.assign(gateway, { nowMs: now() });
}

const fields = `{ conversations(${day}, first: 100) { nodes { customFields audit { status auditor } } } }`;

test('fields that are hidden are null, and the answer lists them', async () => {
  await using gateway = await startFresh();
  const roles = ['all-conversations'];
  const hidden = await askAs(gateway, { roles }, fields);
  const nodesOf = ({ data }: Answer) =>
    (
      data as {
        readonly conversations: {
          readonly nodes: readonly {
            readonly customFields: unknown;
            readonly audit: { readonly auditor: unknown };
          }[];
        };
      }
    ).conversations.nodes;
  expect(hidden.extensions).toEqual({ hiddenFields: ['Conversation.customFields', 'ConversationAudit.auditor'] });
  expect(nodesOf(hidden).every(({ customFields, audit }) => customFields === null && audit.auditor === null)).toBe(
    true,
  );
  const some = await askAs(gateway, { roles: [...roles, 'auditors'] }, fields);
  expect(some.extensions).toEqual({ hiddenFields: ['Conversation.customFields'] });
  expect(nodesOf(some).some(({ audit }) => audit.auditor !== null)).toBe(true);
  const all = await askAs(gateway, operator, fields);
  expect(all.extensions).toBeUndefined();
  expect(nodesOf(all).some(({ customFields }) => customFields !== null)).toBe(true);
  expect(kore.callCount).toBe(1);
});

test.for<readonly [string, string]>([
  ['HIDDEN_FIELD', `{ conversations(${day}, filterBy: { auditors: ["Anna"] }) { totalCount } }`],
  ['HIDDEN_FIELD', `{ scoreSummary(${day}, filterBy: { anyOf: [{ not: { auditors: [] } }] }) { conversationCount } }`],
  [
    'HIDDEN_FIELD',
    `{ agents(${day}, filterBy: { not: { customFields: [{ name: "Tier", equals: "gold" }] } }) { totalCount } }`,
  ],
  [
    'HIDDEN_FIELD',
    `{ agent(agentId: "a-1") { summary(${day}, filterBy: { customFields: [{ name: "Tier", equals: "gold" }] }) { conversationCount } } }`,
  ],
  ['HIDDEN_FIELD', `{ scoreBreakdown(${day}, by: [QUEUE, AUDITOR]) { groups { auditor } } }`],
  ['INTROSPECTION', '{ __schema { queryType { name } } }'],
  ['INTROSPECTION', '{ __type(name: "Conversation") { name } }'],
  [
    'INTROSPECTION',
    `query { ...here } fragment here on Query { __typename ... { hidden: __type(name: "Agent") { name } } }`,
  ],
  ['UPSTREAM', '{ upstream { quota { remaining } } }'],
])('asking by or for them is FORBIDDEN, %s, and costs nothing: %s', async ([reason, query]) => {
  await using gateway = await startFresh();
  const answer = await askAs(gateway, { roles: ['all-conversations'] }, query);
  expect(answer.errors?.map(({ extensions: { code, reason: told } }) => [code, told])).toEqual([['FORBIDDEN', reason]]);
  expect(answer.status).toBe(reason === 'INTROSPECTION' ? 403 : 200);
  expect(kore.callCount).toBe(0);
  expect((await askAs(gateway, operator, query)).errors).toBeUndefined();
});

test.for<string>(['x-upstream-trace', 'x-upstream-plan'])(
  '%s is for who sees every conversation and has the right',
  async (header) => {
    await using gateway = await startFresh();
    const query = `{ conversations(${day}, first: 1) { totalCount } }`;
    for (const claims of [{ roles: ['all-conversations'] }, { roles: ['upstream'], agents: ['a-1'] }]) {
      const answer = await askAs(gateway, claims, query, { headers: { [header]: '1' } });
      expect([answer.status, answer.errors?.[0]?.extensions.reason, answer.extensions]).toEqual([
        403,
        'UPSTREAM',
        undefined,
      ]);
      const broken = await askAs(gateway, claims, '{ nothing }', { headers: { [header]: '1' } });
      expect([broken.status, broken.extensions]).toEqual([400, undefined]);
    }
    expect(kore.callCount).toBe(0);
    expect((await askAs(gateway, operator, query, { headers: { [header]: '1' } })).extensions).toHaveProperty(
      'upstream',
    );
  },
);
