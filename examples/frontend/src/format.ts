const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const share = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

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

/** The time of day, as the reader's own clock shows it. */
export function formatTime(instant: string): string {
  return time.format(new Date(instant));
}

/** `PENDING_AGENT_REVIEW` as words; null is what the upstream did not say. */
export function wordsOf(value: string | null): string {
  if (value === null) return none;
  const words = value.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
