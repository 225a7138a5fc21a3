/** A half-open span of time [from, until), both in whole seconds since 1970-01-01T00:00:00Z. */
export type Window = { readonly from: number; readonly until: number };

/** Whether two windows are the same span. */
export function isSameWindow(one: Window, other: Window): boolean {
  return one.from === other.from && one.until === other.until;
}
