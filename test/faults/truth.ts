import { dayWindow } from '../gateway/asking.ts';
import type { Answer } from '../gateway/harness.ts';
import type { Simulator } from '../simulator/simulator.ts';

/** What is asked in most rows, and what the upstream's data says to it. */
export const day = '2026-03-02';
export const dayMs = 86_400_000;

const coverage = 'coverage { complete daysRead daysExpected conversationsRead conversationsExpected }';

/** All rows of a day by pages, in the upstream's own order; the whole is two calls. */
export const listOf = (date = day) =>
  `{ conversations(${dayWindow(date)}, first: 500) { totalCount nodes { conversationId agents { agentId } } pageInfo { hasNextPage } ${coverage} } }`;

/** Figures over a day, by a scan; the whole is two calls. */
export const scanOf = (date = day, dayCount = 1) =>
  `{ scoreSummary(${dayWindow(date, dayCount)}) { conversationCount scoredCount averageScore ${coverage} } }`;

type Summary = {
  readonly conversationCount: number;
  readonly scoredCount: number;
  readonly averageScore: number | null;
  readonly coverage: { readonly complete: boolean };
};

/** What the upstream's data holds for a day, as a list and as figures. */
export function truthOf(kore: Pick<Simulator, 'list'>, date = day, dayCount = 1) {
  const startMs = Date.parse(`${date}T00:00:00Z`);
  const { rows } = kore.list({ fromMs: startMs, untilMs: startMs + dayCount * dayMs });
  const scores = rows.flatMap(({ score, absent }) => (score === null || absent.has('score') ? [] : [score]));
  const sum = scores.reduce((total, score) => total + score, 0);
  return { rows, ids: rows.map(({ conversationId }) => conversationId), scores, average: sum / scores.length };
}

/** The figures of an answer that has some. */
export function summaryOf({ data }: Answer): Summary {
  const summary: unknown = data?.['scoreSummary'];
  return summary as Summary;
}
