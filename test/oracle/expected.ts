/** What is expected where more than one value will do. Everything else is expected as it stands. */

/** A value that a condition decides. */
export class Fitting {
  /** What a person reads when it doesn't hold. */
  readonly saying: string;
  readonly fits: (actual: unknown) => boolean;
  /** One value that fits. */
  readonly sample: unknown;
  /** Is told the value when the whole answer that it stands in was right. */
  readonly learn: (actual: unknown) => void;
  constructor(parts: {
    readonly saying: string;
    readonly fits: (actual: unknown) => boolean;
    readonly sample?: unknown;
    readonly learn?: (actual: unknown) => void;
  }) {
    this.saying = parts.saying;
    this.fits = parts.fits;
    this.sample = parts.sample === undefined ? parts.saying : parts.sample;
    this.learn = parts.learn ?? (() => undefined);
  }
}

/** The rows [from, until) of a list of `size`, in order or in any order. `item` makes each anew; what `nameAt` tells apart can't be one another. */
export class PageOf {
  readonly size: number;
  readonly from: number;
  readonly until: number;
  readonly isOrdered: boolean;
  /** Whether the page must hold just so many rows. */
  readonly isSized: boolean;
  readonly item: (index: number) => unknown;
  readonly nameAt: (index: number) => string;
  constructor(page: {
    readonly size: number;
    readonly from: number;
    readonly until: number;
    readonly isOrdered: boolean;
    readonly isSized: boolean;
    readonly item: (index: number) => unknown;
    readonly nameAt: (index: number) => string;
  }) {
    this.size = page.size;
    this.from = page.from;
    this.until = page.until;
    this.isOrdered = page.isOrdered;
    this.isSized = page.isSized;
    this.item = page.item;
    this.nameAt = page.nameAt;
  }
  /** The same page of something that stands for each of its rows. */
  map(change: (item: unknown) => unknown): PageOf {
    return new PageOf({ ...this, item: (index) => change(this.item(index)) });
  }
}

/** One of several answers. */
export class AnyOf {
  readonly choices: readonly unknown[];
  constructor(choices: readonly unknown[]) {
    this.choices = choices;
  }
  /** The same choice of something that stands for each. */
  map(change: (item: unknown) => unknown): AnyOf {
    return new AnyOf(this.choices.map(change));
  }
}

/** That a field is refused, with this code. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;
  constructor(code: string) {
    super(`refused with ${code}`);
    this.code = code;
  }
}

/** An instant in UTC with a Z; null is null. */
export function instant(atMs: number | null): Fitting | null {
  if (atMs === null) return null;
  const fits = (actual: unknown) => typeof actual === 'string' && /Z$/.test(actual) && Date.parse(actual) === atMs;
  return new Fitting({ saying: new Date(atMs).toISOString(), fits });
}

/** A whole number from 0 to a bound; null too where that is allowed. */
export function upTo(max: number, isNullable = false): Fitting {
  const fits = (actual: unknown) => {
    if (actual === null) return isNullable;
    return typeof actual === 'number' && Number.isInteger(actual) && 0 <= actual && actual <= max;
  };
  return new Fitting({ saying: `a whole number from 0 to ${max}${isNullable ? ', or null' : ''}`, fits, sample: 0 });
}

/** When something was read: an instant in UTC with a Z, or null where nothing had to be. */
export const someInstant = new Fitting({
  saying: 'an instant, or null',
  fits: (actual) =>
    actual === null || (typeof actual === 'string' && /Z$/.test(actual) && !Number.isNaN(Date.parse(actual))),
  sample: null,
});

/** True or false. */
export const eitherWay = new Fitting({
  saying: 'true or false',
  fits: (actual) => typeof actual === 'boolean',
  sample: false,
});
