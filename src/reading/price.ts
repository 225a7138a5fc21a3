import type { ListQuestion } from '../model/range.ts';
import { keyOfQuestion } from './pages.ts';
import type { ListsPlan, PagePlan } from './plan-lists.ts';
import type { SpanPlan } from './plan-spans.ts';

/** What one field takes beside the plain lists. */
export type FieldPlan = {
  /** Spans that it may read. */
  readonly spans: readonly SpanPlan[];
  /** Of these, those that it reads whatever is found in others. */
  readonly owed: readonly SpanPlan[];
  /** Whether what other fields read can spare it its calls: so it is with looking for a conversation. */
  readonly isSpared: boolean;
};

/** How many calls an operation takes, as long as what it reads stays as it is, and each of its calls is answered at once. */
export type Price = {
  /** Each page once: what is held costs nothing. */
  readonly pages: readonly PagePlan[];
  readonly least: number;
  /** Null: it isn't known. */
  readonly most: number | null;
  /** Spans of which it isn't known how many calls they take. */
  readonly unknownSpanCount: number;
};

/**
 * Adds up what lists and fields take. Least: pages that are called for certain, each once, for whoever has called one has called it for all. Most: what lists and
 * scans may call, each for itself, for one may ask before the other has its answer.
 */
export function priceOf(lists: ListsPlan, fields: readonly FieldPlan[]): Price {
  const spans = new Map(fields.flatMap((field) => field.spans.map((span) => [keyOfQuestion(span.question), span])));
  const scanned = [...spans.values()].flatMap(({ pages }) => pages);
  const unknownSpanCount = [...spans.values()].filter(({ isSizeKnown }) => !isSizeKnown).length;
  const least = leastOf(lists, fields);
  const callCount = [...lists.pages, ...scanned].filter(({ isHeld }) => !isHeld).length;
  const isKnown = lists.isBounded && unknownSpanCount === 0;
  return { pages: distinct([...lists.pages, ...scanned]), least, most: isKnown ? callCount : null, unknownSpanCount };
}

function leastOf(lists: ListsPlan, fields: readonly FieldPlan[]): number {
  const owedOf = (those: readonly FieldPlan[]): readonly PagePlan[] =>
    those.flatMap(({ owed }) => owed.flatMap(({ pages }) => pages)).filter(({ isOwed }) => isOwed);
  const sparable = fields.filter(({ isSpared }) => isSpared).map((field) => distinct(owedOf([field])).length);
  const firm = distinct([
    ...lists.pages.filter(({ isOwed }) => isOwed),
    ...owedOf(fields.filter(({ isSpared }) => !isSpared)),
  ]).length;
  const isAlone = lists.pages.length === 0 && fields.length === 1;
  if (isAlone) return Math.max(firm, ...sparable);
  // Whatever spares one its calls is a call itself.
  return Math.max(firm, ...sparable.map((count) => Math.min(1, count)));
}

/** Each page once; of those that lie where nobody knows, all. */
function distinct(pages: readonly PagePlan[]): readonly PagePlan[] {
  const known = new Map<string, PagePlan>();
  for (const page of pages) {
    const key = page.index === null ? `${known.size} at the end` : keyOfPage(page.question, page.index);
    const other = known.get(key);
    known.set(key, other === undefined || other.isHeld ? page : other);
  }
  return [...known.values()];
}

function keyOfPage(question: ListQuestion, index: number): string {
  return `${keyOfQuestion(question)}|${index}`;
}
