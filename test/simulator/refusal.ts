import type { Switches } from './switches.ts';

/** What the simulator answers, before any fault befalls it. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** `answered`, or why not. */
  readonly outcome: 'answered' | RefusalKind;
  readonly rowCount: number;
};

type RefusalKind = 'refused-auth' | 'refused-quota' | 'refused-body' | 'not-found';

/** Why a call gets no rows, in the words of contract 3.4. `code` is the platform's own, not the status. */
export type Refusal = {
  readonly kind: RefusalKind;
  readonly status: number;
  readonly message: string;
  readonly code: number;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A refusal in the envelope that the switches ask for. */
export function spellRefusal(
  refusal: Refusal,
  { errorEnvelope, errorStatus }: Pick<Switches, 'errorEnvelope' | 'errorStatus'>,
): Answer {
  const { message, code } = refusal;
  const [contentType, body] = envelopes[errorEnvelope](message, code);
  return {
    status: errorStatus ?? refusal.status,
    headers: { 'content-type': contentType, ...refusal.headers },
    body,
    outcome: refusal.kind,
    rowCount: 0,
  };
}

/** The page of a proxy that has nothing to do with the API. */
export const proxyPage =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Please sign in</h1><p>upstream-canary 10.1.2.3</p></body></html>';

const json = 'application/json; charset=utf-8';

const envelopes = {
  msg: (msg: string, code: number) => [json, JSON.stringify({ errors: [{ msg, code }] })],
  message: (message: string, code: number) => [json, JSON.stringify({ errors: [{ message, code }] })],
  'top-level': (message: string, code: number) => [json, JSON.stringify({ message, code })],
  plain: (message: string) => ['text/plain; charset=utf-8', message],
  html: (message: string) => ['text/html; charset=utf-8', proxyPage.replace('Please sign in', message)],
} as const satisfies Record<Switches['errorEnvelope'], (message: string, code: number) => readonly [string, string]>;
