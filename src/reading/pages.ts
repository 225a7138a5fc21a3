import { Failure } from '../errors.ts';
import type { Calendar } from '../model/calendar.ts';
import type { Clock, HeldPage, Patience, Store } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import type { Leases } from '../model/sharing.ts';
import { createBreaker } from './breaker.ts';
import { countFailure, filterFailure } from './check.ts';
import { createFlights } from './flights.ts';
import { ageMsOf, type FreshnessSettings, freshnessMs } from './freshness.ts';
import { offsetOfPage, pageSize } from './geometry.ts';
import { once } from './once.ts';
import type { PageSource } from './source.ts';

/** A page wanted: of what list, and newer than which reading (0 takes what is fresh). */
export type PageWant = { readonly question: ListQuestion; readonly index: number; readonly newerThan: number };

/** How a page came: from the store, by a call that somebody else had made, or by a call of one's own. */
export type Arrival<P extends HeldPage = HeldPage> = { readonly page: P; readonly kind: 'held' | 'merged' | 'called' };

/** A response as it came, and why no plain list can be built on it; null if one can. */
export type RawPage = HeldPage & { readonly failure: Failure | null };

/** On whose account pages are read. */
export type CallObserver = {
  /** A page is asked for. */
  onCall(): void;
  /** An attempt is sent for it, after so many milliseconds of waiting. */
  onSend(waitedMs: number): void;
};

export type Pages = {
  /** Until when a page is served without asking again, in milliseconds since 1970. */
  freshUntilMs(page: Pick<HeldPage, 'readAt'>, question: ListQuestion): number;
  /**
   * The pages that are held, fresh and new enough, in the order of the wants: no call is made. Who would call at once for what isn't held is
   * patient (`isPatient`): a slow store is waited for.
   */
  held(
    wants: readonly PageWant[],
    signal: AbortSignal,
    isPatient?: boolean,
  ): Promise<readonly (HeldPage | undefined)[]>;
  /**
   * Reads a page from the upstream, once for all who want it at the same time. One that contradicts itself is asked for once more, then
   * refused as UPSTREAM_INCONSISTENT. The observer is told of what it costs.
   */
  read(want: PageWant, patience: Patience, observer: CallObserver): Promise<Arrival>;
  /** The same, whatever the response says: for readers that prove what they read by other means. */
  readRaw(want: PageWant, patience: Patience, observer: CallObserver): Promise<Arrival<RawPage>>;
  /** Whether a list is of the future, and answered without a call. */
  isAhead(question: ListQuestion): boolean;
  /** Every reading that begins after this has a greater number, and none that began before. */
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
  /** Readings are numbered from here: beyond every number that a store may hold from an earlier run. */
  readonly sequenceStart: number;
  /** Where replicas share a store, the least number for a reading that begins now: the same for all of them, as near as their clocks are. */
  readonly sequenceFloor?: () => number;
  /** Of replicas, who reads what; null: there are no others. */
  readonly leases: Leases | null;
  /** Told once of each sound page that a call has brought for a plain list; what scans read is learned from as a whole. */
  readonly onPage: (page: HeldPage, question: ListQuestion) => void;
};

/** The pages of one scope: held as long as they are fresh, read once for all who want them. */
export function createPages({ source, store, clock, calendar, scope, freshness, ...parts }: PagesParts): Pages {
  const flights = createFlights<Brought>(parts.sequenceStart, parts.sequenceFloor);
  const told = new WeakSet<RawPage>();
  const keyOf = ({ question, index }: PageWant) => `${scope}|${keyOfQuestion(question)}|${index}`;

  const isFresh = (page: HeldPage, { window }: ListQuestion): boolean => {
    const ageMs = ageMsOf(page.readAt, clock.now());
    return 0 <= ageMs && ageMs < freshnessMs(window, page.readAt, calendar, freshness);
  };

  const held = createHeld(store, keyOf, isFresh);
  const bring = createBringer({ source, store, clock, leases: parts.leases, held, onNumber: flights.see });
  const readRaw: Pages['readRaw'] = async (want, patience, observer) => {
    const key = keyOf(want);
    // Whatever clock it comes from, a reading that begins now has a greater number.
    flights.see(want.newerThan);
    const { isShared, result } = flights.join(key, want.newerThan, patience, (number, flightPatience) =>
      bring({ want, key, number, patience: flightPatience, observer }),
    );
    // It may wait for its turn as what nobody waited for.
    if (isShared) source.look();
    const { page, isCalled } = await result;
    // What another replica had read may be good enough for who began to look, and not for who joined him.
    if (page.sequence <= want.newerThan) return await readRaw(want, patience, observer);
    return { page, kind: isShared || !isCalled ? 'merged' : 'called' };
  };

  return {
    freshUntilMs: ({ readAt }, { window }) => readAt + freshnessMs(window, readAt, calendar, freshness),
    sequence: flights.sequence,
    isAhead: ({ window }) => source.isAhead(window),
    held,
    async read(want, patience, observer) {
      let arrival = await readRaw(want, patience, observer);
      if (arrival.page.failure?.reason === 'ROW_COUNT') {
        arrival = await readRaw({ ...want, newerThan: arrival.page.sequence }, patience, observer);
      }
      const { page } = arrival;
      if (page.failure !== null) throw page.failure;
      if (!told.has(page)) parts.onPage(page, want.question);
      told.add(page);
      return arrival;
    },
    readRaw,
  };
}

/** What a flight brings: by a call of its own, or as another replica has just read it. */
type Brought = { readonly page: RawPage; readonly isCalled: boolean };

type Errand = {
  readonly want: PageWant;
  readonly key: string;
  readonly number: number;
  readonly patience: Patience;
  readonly observer: CallObserver;
};

type BringerParts = Pick<PagesParts, 'source' | 'store' | 'clock' | 'leases'> & {
  readonly held: Pages['held'];
  /** Told of the number of each reading that begins. */
  readonly onNumber: (number: number) => void;
};

/** Reads a page and keeps it if it is sound; of replicas one does, and the others wait for that. */
function createBringer({ source, store, clock, leases, held, onNumber }: BringerParts) {
  const breaker = createBreaker(clock);
  const call = async ({ want, key, patience, observer }: Errand, sequence: number): Promise<Brought> => {
    onNumber(sequence);
    const request = { question: want.question, offset: offsetOfPage(want.index), limit: pageSize };
    const { response, readAt } = await breaker.guard(want.index === 0, async () => {
      const begunAt = clock.now();
      observer.onCall();
      return { response: await source.readPage(request, patience, observer.onSend), readAt: begunAt };
    });
    const page = { index: want.index, table: response.table, total: response.total, readAt, sequence };
    const failure = countFailure(request, response) ?? filterFailure(request, response);
    if (failure === null) store.writePage(key, page);
    return { page: { ...page, failure }, isCalled: true };
  };
  return async (errand: Errand): Promise<Brought> => {
    const { want, key, number, patience } = errand;
    if (leases === null) return await call(errand, number);
    const shared = {
      key: `page|${key}`,
      atLeast: number,
      signal: patience.signal,
      async look(): Promise<Brought | undefined> {
        const [page] = await held([want], patience.signal, true);
        return page === undefined ? undefined : { page: { ...page, failure: null }, isCalled: false };
      },
      onWait: leaveInTime(source, clock, patience),
      goOn: () => call(errand, number),
      work: (sequence: number) => call(errand, sequence),
    };
    return await once(shared, { leases, clock });
  };
}

/** Another replica's reading is waited for this long at least: it may be nearly there. */
export const graceMs = 2_000;

/** Why who waits for a slot waits in vain, as far as is known: none can be had in time. Null: one can, or nobody is in a hurry. */
function lateRefusal(source: PageSource, clock: Clock, patience: Patience): Failure | null {
  if (patience.isBackground?.() === true) return null;
  const nextAt = source.nextCallAt(patience.isScan?.() === true ? 'scan' : 'direct');
  if (nextAt <= (patience.slotBefore?.() ?? patience.deadlineAt())) return null;
  return new Failure('UPSTREAM_BUDGET_EXHAUSTED', 'No upstream call can be had in time', {
    reason: 'QUOTA',
    retryAfterSeconds: Math.max(1, Math.ceil((nextAt - clock.elapsed()) / 1000)),
  });
}

/** Who waits for another replica's reading gives up as he would for a slot of his own: when none can be had in time, for then the other has none either. */
function leaveInTime(source: PageSource, clock: Clock, patience: Patience): (waitedMs: number) => false {
  return (waitedMs) => {
    const refusal = waitedMs < graceMs ? null : lateRefusal(source, clock, patience);
    if (refusal !== null) throw refusal;
    return false;
  };
}

const aheadMsMax = 5_000;

/** What is near first; for the rest all that is held. */
function createHeld(
  store: Store,
  keyOf: (want: PageWant) => string,
  isFresh: (page: HeldPage, question: ListQuestion) => boolean,
): Pages['held'] {
  // Numbers of replicas are those of their clocks, in microseconds, and no further apart than those may be.
  const isNewer = (page: HeldPage, newerThan: number) =>
    newerThan < page.sequence && newerThan / 1000 - aheadMsMax <= page.readAt;
  const good = (page: HeldPage | undefined, { question, newerThan }: PageWant) =>
    page !== undefined && isNewer(page, newerThan) && isFresh(page, question) ? page : undefined;
  return async (wants, signal, isPatient = false) => {
    const near = await store.near.readPages(wants.map(keyOf), signal);
    const found = wants.map((want, at) => good(near[at], want));
    const missing = [...found.keys()].filter((at) => found[at] === undefined);
    if (missing.length === 0) return found;
    const places = new Map(missing.map((at, index) => [at, index]));
    const missed = wants.filter((_, at) => places.has(at));
    const far = await (isPatient ? store.patient : store).readPages(missed.map(keyOf), signal);
    return wants.map((want, at) => found[at] ?? good(far[places.get(at) ?? -1], want));
  };
}

/** Every distinct list has its own key: the window as it was asked, and the pushed filters. */
export function keyOfQuestion(question: ListQuestion): string {
  return `${question.window.from}-${question.window.until}|${keyOfFilters(question)}`;
}

/** The pushed filters alone. */
export function keyOfFilters({ contactDirection, includeBelowThreshold }: Omit<ListQuestion, 'window'>): string {
  return `${contactDirection ?? 'BOTH'}|${includeBelowThreshold ? 'ALL' : 'EVALUABLE'}`;
}
