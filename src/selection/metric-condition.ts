import { auditorResponseOf, isFatalErrorOf, qualificationOf } from '../model/answer.ts';
import type { Qualification } from '../model/conversation.ts';
import type { MetricFilter } from './filter.ts';
import type { Condition } from './mask.ts';

/** Holds where some one metric result fulfils all that is given. What it asks of an answer is decided once for each of the 256 bytes. */
export function onMetrics(filter: MetricFilter): Condition {
  const truths = Uint8Array.from({ length: 256 }, (_, answer) => (isWantedAnswer(answer, filter) ? 1 : 0));
  const metricId = filter.metricId ?? null;
  return ({ columns, answers, answerStarts }, mask) => {
    const { codes, values } = columns.form;
    const placesByForm = values.map((form) =>
      form.flatMap((metric, place) => (metricId === null || metric.metricId === metricId ? [place] : [])),
    );
    for (let index = 0; index < codes.length; index++) {
      if (mask[index] === 0) continue;
      const start = answerStarts[index] ?? 0;
      let truth = 0;
      for (const place of placesByForm[codes[index] ?? 0] ?? []) truth |= truths[answers[start + place] ?? 0] ?? 0;
      mask[index] = truth;
    }
  };
}

/** Whether a qualification says something of the agent: only then can auditor and AI agree or not. */
export function isVerdict(qualification: Qualification | null): boolean {
  return qualification === 'YES' || qualification === 'NO' || qualification === 'NA';
}

function isWantedAnswer(answer: number, filter: MetricFilter): boolean {
  const [qualification, response] = [qualificationOf(answer), auditorResponseOf(answer)];
  const { qualifications, auditorResponses, isFatalError, disagrees } = filter;
  if (!isAmong(qualification, qualifications) || !isAmong(response, auditorResponses)) return false;
  if (isFatalError !== null && isFatalError !== undefined && isFatalErrorOf(answer) !== isFatalError) return false;
  if (disagrees === null || disagrees === undefined) return true;
  return isVerdict(qualification) && isVerdict(response) && (qualification !== response) === disagrees;
}

function isAmong(value: Qualification | null, wanted: readonly Qualification[] | null | undefined): boolean {
  return wanted === null || wanted === undefined || (value !== null && wanted.includes(value));
}
