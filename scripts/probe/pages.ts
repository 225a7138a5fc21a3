import { type Finding, learned, untold } from './finding.ts';
import type { Study } from './opening.ts';
import { isRun, isShort, type Pages, placeOf, shareOf } from './paging.ts';
import type { PageReply, Reply } from './reply.ts';
import { isPage } from './talk.ts';

/** What the pages say of limit, seams, offsets, hasMore and totals. */
export function judgePages(study: Study, pages: Pages): readonly Finding[] {
  const { whole } = study;
  const { again, seam, last } = pages;
  const all = [whole, again, seam, last].filter((each) => each !== null).filter(isPage);
  return [
    judgeForms(study, pages),
    ...judgeSize(whole, again),
    ...judgeSeams(whole, pages),
    judgeReach(whole, pages),
    judgeTotals(all, last, repeatsOf(whole, again)),
    judgeMore(isPage(last) && (isFull(last) || isShort(last)) ? all.filter((each) => each !== last) : all),
    judgePageCounts(all),
  ];
}

function judgeSize(whole: PageReply, again: PageReply): readonly Finding[] {
  const due = Math.min(100, whole.total);
  const [first, second] = [whole.rows.length, again.rows.length];
  if (first === 0 && second === 0) {
    return [
      learned('emptyPages', 'always', `${whole.total} rows are counted, and none is listed.`),
      untold('limit', 'No page has rows.'),
      untold('surplus', 'No page has rows.'),
    ];
  }
  const none = learned('emptyPages', 'none');
  if (due > 4 && first === second && (first !== due || second !== again.ask.limit)) {
    const text = `Pages have ${first} rows, whether 100 or ${again.ask.limit} are asked for.`;
    return [none, learned('limit', `pages of ${first}`, text), untold('surplus', 'The limit is not obeyed.')];
  }
  const surplus = first - due;
  if (surplus < 0) {
    const text = `A page of 100 has ${first} rows although ${whole.total} are counted.`;
    return [none, learned('limit', 'short pages', text), learned('surplus', 'none')];
  }
  const isUntold = whole.total <= 100;
  return [
    none,
    learned('limit', 'obeyed'),
    surplus > 0
      ? learned('surplus', `${surplus} rows`, 'A page holds more rows than were asked for.')
      : isUntold
        ? untold('surplus', 'The window has no more rows than fit on a page.')
        : learned('surplus', 'none'),
  ];
}

function judgeSeams(whole: PageReply, pages: Pages): readonly Finding[] {
  const { again, seam, twin } = pages;
  if (whole.rows.length === 0) return [untold('offset', 'No page has rows.'), untold('seams', 'No page has rows.')];
  const met = seam !== null && isPage(seam) ? placeOf(seam.rows, whole.rows.at(-1)) : null;
  const isFirm = twin !== null && isPage(twin) && shareOf(twin.rows, whole.rows) === 1;
  if (isFirm && met === null) {
    const text = `Rows from ${again.ask.offset} on are none of the first page, though that stays the same.`;
    return [learned('offset', 'not rows', text), untold('seams', 'Offsets do not count rows.')];
  }
  if (!isFirm && !isCutOf(whole, again)) {
    return [untold('offset', 'The order of rows is not firm.'), untold('seams', 'The order of rows is not firm.')];
  }
  const repeated = isFirm ? (met ?? 0) : repeatsOf(whole, again);
  if (repeated > 0) {
    const text = 'Pages behind the first begin with rows that stand before them.';
    return [learned('offset', 'rows'), learned('seams', `repeat ${repeated} rows`, text)];
  }
  if (seam === null) return [learned('offset', 'rows'), untold('seams', 'All rows stand on one page.')];
  return [
    learned('offset', 'rows'),
    met !== null && met <= movedBetween(whole, seam)
      ? learned('seams', 'fit', 'The last row of one page is the first of a page that begins there.')
      : learned('seams', 'do not fit', 'The last row of a page is not the first of the page that begins there.'),
  ];
}

/** Whether a page is a stretch of the first one. */
function isCutOf(whole: PageReply, again: PageReply): boolean {
  const place = placeOf(whole.rows, again.rows[0]);
  return place !== null && isRun(whole.rows, again.rows, place);
}

/** How many rows before its offset a page begins with; 0 where that can't be seen. Rows that came meanwhile move all others, and are no repeats. */
function repeatsOf(whole: PageReply, again: PageReply): number {
  const place = placeOf(whole.rows, again.rows[0]);
  return place !== null && isCutOf(whole, again)
    ? Math.max(0, again.ask.offset - place - movedBetween(whole, again))
    : 0;
}

/** How far rows that came between two calls can have moved all others, where the newest stand first. */
function movedBetween(earlier: PageReply, later: Reply): number {
  return isPage(later) ? Math.max(0, later.total - earlier.total) : 0;
}

/** Which forms of dates are taken, and whether they mean the same: by rows of the first page, or by the count where its order isn't firm. */
function judgeForms({ whole, talk }: Study, { inIso, seam, twin }: Pages): Finding {
  if (talk.usual().form === 'iso') return learned('dateForms', 'ISO', 'Dates with a blank are refused.');
  if (!isPage(inIso)) return learned('dateForms', 'blank', 'Dates in ISO form are refused.');
  const isFirm = twin !== null && isPage(twin) && shareOf(twin.rows, whole.rows) === 1;
  const isMet = seam !== null && isPage(seam) && placeOf(seam.rows, whole.rows.at(-1)) !== null;
  const isOther = isFirm ? isMet : shareOf(inIso.rows, whole.rows) === 0 && Math.abs(inIso.total - whole.total) > 20;
  if (!isOther) return learned('dateForms', 'blank and ISO', 'Both forms list the same window.');
  return learned('dateForms', 'blank and ISO, read differently', 'The same instants in ISO form list other rows.');
}

function judgeReach(whole: PageReply, { last, steps, seam, again }: Pages): Finding {
  if (whole.rows.length === 0) return untold('offsetReach', 'No page has rows.');
  if (whole.total < 102) return untold('offsetReach', 'The window has too few rows to go beyond offset 100.');
  if (isPage(last) && last.rows.length > 0) {
    const { offset } = last.ask;
    if (!isFull(last)) return learned('offsetReach', 'the last row', `Offset ${offset} gives the last row.`);
    const place = placeInBoth(whole, seam, last);
    const from = place === null ? 'an earlier row' : `row ${place}`;
    return learned('offsetReach', `clamped to ${from}`, `Offset ${offset} gives a full page instead of the last row.`);
  }
  const how = isPage(last) ? 'empty' : 'error';
  const reached = [seam, again, ...steps].flatMap((each) => (each === null || isShort(each) ? [] : each.ask.offset));
  const until = Math.min(...[last, ...steps].filter(isShort).map(({ ask }) => ask.offset));
  const text = `Offset ${Math.max(0, ...reached)} gives rows, offset ${until} does not.`;
  return learned('offsetReach', `${how} at ${until}`, text);
}

/** Whether a page that should hold the last row alone is a full one; a few rows too many are what a total missed. */
function isFull(last: PageReply): boolean {
  return last.rows.length >= 100;
}

/** Where the first row of a page stands in the first two pages; null if it doesn't. */
function placeInBoth(whole: PageReply, seam: Reply | null, { rows: [first] }: PageReply): number | null {
  const inSeam = seam !== null && isPage(seam) ? placeOf(seam.rows, first) : null;
  return placeOf(whole.rows, first) ?? (inSeam === null || seam === null ? null : seam.ask.offset + inSeam);
}

function judgeTotals(all: readonly PageReply[], last: Reply, repeats: number): Finding {
  const counted = all.map(({ total }) => total);
  const [least, most] = [Math.min(...counted), Math.max(...counted)];
  const isGrowth = counted.every((total, index) => index === 0 || (counted[index - 1] ?? 0) <= total);
  if (least < most && isGrowth) {
    return learned('totals', `grew by ${most - least}`, 'Rows may have come meanwhile.');
  }
  if (least < most) {
    const text = `The same list is counted as ${least} and as ${most} rows, a moment apart.`;
    return learned('totals', `differ by ${most - least}`, text);
  }
  if (!isPage(last) || last.rows.length === 0 || isFull(last)) return learned('totals', 'steady');
  const behind = last.rows.length - 1 - repeats;
  const text = `${behind} rows stand behind the last one that is counted.`;
  return behind <= 0 ? learned('totals', 'steady') : learned('totals', `too few by ${behind}`, text);
}

function judgeMore(all: readonly PageReply[]): Finding {
  const told = all.filter(({ hasMore }) => hasMore !== undefined);
  if (told.length === 0) return learned('hasMore', 'absent');
  const due = told.map(({ ask, rows, total }) => ask.offset + rows.length < total);
  const said = told.map(({ hasMore }) => hasMore === true);
  if (due.every((more, index) => more === said[index])) {
    return due.includes(true) && due.includes(false)
      ? learned('hasMore', 'honest')
      : untold('hasMore', 'True to the rows so far; the window is too small, or its end out of reach.');
  }
  if (said.every((more) => more)) return learned('hasMore', 'endless', 'True on the last page too.');
  if (said.every((more) => !more)) return learned('hasMore', 'never', 'False although rows follow.');
  return learned('hasMore', 'odd', 'It does not follow from offset, rows and total.');
}

function judgePageCounts(all: readonly PageReply[]): Finding {
  const told = all.filter(({ pageCount, total }) => pageCount !== undefined && total > 0);
  if (told.length === 0) return learned('totalPages', 'absent');
  const isPlain = told.every(({ pageCount, total, ask }) => pageCount === Math.ceil(total / ask.limit));
  if (isPlain) return learned('totalPages', 'total / limit, rounded up');
  return learned('totalPages', 'odd', 'It is not totalResults / limit, rounded up.');
}
