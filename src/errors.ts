/**
 * The closed set of failures. Whatever is thrown and is not a Failure is a bug, and is masked as INTERNAL_SERVER_ERROR.
 * Nobody reads a message to learn what happened: the code says it, and `reason` says it more finely.
 */
const failures = {
  BAD_USER_INPUT: { status: 400, retryable: false },
  BAD_CURSOR: { status: 400, retryable: false },
  UNAUTHENTICATED: { status: 401, retryable: false },
  FORBIDDEN: { status: 403, retryable: false },
  NOT_LOCATED: { status: 404, retryable: true },
  QUERY_LIMIT_EXCEEDED: { status: 400, retryable: false },
  COST_LIMIT_EXCEEDED: { status: 400, retryable: false },
  UPSTREAM_BUDGET_EXHAUSTED: { status: 429, retryable: true },
  DEADLINE_EXCEEDED: { status: 504, retryable: true },
  UPSTREAM_TIMEOUT: { status: 504, retryable: true },
  UPSTREAM_UNAVAILABLE: { status: 503, retryable: true },
  UPSTREAM_AUTH: { status: 502, retryable: false },
  UPSTREAM_FORBIDDEN: { status: 502, retryable: false },
  UPSTREAM_NOT_FOUND: { status: 502, retryable: false },
  UPSTREAM_BAD_RESPONSE: { status: 502, retryable: true },
  UPSTREAM_TOO_LARGE: { status: 502, retryable: false },
  UPSTREAM_INCONSISTENT: { status: 502, retryable: true },
  OVERLOADED: { status: 503, retryable: true },
  SHUTTING_DOWN: { status: 503, retryable: true },
  INTERNAL_SERVER_ERROR: { status: 500, retryable: false },
} as const satisfies Record<string, { readonly status: number; readonly retryable: boolean }>;

export type FailureCode = keyof typeof failures;

export type FailureOptions = ErrorOptions & {
  /** A word of a closed vocabulary that says which bound, part or state it was. */
  readonly reason?: string;
  /** Whole seconds after which asking again makes sense; only for retryable codes. */
  readonly retryAfterSeconds?: number;
};

/** A failure that a client may be told of: its message is ours and holds no word, host, token or path of the upstream. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly reason: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: FailureCode, message: string, { reason, retryAfterSeconds, ...options }: FailureOptions = {}) {
    super(message, options);
    this.code = code;
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Whether asking the same again can help, by code. */
export function isRetryable(code: FailureCode): boolean {
  return failures[code].retryable;
}

/** The HTTP status of a request that is refused as a whole for this code. */
export function statusOf(code: FailureCode): number {
  return failures[code].status;
}

/** Whether a word is one of our codes. */
export function isFailureCode(code: unknown): code is FailureCode {
  return typeof code === 'string' && Object.hasOwn(failures, code);
}

/** Nobody waits for an answer any more. No failure that anybody is told of, and no bug. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}
