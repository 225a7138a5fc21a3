/** What a client wants beside its answer. */
export type Wishes = {
  /** To have read afresh what is held. */
  readonly isAfresh: boolean;
  /** To be told what its operation has cost. Of one that is only planned nothing is read, and so there is no trace. */
  readonly isTraced: boolean;
  /** To know what its operation would cost, and nothing else. */
  readonly isPlanned: boolean;
};

/** Reads the wishes of a request: `cache-control: no-cache` (RFC 9111, 5.2.1.4), `x-upstream-trace: 1` and `x-upstream-plan: 1`. */
export function wishesOf({ headers }: { readonly headers: Readonly<Record<string, unknown>> }): Wishes {
  const isPlanned = headers['x-upstream-plan'] === '1';
  return {
    isAfresh: /(^|[\s,])no-cache($|[\s,;=])/i.test(String(headers['cache-control'] ?? '')),
    isTraced: !isPlanned && headers['x-upstream-trace'] === '1',
    isPlanned,
  };
}
