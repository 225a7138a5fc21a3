const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const share = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

/** What stands where there is no value: null is not zero. */
const none = '–';

export function formatCount(count: number | null): string {
  return count === null ? none : whole.format(count);
}

export function formatScore(score: number | null): string {
  return score === null ? none : tenths.format(score);
}

export function formatShare(part: number | null): string {
  return part === null ? none : share.format(part);
}

/** The date of a moment, as the reader's own calendar shows it. */
export function formatDate(moment: Date): string {
  return date.format(moment);
}

/** When something was, by the reader's own clock: the time alone would be taken for one of today, so any other day's has its date. */
export function formatMoment(instant: string, today: string): string {
  const moment = new Date(instant);
  const day = formatDate(moment);
  return day === today ? time.format(moment) : `${day}, ${time.format(moment)}`;
}

/** `PENDING_AGENT_REVIEW` as words; null is what the upstream did not say. */
export function wordsOf(value: string | null): string {
  if (value === null) return none;
  const words = value.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
