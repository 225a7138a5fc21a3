import type { MetricResult, Qualification } from './conversation.ts';

/** What one metric said of one conversation, in a byte: qualification (bits 0-2), auditor's response (3-5), whether it failed fatally (6-7). */
export type Answer = Pick<MetricResult, 'qualification' | 'auditorResponse' | 'isFatalError'>;

/** Qualifications by their code: 0 is null. Their places are the format of what is held, and never change. */
const qualifications: readonly (Qualification | null)[] = [null, 'YES', 'NO', 'NA', 'PENDING', 'UNKNOWN'];
const flags: readonly (boolean | null)[] = [null, false, true];

/** The byte of an answer. */
export function packAnswer({ qualification, auditorResponse, isFatalError }: Answer): number {
  return (
    qualifications.indexOf(qualification) |
    (qualifications.indexOf(auditorResponse) << 3) |
    (flags.indexOf(isFatalError) << 6)
  );
}

/** What the AI answered. */
export function qualificationOf(answer: number): Qualification | null {
  return qualifications[answer & 7] ?? null;
}

/** What an auditor answered. */
export function auditorResponseOf(answer: number): Qualification | null {
  return qualifications[(answer >> 3) & 7] ?? null;
}

/** Whether the metric is fatal and failed. */
export function isFatalErrorOf(answer: number): boolean | null {
  return flags[answer >> 6] ?? null;
}
