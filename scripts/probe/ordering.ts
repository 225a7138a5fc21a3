import type { Row } from '../../src/model/conversation.ts';
import { type Finding, learned, untold } from './finding.ts';
import type { Study } from './opening.ts';
import { isRun, type Pages, shareOf } from './paging.ts';
import type { PageReply } from './reply.ts';
import { isPage } from './talk.ts';

/** The later half of the window: which end of time a list begins with. */
export async function askLaterHalf({ talk, whole }: Study): Promise<PageReply | null> {
  const { fromMs, untilMs } = whole.ask;
  const middleMs = Math.floor((fromMs + untilMs) / 2 / 1000) * 1000;
  const reply = await talk.ask({ fromMs: middleMs });
  return isPage(reply) ? reply : null;
}

/** The order of rows: two readings of the same rows side by side, and where the later half of the window stands. */
export function judgeOrder({ whole }: Study, { again, twin }: Pages, later: PageReply | null): readonly Finding[] {
  if (whole.rows.length < 4 || again.rows.length < 2) {
    const why = 'Too few rows came to be put side by side.';
    return [untold('order', why), untold('orderExtent', why)];
  }
  const readings = twin !== null && isPage(twin) && twin.rows.length > 0 ? twin : again;
  const moved = movesOf(whole, readings);
  if (moved.isFirm) {
    const order = directionOf(whole, later);
    return [
      order ?? untold('order', 'Firm, but all rows lie in one half of the window.'),
      learned('orderExtent', 'none'),
    ];
  }
  const isAnyOrder = moved.share < 0.5 || moved.mean > whole.total / 6;
  if (isAnyOrder) {
    const text = 'The same question, asked again, lists the rows in another order.';
    return [learned('order', 'no firm order', text), learned('orderExtent', 'the whole window')];
  }
  const order = directionOf(whole, later);
  const { fromMs, untilMs } = whole.ask;
  const reachSeconds = Math.round(((moved.most + 1) * (untilMs - fromMs)) / 1000 / Math.max(1, whole.total));
  return [
    learned(
      'order',
      `${order?.answer ?? 'some order'}, ties change places`,
      'The same question, asked again, lists rows that are close to each other in another order.',
    ),
    learned(
      'orderExtent',
      `${moved.most} places`,
      `Rows were found ${moved.most} places away at most, which is about ${reachSeconds} s of this window.`,
    ),
  ];
}

type Moves = {
  readonly isFirm: boolean;
  /** Which share of the second reading stands in the first one. */
  readonly share: number;
  /** By how many places rows moved. */
  readonly mean: number;
  readonly most: number;
};

function movesOf(whole: PageReply, other: PageReply): Moves {
  const places = new Map(whole.rows.map(({ identity }, index) => [identity, index]));
  const known = other.rows.flatMap(({ identity }, index) => {
    const place = places.get(identity);
    return place === undefined ? [] : [place - other.ask.offset - index];
  });
  const share = shareOf(other.rows, whole.rows);
  const [first = 0] = known;
  // All moved alike: pages that repeat rows, not an order that changes.
  const isFirm = share > 0 && isRun(whole.rows, other.rows, other.ask.offset + first);
  const sizes = known.map(Math.abs);
  const mean = sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length);
  return { isFirm, share, mean, most: Math.max(0, ...sizes) };
}

function directionOf(whole: PageReply, later: PageReply | null): Finding | null {
  if (later === null || later.rows.length === 0 || later.total >= whole.total) return null;
  const share = shareOf(whole.rows, later.rows);
  if (whole.total > 2 * whole.rows.length) {
    return share > 0.5 ? learned('order', 'descending') : learned('order', 'ascending');
  }
  const places = new Map<Row['identity'], number>(whole.rows.map(({ identity }, index) => [identity, index]));
  const found = later.rows.flatMap(({ identity }) => places.get(identity) ?? []);
  if (found.length === 0) return learned('order', 'ascending');
  const mean = found.reduce((sum, place) => sum + place, 0) / found.length;
  return learned('order', mean < (whole.rows.length - 1) / 2 ? 'descending' : 'ascending');
}
