/** Why a question has no answer: an error of the gateway, or one of the way to it. */
export type Failure = {
  /** Of the gateway's closed set, or UNREACHABLE where nothing answered in GraphQL's shape. */
  readonly code: string;
  /** A finer word, such as ANCHOR_GONE. */
  readonly reason: string | null;
  readonly message: string;
  /** Whether the same question may be answered later. */
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | null;
  /** What the gateway's log has too. */
  readonly requestId: string | null;
};

/** A Failure on its way up. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.failure = failure;
  }
}

/** Nothing answered: no network, a proxy's own page, a gateway that is being started. */
export function unreachable(message: string, options?: ErrorOptions): GatewayError {
  const failure = { code: 'UNREACHABLE', reason: null, message, retryable: true, retryAfterSeconds: null };
  return new GatewayError({ ...failure, requestId: null }, options);
}

/** Reads one item of `errors`; what it lacks is taken as it is safest. */
export function failureOf(error: unknown): Failure {
  const { message, extensions } = fieldsOf(error);
  const { code, reason, retryable, retryAfterSeconds, requestId } = fieldsOf(extensions);
  return {
    code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
    reason: typeof reason === 'string' ? reason : null,
    message: typeof message === 'string' ? message : 'The gateway gave no reason',
    retryable: retryable === true,
    retryAfterSeconds: typeof retryAfterSeconds === 'number' ? retryAfterSeconds : null,
    requestId: typeof requestId === 'string' ? requestId : null,
  };
}

/** The fields of a value that should be an object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
