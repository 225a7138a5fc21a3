/** What can befall a call on the wire. */
type FaultKind =
  /** The answer, `ms` late. */
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'hang-before-headers' }
  | { readonly kind: 'hang-mid-headers' }
  | { readonly kind: 'hang-mid-body' }
  /** The true answer, so many bytes at a time. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number }
  | { readonly kind: 'reset-before-headers' }
  | { readonly kind: 'reset-mid-body' }
  /** FIN instead of an answer. */
  | { readonly kind: 'half-close' }
  /** FIN in the middle of a body whose length was stated. */
  | { readonly kind: 'fin-mid-body' }
  /** Half of the JSON, its length stated rightly. */
  | { readonly kind: 'truncate' }
  /** Half of the JSON, no length stated, then FIN: no transport error. */
  | { readonly kind: 'truncate-close-delimited' }
  /** A content-length that is wrong by so many bytes; less leaves a surplus on the connection, more never ends. */
  | { readonly kind: 'content-length'; readonly by: number }
  /** The answer, then bytes that nobody asked for: another response, unless `text` says what. */
  | { readonly kind: 'surplus'; readonly text?: string }
  /** The answer, then FIN on a connection that was to be kept alive. */
  | { readonly kind: 'close-after-answer' }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'gzip-twice' }
  | { readonly kind: 'gzip-truncated' }
  /** A small body that inflates to so many megabytes of zeros, 200 unless stated. */
  | { readonly kind: 'gzip-bomb'; readonly megabytes?: number }
  /** A content-encoding that nobody knows; the body is plain. */
  | { readonly kind: 'encoding'; readonly name: string }
  /** The true answer behind so many megabytes of blanks: valid JSON. */
  | { readonly kind: 'big-body'; readonly megabytes: number }
  | { readonly kind: 'header-flood'; readonly kilobytes: number }
  /** So many 103 responses before the true answer. */
  | { readonly kind: 'informational-flood'; readonly count: number }
  /** Bytes that are not HTTP. */
  | { readonly kind: 'garbage' }
  /** A proxy's page. */
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'empty'; readonly status: 200 | 204 }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: 301 | 302 | 303 | 307 | 308 }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** 200 with `errors` and no `results`. */
  | { readonly kind: 'errors-in-200'; readonly message?: string; readonly code?: number };

/** A fault for the next `times` calls (1 unless stated), once `after` calls (0 unless stated) have passed. */
export type Fault = FaultKind & { readonly times?: number | 'all'; readonly after?: number };

/** Faults in the order in which they were asked for; each call suffers the first that is due. */
export type FaultQueue = { add(fault: Fault): void; clear(): void; next(): Fault | null };

/** An empty queue. */
export function makeFaultQueue(): FaultQueue {
  let waiting: { readonly fault: Fault; timesLeft: number; afterLeft: number }[] = [];
  return {
    add: (fault) => {
      if (!Object.hasOwn(known, fault.kind)) throw new TypeError(`no fault is called ${fault.kind}`);
      const timesLeft = fault.times === 'all' ? Number.POSITIVE_INFINITY : (fault.times ?? 1);
      waiting.push({ fault, timesLeft, afterLeft: fault.after ?? 0 });
    },
    clear: () => {
      waiting = [];
    },
    next: () => {
      const due = waiting.find(({ afterLeft }) => afterLeft === 0) ?? null;
      for (const entry of waiting) if (entry.afterLeft > 0) entry.afterLeft--;
      if (due === null) return null;
      due.timesLeft--;
      waiting = waiting.filter(({ timesLeft }) => timesLeft > 0);
      return due.fault;
    },
  };
}

// A test in another process that misspells a fault must not pass.
const known: Readonly<Record<Fault['kind'], true>> = {
  delay: true,
  'hang-before-headers': true,
  'hang-mid-headers': true,
  'hang-mid-body': true,
  drip: true,
  'reset-before-headers': true,
  'reset-mid-body': true,
  'half-close': true,
  'fin-mid-body': true,
  truncate: true,
  'truncate-close-delimited': true,
  'content-length': true,
  surplus: true,
  'close-after-answer': true,
  gzip: true,
  'gzip-twice': true,
  'gzip-truncated': true,
  'gzip-bomb': true,
  encoding: true,
  'big-body': true,
  'header-flood': true,
  'informational-flood': true,
  garbage: true,
  html: true,
  empty: true,
  redirect: true,
  status: true,
  'errors-in-200': true,
};
