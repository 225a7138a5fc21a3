/** How the dates of one call are written: as every sample has them, as one table has them, or with an offset that isn't UTC's. */
export type DateForm = 'blank' | 'iso' | 'offset';

/** Which token a call carries. `garbage` is no token at all; `other-algorithm` is signed with the right key in another way. */
export type TokenKind = 'usual' | 'with-jti' | 'without-jti' | 'other-algorithm' | 'garbage';

/** One call, as a value. Dates are milliseconds since 1970; `untilMs` is sent as `endDate`, whatever that means. */
export type Ask = {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly form: DateForm;
  readonly offset: number;
  readonly limit: number;
  /** What `include_below_threshold` is; undefined leaves it out. */
  readonly threshold: boolean | 'true' | 'false' | undefined;
  readonly direction: string | undefined;
  readonly token: TokenKind;
};

/** The body of a call, spelled as it is asked, right or wrong: what is refused is what is to be learned. */
export function bodyOf(ask: Ask): string {
  return JSON.stringify({
    offset: ask.offset,
    limit: ask.limit,
    startDate: spellDate(ask.fromMs, ask.form),
    endDate: spellDate(ask.untilMs, ask.form),
    ...(ask.threshold === undefined ? {} : { include_below_threshold: ask.threshold }),
    ...(ask.direction === undefined ? {} : { contact_direction: ask.direction }),
  });
}

const offsetMs = 330 * 60_000;

/** An instant in a form; the blank one drops what is finer than a second. */
export function spellDate(ms: number, form: DateForm): string {
  const iso = new Date(ms).toISOString();
  switch (form) {
    case 'iso':
      return iso;
    case 'blank':
      return iso.slice(0, 19).replace('T', ' ');
    case 'offset':
      return new Date(ms + offsetMs).toISOString().replace('Z', '+05:30');
  }
}
