import { auditorResponseOf, isFatalErrorOf, qualificationOf } from './answer.ts';
import type { MetricResult } from './conversation.ts';
import type { FormMetric } from './table.ts';

/** What a metric of a form said, made once for all rows in which it said the same: a page has a thousand, and few differ. */
export type Results = {
  /** The metrics of a row by its form and its answers, which begin at `start`. */
  of(form: readonly FormMetric[], answers: Uint8Array, start: number): readonly MetricResult[];
};

/** One of the answers of a metric of a form: there are few, so they are looked through one by one. */
type Said = { readonly answer: number; readonly result: MetricResult; readonly next: Said | null };

/** Remembers about so many results, before all of them are forgotten: what forms outlive is no part of any other bound. */
export function createResults(countMax: number): Results {
  let known = new WeakMap<readonly FormMetric[], (Said | null)[]>();
  let count = 0;
  const knownOf = (form: readonly FormMetric[]): (Said | null)[] => {
    const found = known.get(form);
    if (found !== undefined) return found;
    if (countMax < count) [known, count] = [new WeakMap(), 0];
    const none = new Array<Said | null>(form.length).fill(null);
    known.set(form, none);
    return none;
  };
  return {
    of(form, answers, start) {
      const saids = knownOf(form);
      const metrics = new Array<MetricResult>(form.length);
      for (let at = 0; at < form.length; at++) {
        const answer = answers[start + at] ?? 0;
        const first = saids[at] ?? null;
        let said = first;
        while (said !== null && said.answer !== answer) said = said.next;
        if (said === null) {
          said = { answer, result: resultOf(form[at] as FormMetric, answer), next: first };
          saids[at] = said;
          count += 1;
        }
        metrics[at] = said.result;
      }
      return metrics;
    },
  };
}

function resultOf({ metricId, metricName, weight, negativeWeight }: FormMetric, answer: number): MetricResult {
  return {
    metricId,
    metricName,
    weight,
    negativeWeight,
    qualification: qualificationOf(answer),
    isFatalError: isFatalErrorOf(answer),
    auditorResponse: auditorResponseOf(answer),
  };
}
