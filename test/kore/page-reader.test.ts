import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { Failure } from '../../src/errors.ts';
import { readAnswer } from '../../src/kore/answer.ts';
import { createDrift, type Drift } from '../../src/kore/drift.ts';
import type { Fault } from '../../src/kore/fault.ts';
import { createPageReader, type PageReading } from '../../src/kore/page-reader.ts';
import { decodePage } from '../../src/kore/wire.ts';
import { madeRows } from '../model/sample.ts';
import { agent, type Body, disposition, encoded, metric, pageOf, queue, row, spoiledBodies } from './spoiled-bodies.ts';

const driftOf = () => createDrift({ entriesMax: 1_000, now: () => 0, onFirst: () => undefined });

/** Of a refusal, in seconds. */
const retryAfter = '17';

/** What a body is by definition: parsed as a whole, and decoded value by value. */
function readPlainly(status: number, body: Body, drift: Drift): unknown {
  const reading = readAnswer({ status, retryAfter, bodyText: new TextDecoder().decode(body) }, 0);
  if (reading.kind === 'fault') return faultOf(reading.fault);
  try {
    return decodePage(reading.body, drift);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return faultOf({ failure: error, retry: 'never' });
  }
}

function told(reading: PageReading): unknown {
  if (reading.kind === 'fault') return faultOf(reading.fault);
  const { table, ...page } = reading.page;
  return { ...page, rows: madeRows({ table }) };
}

function faultOf({ failure, ...rest }: Fault) {
  return { code: failure.code, reason: failure.reason, ...rest };
}

/** Reads bodies one after the other, and each by itself: they have to say the same, and to count the same. */
function expectSame(bodies: readonly (readonly [status: number, body: Body])[]): void {
  const [drift, plainDrift] = [driftOf(), driftOf()];
  const read = createPageReader(drift);
  for (const [status, body] of bodies) {
    const plain = readPlainly(status, body, plainDrift);
    const reading = read({ status, retryAfter, bodyBytes: body.slice().buffer }, 0);
    expect(told(reading)).toStrictEqual(plain);
    expect(drift.entries()).toStrictEqual(plainDrift.entries());
  }
}

test('what was read before is not parsed again, and the bytes of a body are given up', () => {
  const lists = `"Queues":[${queue}],"Disposition":[${disposition}],"Metrics":[${metric('em-1', 'YES')}]`;
  const body = pageOf(`{"conversationId":"c-1","Agents":[${agent}],${lists}}`);
  const read = createPageReader(driftOf());
  const parse = vi.spyOn(JSON, 'parse');
  const receive = () => {
    parse.mockClear();
    const bodyBytes = body.slice().buffer;
    const reading = read({ status: 200, retryAfter: undefined, bodyBytes }, 0);
    expect(bodyBytes.detached).toBe(true);
    return { reading: told(reading), parsed: parse.mock.calls.map(([text]) => text).join('') };
  };
  const first = receive();
  for (const item of [agent, queue, disposition, metric('em-1', 'YES')]) expect(first.parsed).toContain(item);
  const second = receive();
  expect(second.parsed.length).toBeLessThan(200);
  expect(second.reading).toStrictEqual(first.reading);
});

test('a body is read as it came that deviates too often for that to be withheld', () => {
  const rows = Array.from({ length: 6_000 }, () => `{"new":1,"newer":1}`);
  const body = pageOf(row(`"Metrics":[${metric('em-1', 'YES')}]`), ...rows);
  expectSame([body, body].map((each) => [200, each]));
});

describe('a page says the same whatever was read before', () => {
  const known = pageOf(row(`"Metrics":[${metric('em-1', 'YES')}]`));
  const list = `"Metrics":[${metric('em-1', 'YES')}]`;
  test.for<[title: string, body: Body]>([
    ['when a list stands where nobody asks for it', pageOf(row(`${list},"custom_fields":{${list}}`))],
    ['when a list stands in a row that can not be read', pageOf(`{${list}}`, row(list))],
    ['when a row has a list twice', pageOf(row(`${list},"Metrics":[${metric('em-1', 'NO')}]`))],
    ['when a row has a list by two names', pageOf(row(`${list},"metrics":[${metric('em-1', 'NO')}]`))],
    ['when a text says what stands for a list', pageOf(row(`${list},"Language":"\\u001b0","Agents":"\\u001B0"`))],
    ['when a text looks like a list', pageOf(row(`"Language":"x,\\"Metrics\\":[{}]",${list}`))],
    ['when a key looks like the end of another', pageOf(row(`"x,\\"Metrics":[{}],${list}`))],
    ['when a list is longer than what is known of it', pageOf(row(`${list.slice(0, -1)},17]`))],
    [
      'when something else than a comma stands between two items',
      pageOf(row(list.replace('[', `[${metric('em-1', 'YES')};`))),
    ],
    [
      'when lists stand in lists',
      pageOf(row(`"Agents":[{"Agents":[{${list},"Agents":[${agent}]}]},${agent}],${list}`)),
    ],
    ['when a list has no end', known.slice(0, -24)],
    ['when a text has no beginning', pageOf(row(`x",${list}`))],
    [
      'when it names an error beside its list',
      encoded(`{"results":[${row(list)}],"totalResults":1,"errors":[{${list}}]}`),
    ],
    ['when a name is no UTF-8', Buffer.from(new TextDecoder().decode(known).replace('ö', '\xF6'), 'latin1')],
    ['when it begins with the mark of its byte order', encoded(`\uFEFF${new TextDecoder().decode(known)}`)],
  ])('%s', ([, body]) => {
    const again = new Uint8Array(body);
    expectSame([known, again, known, again].map((each) => [200, each]));
  });

  test('and however many different items there are', () => {
    const bodies = Array.from({ length: 30 }, (_, page) => {
      const rows = Array.from({ length: 40 }, (_, index) => {
        const metrics = Array.from({ length: 10 }, (_, place) => {
          // Of each page half is what the one before it had.
          const id = `em-${index < 20 ? page : page + 1}-${index % 20}-${place}`;
          return metric(id.padEnd(60, 'x'), place % 2 === 0 ? 'YES' : 'NA');
        });
        return `{"conversationId":"c-${index}","Agents":[${agent}],"Metrics":[${metrics.join(',')}]}`;
      });
      return pageOf(...rows);
    });
    expectSame(bodies.map((body) => [200, body]));
  });
});

test('any body says and counts the same, whatever was read before, and whatever became of its bytes', {
  timeout: 60_000,
}, () => {
  fc.assert(fc.property(fc.array(fc.tuple(statuses, spoiledBodies()), { minLength: 1, maxLength: 4 }), expectSame), {
    numRuns: 2_000,
  });
});

const statuses = fc.constantFrom(200, 200, 200, 200, 201, 429, 500);
