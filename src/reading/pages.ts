import type { Calendar } from '../model/calendar.ts';
import type { Clock, HeldPage, Store, Patience } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import { countFailure, filterFailure } from './check.ts';
import { createFlights } from './flights.ts';
import { type FreshnessSettings, freshnessMs } from './freshness.ts';
import { offsetOfPage, pageSize } from './geometry.ts';
import type { Page, PageRequest, PageSource } from './source.ts';

/** A page wanted: of what list, and newer than which reading (0 takes what is fresh). */
export type PageWant = { readonly question: ListQuestion; readonly index: number; readonly newerThan: number };

/** How a page came: from the store, by a call that somebody else had made, or by a call of one's own. */
export type Arrival = { readonly page: HeldPage; readonly kind: 'held' | 'merged' | 'called' };

export type Pages = {
  /** The pages that are held, fresh and new enough, in the order of the wants: no call is made. */
  held(wants: readonly PageWant[], signal: AbortSignal): Promise<readonly (HeldPage | undefined)[]>;
  /** Reads a page from the upstream, once for all who want it at the same time. `onCall` is told when it costs a call of its own. */
  read(want: PageWant, patience: Patience, onCall: () => void): Promise<Arrival>;
  /** The number of the newest reading begun so far. */
  sequence(): number;
};

export type PagesParts = {
  readonly source: PageSource;
  readonly store: Store;
  readonly clock: Clock;
  readonly calendar: Calendar;
  /** Account, org, stream and client id: in every key of what is held. */
  readonly scope: string;
  readonly freshness: FreshnessSettings;
  /** Told of each page that a call has brought. */
  readonly onPage: (page: HeldPage, question: ListQuestion) => void;
};

/** The pages of one scope: held as long as they are fresh, read once for all who want them. */
export function createPages({ source, store, clock, calendar, scope, freshness, onPage }: PagesParts): Pages {
  const flights = createFlights<HeldPage>();
  const keyOf = ({ question, index }: PageWant) => `${scope}|${keyOfQuestion(question)}|${index}`;

  const isFresh = (page: HeldPage, { window }: ListQuestion): boolean => {
    const ageMs = clock.now() - page.readAt;
    return 0 <= ageMs && ageMs < freshnessMs(window, page.readAt, calendar, freshness);
  };

  return {
    sequence: flights.sequence,
    async held(wants, signal) {
      const pages = await store.readPages(wants.map(keyOf), signal);
      return wants.map(({ question, newerThan }, at) => {
        const page = pages[at];
        return page !== undefined && newerThan < page.sequence && isFresh(page, question) ? page : undefined;
      });
    },
    async read(want, patience, onCall) {
      const key = keyOf(want);
      const { isShared, result } = flights.join(key, want.newerThan, patience, async (sequence, flightPatience) => {
        const request = { question: want.question, offset: offsetOfPage(want.index), limit: pageSize };
        const readAt = clock.now();
        onCall();
        const { rows, total } = await readSound(source, request, flightPatience, onCall);
        const page = { index: want.index, rows, total, readAt, sequence };
        store.writePage(key, page);
        onPage(page, want.question);
        return page;
      });
      return { page: await result, kind: isShared ? 'merged' : 'called' };
    },
  };
}

/** Every distinct list has its own key: the window as it was asked, and the pushed filters. */
export function keyOfQuestion({ window, contactDirection, includeBelowThreshold }: ListQuestion): string {
  return `${window.from}-${window.until}|${contactDirection ?? 'BOTH'}|${includeBelowThreshold ? 'ALL' : 'EVALUABLE'}`;
}

/** Reads a page whose count is sound, asking once more if the first isn't. */
async function readSound(
  source: PageSource,
  request: PageRequest,
  patience: Patience,
  onCall: () => void,
): Promise<Page> {
  const first = await source.readPage(request, patience);
  if (countFailure(request, first) === null) return checkedFilter(request, first);
  onCall();
  const second = await source.readPage(request, patience);
  const failure = countFailure(request, second);
  if (failure !== null) throw failure;
  return checkedFilter(request, second);
}

function checkedFilter(request: PageRequest, page: Page): Page {
  const failure = filterFailure(request, page);
  if (failure !== null) throw failure;
  return page;
}
