import { expect, test, vi } from 'vitest';
import { createDrift } from '../../src/kore/drift.ts';
import { createHollower, type Hollow } from '../../src/kore/hollow.ts';
import { decodePage } from '../../src/kore/wire.ts';
import { agent, type Body, disposition, metric, pageOf, queue, row } from './spoiled-bodies.ts';

const itemBytesMax = 16_384;
const driftOf = () => createDrift({ entriesMax: 100, now: () => 0, onFirst: () => undefined });
const decode = (text: string, hollow?: Hollow) => decodePage(JSON.parse(text), driftOf(), hollow?.taken);

/** What is left of a body: all of it where nothing was taken out. */
const leftOf = (hollow: Hollow | undefined, body: Body) => hollow?.text ?? new TextDecoder().decode(body);

/** A page of metrics, ten a row, which no page of another name has. */
function pageNamed(name: string, count = 400, idLength = 0): Body {
  const metrics = Array.from({ length: count }, (_, at) => metric(`em-${name}-${at}`.padEnd(idLength, 'x'), 'YES'));
  const rows = Array.from(
    { length: count / 10 },
    (_, at) => `{"conversationId":"c-${at}","Metrics":[${metrics.slice(10 * at, 10 * at + 10)}]}`,
  );
  return pageOf(...rows);
}

/** How many of its metrics are left in a page. */
const metricsLeft = (hollow: Hollow | undefined, body: Body) => [...leftOf(hollow, body).matchAll(/em-/g)].length;

test('lists are taken out, the first time and again, and each is given once', () => {
  const hollowOut = createHollower();
  const items = [agent, queue, disposition, metric('em-1', 'YES'), metric('em-2', 'NO')];
  const lists = `"Agents":[${agent}],"Queues":[${queue}],"Disposition":[${disposition}]`;
  const body = pageOf(`{"conversationId":"c-1",${lists},"Metrics":[${items.slice(3)}]}`);
  for (const hollow of [hollowOut(body.slice().buffer), hollowOut(body.slice().buffer)]) {
    for (const item of items) expect(leftOf(hollow, body)).not.toContain(item);
    expect(hollow?.areAllGiven()).toBe(false);
    expect(decode(leftOf(hollow, body), hollow)).toStrictEqual(decode(leftOf(undefined, body)));
    expect(hollow?.areAllGiven()).toBe(true);
  }
});

test('a list is left where it is that has an item to be counted, or stands behind a key of another spelling', () => {
  const [known, other] = [metric('em-1', 'YES'), metric('em-1', 'Perhaps')];
  const lists = [`"Metrics":[${known},${other}]`, `"Met\\u0072ics":[${known}]`, `"Metrics": [${known}]`];
  for (const list of lists) {
    const hollowOut = createHollower();
    const body = pageOf(row(list));
    expect(leftOf(hollowOut(body.slice().buffer), body)).toContain(list);
    // That is no reason to learn no other.
    const clean = pageOf(row(`"Metrics":[${metric('em-2', 'NO')}]`));
    expect(leftOf(hollowOut(clean.slice().buffer), clean)).not.toContain('em-2');
  }
});

test('an item is not learned that is very long', () => {
  const shortest = metric('', 'YES').length + 1;
  for (const [bytes, isTaken] of [
    [itemBytesMax, true],
    [itemBytesMax + 1, false],
  ] as const) {
    const list = `"Metrics":[${metric('x'.repeat(bytes - shortest), 'YES')}]`;
    const body = pageOf(row(list));
    expect(leftOf(createHollower()(body.slice().buffer), body).includes(list)).toBe(!isTaken);
  }
});

test('few items are learned of pages that have nothing in common, and all of a page that comes again and again', () => {
  const hollowOut = createHollower();
  const readNamed = (name: string) => {
    const body = pageNamed(name);
    return metricsLeft(hollowOut(body.slice().buffer), body);
  };
  const left = Array.from({ length: 10 }, (_, index) => readNamed(`new${index}`));
  expect(left[0]).toBe(0);
  expect(left.at(-1)).toBeGreaterThan(350);
  const again = Array.from({ length: 20 }, () => readNamed('same'));
  expect(again.at(-1)).toBe(0);
  expect(again).toStrictEqual(again.toSorted((one, other) => other - one));
});

test('lists that are empty hinder no other from being learned', () => {
  const hollowOut = createHollower();
  const empty = Array.from({ length: 100 }, () => row('"Disposition":[],"Metrics":[]'));
  for (let page = 0; page < 30; page++) hollowOut(pageOf(...empty).buffer);
  const body = pageOf(...empty, row(`"Disposition":[${disposition}]`));
  expect(leftOf(hollowOut(body.slice().buffer), body)).not.toContain(disposition);
});

test('when there is no more room all is forgotten, and learned anew', () => {
  const hollowOut = createHollower();
  const bodies = ['one', 'two', 'three', 'four'].map((name) => pageNamed(name, 900, 600));
  // Each page comes twice, and pays for the next one. All of them together are twice as much as there is room for.
  for (const body of bodies) {
    expect(metricsLeft(hollowOut(body.slice().buffer), body)).toBeLessThan(900);
    for (let times = 0; times < 3; times++) hollowOut(body.slice().buffer);
    expect(metricsLeft(hollowOut(body.slice().buffer), body)).toBe(0);
  }
});

test('of a body that is made to be looked through again and again little is', () => {
  const hollowOut = createHollower();
  const begun = '"Metrics":[{},{';
  // Each list begins an item that has no end, and none but the first items are known.
  const endless = pageOf(`{"conversationId":"c-1",${begun.repeat(400_000)}`);
  const deep = pageOf(`{${'"Metrics":[{},{'.repeat(900)}${'}]'.repeat(900)}}`);
  const tiny = pageOf(row(Array.from({ length: 30_000 }, () => '"Metrics":[{}]').join(',')));
  const parse = vi.spyOn(JSON, 'parse');
  for (const body of [endless, deep, tiny]) {
    parse.mockClear();
    const hollow = hollowOut(body.slice().buffer);
    const parsedLength = parse.mock.calls.reduce((sum, [text]) => sum + text.length, 0);
    expect(parsedLength).toBeLessThanOrEqual(1 << 20);
    expect([...leftOf(hollow, body).matchAll(/\\u001b/g)].length).toBeLessThanOrEqual(10_000);
  }
});
