import { hash, share } from './hash.ts';
import type { Qualification } from './score.ts';
import type { Form, FormMetric } from './tenant.ts';

/** One metric of a row, as the wire will spell it. `qualification` null: the key is absent (contract 2.4). */
export type SimulatedMetric = {
  readonly id: string;
  readonly name: string;
  readonly weight: number;
  readonly negativeWeight: number;
  readonly qualification: Qualification | null;
  readonly isFatalError: boolean;
  readonly auditorResponse: string | null;
};

/** How a row's metrics were answered: drawn for each, all NA, or not at all (too short, or of unknown length). */
export type Answering = 'drawn' | 'all-na' | 'unqualified';

/** The answers of one row. Drawn from the row's serial alone, so an audit changes responses and manual answers, nothing else. */
export function answerMetrics(options: {
  readonly seed: number;
  readonly serial: number;
  readonly form: Form;
  readonly skill: number;
  readonly answering: Answering;
  readonly isAudited: boolean;
  readonly quirks: boolean;
}): readonly SimulatedMetric[] {
  const { seed, serial, form, answering, isAudited } = options;
  return formMetrics(options).map((metric, place) => {
    const { id, name, weight, negativeWeight } = metric;
    if (answering === 'unqualified') {
      return { id, name, weight, negativeWeight, qualification: null, isFatalError: false, auditorResponse: null };
    }
    const qualification = qualify(options, metric, place);
    const isFatalError = metric.isFatal && qualification === 'NO' && form.metrics.length > 0;
    const auditorResponse = isAudited ? respond(qualification, share(seed, serial, 604, place)) : null;
    return { id, name, weight, negativeWeight, qualification, isFatalError, auditorResponse };
  });
}

// A few rows name one metric twice (contract 2.6.9).
function formMetrics({ seed, serial, form, quirks }: Parameters<typeof answerMetrics>[0]): readonly FormMetric[] {
  const twice = form.metrics[0];
  return quirks && twice !== undefined && hash(seed, serial, 601) % 250 === 0 ? [...form.metrics, twice] : form.metrics;
}

function qualify(options: Parameters<typeof answerMetrics>[0], metric: FormMetric, place: number): Qualification {
  const { seed, serial, skill, answering, isAudited } = options;
  const drawn = share(seed, serial, 602, place);
  if (metric.isManual) return isAudited ? (drawn < 0.8 ? 'YES' : 'NO') : '-';
  if (answering === 'all-na') return 'NA';
  if (share(seed, serial, 603, place) > metric.applicability) return 'NA';
  if (metric.isFatal) return drawn < 0.985 ? 'YES' : 'NO';
  return drawn < skill - metric.difficulty ? 'YES' : 'NO';
}

function respond(qualification: Qualification, drawn: number): string {
  if (qualification === 'NA' || qualification === '-') return 'N/A';
  const agrees = drawn > 0.07;
  return (qualification === 'YES') === agrees ? 'Yes' : 'No';
}
