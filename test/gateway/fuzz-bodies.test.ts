import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Chance } from '../chance.ts';
import { type Planted, startPlanted } from './canaries.ts';
import { type Case, fuzz } from './fuzzing.ts';

let planted: Planted;
beforeAll(async () => {
  planted = await startPlanted();
});
afterAll(async () => await planted[Symbol.asyncDispose]());

const seed = Number(process.env['FUZZ_SEED'] ?? 1_000_000);
const good = [
  '{"query":"{ __typename }"}',
  '{"query":"query A($id: ID!) { agent(agentId: $id) { agentId } }","operationName":"A","variables":{"id":"a-1"}}',
  '{"query":"{ conversations(first: 1) { totalCount nodes { conversationId } } }","extensions":{}}',
  '{"query":"query ($f: ConversationFilter) { scoreSummary(filterBy: $f) { conversationCount } }","variables":{"f":{"anyOf":[{"agentIds":["a"]},{"koreEvaluationScore":{"min":1.5,"max":1e2}}]}}}',
];
const scraps = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  '\\u0000',
  '\\ud800',
  'null',
  'true',
  '-',
  '1e999',
  '9007199254740993',
  '__proto__',
  '\u0000',
  '\ufeff',
  '\u2028',
  ' ',
  '\n',
  '#',
  '😀',
  '{"query":"{ __typename }"}',
];

function bodyCase(chance: Chance, body: Buffer | string): Case {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${planted.token}` };
  return { method: 'POST', path: '/graphql', headers, body: chance.percent(1) ? '' : body };
}

/** A good body of which some bytes are others, are gone, or came twice. */
function mutated(chance: Chance): Case {
  const bytes = [...Buffer.from(chance.pick(good))];
  for (let count = chance.below(4); count > 0; count -= 1) {
    const at = chance.below(bytes.length + 1);
    const kind = chance.below(5);
    if (kind === 0) bytes[at] = chance.below(256);
    else if (kind === 1) bytes.splice(at, 1 + chance.below(8));
    else if (kind === 2) bytes.splice(at, 0, ...Buffer.from(chance.pick(scraps)));
    else if (kind === 3) bytes.splice(at, 0, ...bytes.slice(at, at + chance.below(60)));
    else bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
  }
  return bodyCase(chance, Buffer.from(bytes));
}

/** JSON of chance, or nearly. */
function grown(chance: Chance): Case {
  const fields = [
    'query',
    'operationName',
    'variables',
    'extensions',
    'documentId',
    'id',
    '__proto__',
    'constructor',
    '',
  ];
  const value = (depth: number): string => {
    if (depth === 0 || chance.percent(45))
      return chance.pick([
        'null',
        'true',
        '7',
        '-0',
        '1e5',
        '1e999',
        '"text"',
        '"{ __typename }"',
        '"\\u0000"',
        '[]',
        '{}',
        '01',
        'NaN',
        '',
      ]);
    const items = Array.from({ length: chance.below(4) }, () => value(depth - 1));
    return chance.percent(50)
      ? `[${items.join()}]`
      : `{${items.map((item) => `${JSON.stringify(chance.pick(fields))}:${item}`).join()}}`;
  };
  const shown = fields.slice(0, 5).filter(() => chance.percent(50));
  const parts = shown.map(
    (field) => `"${field}":${field === 'query' && chance.percent(70) ? '"{ __typename }"' : value(chance.below(40))}`,
  );
  return bodyCase(chance, chance.percent(10) ? value(6) : `{${parts.join()}}`);
}

/** Nothing but bytes. */
function noise(chance: Chance): Case {
  return bodyCase(chance, Buffer.from(Array.from({ length: chance.below(300) }, () => chance.below(256))));
}

test('of 11,000 bodies of chance none is answered out of shape, with 5xx, or with a secret', async () => {
  const make = (chance: Chance) =>
    chance.percent(60) ? mutated(chance) : chance.percent(70) ? grown(chance) : noise(chance);
  const { wrong, statuses } = await fuzz(planted, { count: 11_000, seed, make });
  expect(wrong).toEqual([]);
  expect(statuses['200'] ?? 0).toBeGreaterThan(200);
  expect(statuses['400'] ?? 0).toBeGreaterThan(3_000);
  await planted.checkTraces();
}, 240_000);
