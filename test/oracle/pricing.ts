import { stepOf } from './asking.ts';
import type { Question, Walk } from './questions.ts';
import { type Document, keyOf, printDocument, type Selection } from './selection.ts';

/** The part of a plan that a law speaks of. */
export type Price = { readonly least: number; readonly most: number | null; readonly unknownSlices: number };

type Body = {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly extensions?: { readonly upstream?: { readonly plan?: Price } };
};

/** A gateway, and how often its upstream was called. */
export type Shop = { readonly url: string; callCount(): number };

/** How many documents were asked, and of how many the greatest price was known. */
export type PriceTally = { askedCount: number; knownCount: number; freeCount: number; callCount: number };

/** Asks a question in all its steps, each with its plan before and after; null where every plan holds. */
export async function haggle(shop: Shop, question: Question, tally: PriceTally): Promise<string | null> {
  if (question.shape === 'operation') return (await buy(shop, printDocument(question.roots), tally)).fault;
  return question.shape === 'walk' ? await haggleWalk(shop, question, tally) : null;
}

const stepsMax = 4;

async function haggleWalk(shop: Shop, walk: Walk, tally: PriceTally): Promise<string | null> {
  let cursor: string | null = null;
  for (let step = 0; step < stepsMax; step++) {
    const place = walk.isForward ? { first: walk.size, after: cursor } : { last: walk.size, before: cursor };
    const { fault, data } = await buy(shop, printDocument([stepOf(walk, place)]), tally);
    if (fault !== null) return fault;
    const { endCursor, startCursor } = pageInfoIn(data, walk.parent, walk.name);
    cursor = walk.isForward ? endCursor : startCursor;
    if (cursor === null) return null;
  }
  return null;
}

type Ends = { readonly endCursor: string | null; readonly startCursor: string | null };

function pageInfoIn(data: Body['data'], parent: Selection | null, name: string): Ends {
  const list = Object((parent === null ? data : Object(data?.[keyOf(parent)]))?.[name]);
  return { endCursor: null, startCursor: null, ...Object(list.pageInfo) };
}

/** Plans, asks, plans again and asks again. */
async function buy(shop: Shop, document: Document, tally: PriceTally) {
  const before = await planned(shop, document);
  const start = shop.callCount();
  const { data } = await post(shop.url, document, {});
  const paid = shop.callCount() - start;
  const after = await planned(shop, document);
  await post(shop.url, document, {});
  const again = shop.callCount() - start - paid;
  tally.askedCount += 1;
  tally.callCount += paid;
  if (before.price.most !== null) tally.knownCount += 1;
  if (before.price.most === 0) tally.freeCount += 1;
  const wrongs = [
    ...(before.calls + after.calls === 0 ? [] : ['a plan costs a call']),
    ...(before.price.least <= paid ? [] : ['less than the least']),
    ...(paid <= (before.price.most ?? paid) ? [] : ['more than the most']),
    ...(after.price.least === 0 ? [] : ['not all that was read is held']),
    ...(before.price.most === null || after.price.most === 0 ? [] : ['what is held has a price']),
    ...(again <= (after.price.most ?? again) ? [] : ['what was held is paid again']),
  ];
  const figures = JSON.stringify({ before: before.price, paid, after: after.price, again });
  const fault = wrongs.length === 0 ? null : `${wrongs.join(', ')}: ${figures}\n  ${JSON.stringify(document)}`;
  return { fault, data };
}

async function planned(shop: Shop, document: Document): Promise<{ readonly price: Price; readonly calls: number }> {
  const start = shop.callCount();
  const { data, extensions } = await post(shop.url, document, { 'x-upstream-plan': '1' });
  const price = extensions?.upstream?.plan;
  if (data !== null || price === undefined) throw new Error(`no plan of ${JSON.stringify(document)}`);
  return { price, calls: shop.callCount() - start };
}

async function post(url: string, document: Document, headers: Readonly<Record<string, string>>): Promise<Body> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(document),
  });
  return (await response.json()) as Body;
}
