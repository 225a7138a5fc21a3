import { Failure } from '../errors.ts';
import { createTabulator } from '../model/tabulate.ts';
import type { Page } from '../reading/source.ts';
import { type Answer, readAnswer } from './answer.ts';
import { createWithheldDrift, type DriftCounter } from './drift.ts';
import type { Fault } from './fault.ts';
import { createHollower, type Hollow } from './hollow.ts';
import { noneTaken, type TakenLists } from './items.ts';
import { textOf } from './json-text.ts';
import { decodePage } from './wire.ts';

/** A response as it was received. */
export type Received = Omit<Answer, 'bodyText'> & { readonly bodyBytes: ArrayBuffer };

export type FaultReading = { readonly kind: 'fault'; readonly fault: Fault };

/** What a response says: a page, or what went wrong. */
export type PageReading = { readonly kind: 'page'; readonly page: Page } | FaultReading;

/** Reads a response. The bytes of its body are detached: they can't be read again. */
export type PageReader = (received: Received, nowMs: number) => PageReading;

/**
 * What reads the pages of a source. Lists whose items are known by their bytes are taken out before a body is parsed (`hollow.ts`). Where that isn't certain to make no difference, the body is read as it came.
 */
export function createPageReader(drift: DriftCounter): PageReader {
  const tabulator = createTabulator();
  const hollowOut = createHollower();
  const withheld = createWithheldDrift();

  const read = (answer: Answer, taken: TakenLists, nowMs: number, counter: DriftCounter): PageReading => {
    const reading = readAnswer(answer, nowMs);
    if (reading.kind === 'fault') return reading;
    try {
      const { rows, ...page } = decodePage(reading.body, counter, taken);
      return { kind: 'page', page: { ...page, table: tabulator.tableOf(rows) } };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // A body that is no page after all will be none again: a schema is not violated by accident.
      return { kind: 'fault', fault: { failure: error, retry: 'never' } };
    }
  };
  /** The page that is left of a body, with its lists given back; undefined: the body has to be read as it came. */
  const readHollow = (received: Received, hollow: Hollow, nowMs: number): PageReading | undefined => {
    const { text: bodyText, taken, areAllGiven } = hollow;
    withheld.clear();
    const reading = read({ ...received, bodyText }, taken, nowMs, withheld);
    const isSure = reading.kind === 'page' && areAllGiven() && withheld.giveTo(drift);
    withheld.clear();
    return isSure ? reading : undefined;
  };
  return (received, nowMs) => {
    const { status, bodyBytes } = received;
    // No other answer is a page.
    const hollow = status === 200 ? hollowOut(bodyBytes) : undefined;
    const reading = hollow && readHollow(received, hollow, nowMs);
    const bodyText = reading === undefined ? textOf(bodyBytes) : '';
    bodyBytes.transfer(0);
    return reading ?? read({ ...received, bodyText }, noneTaken, nowMs, drift);
  };
}
