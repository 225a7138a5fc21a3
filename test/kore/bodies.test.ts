import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { madeRows } from '../model/sample.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { startUpstream } from './upstream.ts';

const page = (language: string) =>
  `{"totalResults":1,"results":[{"conversationId":"c-1","language":"${language}","Agents":[],"Queues":[],"metrics":[]}]}`;
const replacement = '\uFFFD';

test.for<[title: string, body: Buffer, language: string]>([
  ['is read as UTF-8', Buffer.from(page('français')), 'français'],
  ['loses the mark of its byte order', Buffer.from(`\uFEFF${page('fr')}`), 'fr'],
  ['keeps such a mark within it', Buffer.from(page('f\uFEFFr')), 'f\uFEFFr'],
  [
    'that is no UTF-8 has what can not be read replaced',
    Buffer.from(page('fran\xE7ais'), 'latin1'),
    `fran${replacement}ais`,
  ],
])('a body %s, in however many pieces it comes', async ([, body, language]) => {
  await using kore = await startSimulator();
  for (const pieceBytes of [1, body.length]) {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      for (let at = 0; at < body.length; at += pieceBytes) response.write(body.subarray(at, at + pieceBytes));
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    await using upstream = startUpstream({ account: kore.account, url: `http://127.0.0.1:${address.port}` });
    const rows = madeRows(await upstream.read());
    expect(rows.map(({ conversation }) => conversation?.language)).toEqual([language]);
    server.close();
  }
});
