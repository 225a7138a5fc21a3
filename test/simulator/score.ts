import type { Form } from './tenant.ts';

export type Qualification = 'YES' | 'NO' | 'NA' | '-';

/** What the arithmetic needs of one answered metric. */
export type Answered = {
  readonly weight: number;
  readonly negativeWeight: number;
  /** Null: not evaluated, so not counted. */
  readonly qualification: Qualification | null;
  readonly isFatalError: boolean;
};

/**
 * The score of contract 2.7, from -100 to 100, or null where nothing applied. Percentage: 100 x weight of YES / weight of YES and
 * NO. Points: the negative weight of each NO is taken off first. NA is left out, or counts as YES where the form gives it full
 * weight; "-" (a manual metric that nobody has answered) is left out always. A failed fatal metric makes it 0.
 */
export function scoreOf(
  form: Pick<Form, 'style' | 'treatment' | 'decimalCount'>,
  metrics: readonly Answered[],
): number | null {
  let earned = 0;
  let possible = 0;
  let lost = 0;
  for (const { qualification, weight, negativeWeight } of metrics) {
    const isEarned = qualification === 'YES' || (qualification === 'NA' && form.treatment === 'considerFullWeight');
    if (isEarned) earned += weight;
    if (isEarned || qualification === 'NO') possible += weight;
    if (qualification === 'NO' && form.style === 'points') lost += negativeWeight;
  }
  if (metrics.some(({ isFatalError }) => isFatalError)) return 0;
  if (possible === 0) return null;
  const factor = 10 ** form.decimalCount;
  const score = Math.round((factor * 100 * (earned - lost)) / possible) / factor;
  return Math.max(-100, Math.min(100, score)) + 0;
}
