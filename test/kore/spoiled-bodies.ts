import fc from 'fast-check';

/** Bodies of the upstream as it might write them, whatever became of them on the way. */
export type Body = Uint8Array<ArrayBuffer>;

export const encoded = (text: string): Body => new TextEncoder().encode(text);
export const pageOf = (...rows: string[]) => encoded(`{"results":[${rows.join(',')}],"totalResults":${rows.length}}`);

export const metric = (id: string, said: string) =>
  `{"Metric ID":"${id}","Metric Name":"Ton & Höflichkeit","Metric Weight":10,"Qualification":"${said}","isFatalError":false}`;
export const agent = '{"Agent ID":"a-1","Agent Name":"A. Rao"}';
export const queue = '{"Queue ID":"q-1","Queue Name":"Zoë 😀"}';
export const disposition = '{"setId":"s","setName":"[]}{","code":[{"id":"d","name":"n"}]}';
export const row = (fields: string) => `{"conversationId":"c-1","Agents":[${agent}],"Queues":[],${fields}}`;

/** Bodies of which one of three isn't what it was: cut off, or with another byte somewhere. */
export function spoiledBodies(): fc.Arbitrary<Body> {
  const spoil = fc.tuple(fc.nat(8), fc.nat(), fc.constantFrom(...Buffer.from('"\\{}[],: x\u001b0\xFF', 'latin1')));
  return fc.tuple(bodies(), spoil).map(([text, [way, place, byte]]) => {
    const body = encoded(text);
    const at = place % body.length;
    if (way === 0) return body.slice(0, at);
    if (way === 1) body[at] = byte;
    if (way === 2) return Uint8Array.from([...body.slice(0, at), byte, ...body.slice(at)]);
    return body;
  });
}

function bodies(): fc.Arbitrary<string> {
  const rows = fc.array(fc.oneof({ weight: 9, arbitrary: rowTexts() }, fc.constantFrom('null', '17', '[]')), {
    maxLength: 4,
  });
  const besides = fc.constantFrom(
    '',
    '',
    '',
    `,"errors":[{"Agents":[${agent}]}]`,
    `,"other":[{"Agents":[${agent}]}]`,
    ',"message":"[]"',
  );
  return fc
    .tuple(rows, besides)
    .map(([texts, beside]) => `{"results":[${texts.join(',')}],"totalResults":${texts.length}${beside}}`);
}

function rowTexts(): fc.Arbitrary<string> {
  const idless = fc.constantFrom(
    '"conversationId":"c-1"',
    '"conversationId":"c-2"',
    '"conversationId":""',
    '"Language":"fr"',
  );
  const fields = fc.array(fieldTexts(), { maxLength: 6 });
  return fc.tuple(idless, fields).map(([id, all]) => `{${[id, ...all].join(',')}}`);
}

function fieldTexts(): fc.Arbitrary<string> {
  const others = fc.constantFrom(
    `"custom_fields":{"Agents":[${agent}]}`,
    '"custom_fields":{"x":"\\u001b0"}',
    '"custom_fields":{"x":["[",",\\"Agents\\":[{}]"]}',
    '"Language":"\\u001b1"',
    '"koreEvalutionScore":12.5',
    '"channel":"fax"',
    '"new":[1]',
    '"Agents":"\\u001B0"',
  );
  return fc.oneof({ weight: 3, arbitrary: listTexts() }, others);
}

function listTexts(): fc.Arbitrary<string> {
  const metrics = ['YES', 'NO', 'Perhaps'].map((said) => metric('em-1', said));
  const items = fc.constantFrom(
    ...metrics,
    ...[agent, '{"Agent ID":""}', '{"Agent ID":"a-2","x":1}', '{"agentId":"a-3"}'],
    ...['{"Queue ID":"q-1"}', '{"queueId":"q-2","Queue Name":"Zoë 😀"}'],
    ...['{"setId":"s","code":[{"id":"d","name":"n"}]}', '{"setName":"[]}{","code":[]}', '{"code":{}}'],
    ...['{}', 'null', '17', '[]', '{"Metric Weight":1e999}', '{"Agent ID":"a-1","Agents":[{}]}'],
  );
  const keys = fc.constantFrom(
    'Agents',
    'agents',
    'Queues',
    'Metrics',
    'metrics',
    'METRICS',
    'Disposition',
    'dispositions',
  );
  const gaps = fc.constantFrom('', '', '', ' ');
  return fc
    .tuple(keys, gaps, fc.array(items, { maxLength: 3 }))
    .map(([key, gap, all]) => `"${key}":${gap}[${all.join(`,${gap}`)}]`);
}
