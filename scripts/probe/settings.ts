import type { Config } from '../../src/config.ts';
import { answerTo, type Finding } from './finding.ts';
import type { Reply } from './reply.ts';

/** A setting of the gateway as the findings would have it. */
export type Recommendation = {
  readonly name: keyof Config;
  readonly value: string;
  /** What it is now. */
  readonly current: string;
  readonly why: string;
};

type Advice = Pick<Recommendation, 'name' | 'value' | 'why'>;

/** The settings that the findings decide, those included that are right as they are. What wasn't learned has no line. */
export function recommend(
  config: Config,
  findings: readonly Finding[],
  replies: readonly Reply[],
): readonly Recommendation[] {
  const answer = (topic: Finding['topic']) => answerTo(findings, topic);
  const advice = [
    windowEndOf(answer('dateForms'), answer('windowEnd')),
    thresholdOf(answer('thresholdForm')),
    jtiOf(answer('jti')),
    ...rangeOf(config, answer('range')),
    reservedOf(config, answer('rateCause')),
    patienceOf(config, replies),
    sizeOf(config, replies),
  ];
  return advice.filter((each) => each !== null).map((each) => ({ ...each, current: String(config[each.name]) }));
}

function windowEndOf(forms: string | undefined, end: string | undefined): Advice | null {
  if (forms === 'ISO') {
    const isFit = end === undefined || end === 'inclusive-ms';
    const why = 'only dates in ISO form are taken, and this setting alone sends them';
    return {
      name: 'KORE_WINDOW_END',
      value: 'inclusive-ms',
      why: isFit ? why : `${why}; but endDate is ${end}: edges may double or miss rows`,
    };
  }
  if (end === undefined) return null;
  if (end === 'inclusive-ms' && forms === 'blank') {
    return {
      name: 'KORE_WINDOW_END',
      value: 'exclusive',
      why: 'dates in ISO form are refused, and this comes nearest',
    };
  }
  return { name: 'KORE_WINDOW_END', value: end, why: 'by a window around one row' };
}

function thresholdOf(form: string | undefined): Advice | null {
  if (form === undefined) return null;
  const value = form === 'string' ? 'string' : 'boolean';
  return {
    name: 'KORE_BELOW_THRESHOLD_FORM',
    value,
    why: form === 'either' ? 'both are taken' : `a ${value} is what is taken`,
  };
}

function jtiOf(jti: string | undefined): Advice | null {
  if (jti === undefined) return null;
  return jti === 'demanded'
    ? { name: 'KORE_JTI', value: 'true', why: 'a token without a jti is refused' }
    : { name: 'KORE_JTI', value: 'false', why: 'a token without a jti is accepted, and can be used for many calls' };
}

function rangeOf(config: Config, range: string | undefined): readonly Advice[] {
  if (range === undefined) return [];
  const days = Math.floor(Number(/^(\d+(\.\d+)?) days$/.exec(range)?.[1] ?? Number.POSITIVE_INFINITY));
  const most = Math.max(1, Math.min(days, config.WINDOW_DAYS_MAX));
  const why = days < config.WINDOW_DAYS_MAX ? 'longer windows were not taken' : 'windows of that length are taken';
  const usual = {
    name: 'WINDOW_DAYS_DEFAULT' as const,
    value: String(most),
    why: 'it must not exceed WINDOW_DAYS_MAX',
  };
  return [{ name: 'WINDOW_DAYS_MAX', value: String(most), why }, ...(most < config.WINDOW_DAYS_DEFAULT ? [usual] : [])];
}

function reservedOf(config: Config, calls: string | undefined): Advice | null {
  if (calls === undefined) return null;
  const others = config.KORE_CALLS_PER_MINUTE - Number.parseInt(calls, 10);
  const value = String(Math.max(0, Math.min(config.KORE_CALLS_PER_MINUTE - 1, others)));
  return { name: 'KORE_CALLS_RESERVED', value, why: `the rate was refused after ${calls} of this minute` };
}

function patienceOf(config: Config, replies: readonly Reply[]): Advice | null {
  const slowest = Math.max(0, ...replies.map(({ tookMs }) => tookMs));
  const wanted = Math.min(120_000, Math.ceil((slowest * 3) / 1000) * 1000);
  if (wanted <= config.KORE_ATTEMPT_TIMEOUT_MS) return null;
  return {
    name: 'KORE_ATTEMPT_TIMEOUT_MS',
    value: String(wanted),
    why: `three times the slowest call, which took ${slowest} ms`,
  };
}

function sizeOf(config: Config, replies: readonly Reply[]): Advice | null {
  const largest = Math.max(0, ...replies.map(({ text }) => text.length));
  const wanted = Math.min(256_000_000, largest * 4);
  if (wanted <= config.KORE_BODY_BYTES_MAX) return null;
  return {
    name: 'KORE_BODY_BYTES_MAX',
    value: String(wanted),
    why: `four times the largest answer of ${largest} characters`,
  };
}
