import type { Failure } from './failure.ts';

/** What happened, in the words of whoever looks at the page, and what can be done about it. */
export type Advice = { readonly what: string; readonly todo: string };

const waiting: Advice = {
  what: 'The calls of this minute are used up.',
  todo: 'Nothing is wrong: the account may make so many calls a minute, and the next ones are free soon.',
};
const slow: Advice = { what: 'It took too long.', todo: 'Ask again: what was read meanwhile is kept.' };
const mismatch: Advice = { what: 'This page and the gateway are of different versions.', todo: 'Load the page again.' };
const operator = 'Only whoever runs the gateway can mend this. Tell them the code.';

/** By code alone: messages are for people, and may change. */
const byCode: Readonly<Record<string, Advice>> = {
  UPSTREAM_BUDGET_EXHAUSTED: waiting,
  OVERLOADED: { what: 'Too many questions wait already.', todo: 'Ask again in a moment.' },
  DEADLINE_EXCEEDED: slow,
  UPSTREAM_TIMEOUT: slow,
  UPSTREAM_UNAVAILABLE: { what: 'Kore.ai did not answer.', todo: 'Ask again in a moment.' },
  UPSTREAM_INCONSISTENT: { what: 'The conversations change faster than they can be read.', todo: 'Ask again.' },
  UPSTREAM_BAD_RESPONSE: { what: 'What Kore.ai answered could not be read.', todo: 'Ask again.' },
  NOT_LOCATED: { what: 'Not all of the days could be searched.', todo: 'Ask again: what was read is kept.' },
  UPSTREAM_AUTH: { what: 'Kore.ai refuses the credential of the gateway.', todo: operator },
  UPSTREAM_FORBIDDEN: { what: 'The credential of the gateway may not read scores.', todo: operator },
  UPSTREAM_NOT_FOUND: { what: 'Kore.ai does not know the stream of the gateway.', todo: operator },
  UPSTREAM_TOO_LARGE: { what: 'Kore.ai answered more than the gateway takes.', todo: operator },
  UNAUTHENTICATED: { what: 'The gateway does not know you.', todo: 'Sign in, and ask again.' },
  FORBIDDEN: { what: 'You may not see this.', todo: 'Ask whoever runs the gateway for access.' },
  BAD_USER_INPUT: { what: 'The gateway refuses what was asked for.', todo: 'Choose other days.' },
  COST_LIMIT_EXCEEDED: { what: 'That is more than one question may read.', todo: 'Choose fewer days.' },
  QUERY_LIMIT_EXCEEDED: { what: 'That is more than one question may ask.', todo: 'Choose fewer days.' },
  BAD_CURSOR: { what: 'The list can’t be gone on with.', todo: 'Ask again: it begins anew.' },
  SHUTTING_DOWN: { what: 'The gateway is being restarted.', todo: 'Ask again in a moment.' },
  GRAPHQL_VALIDATION_FAILED: mismatch,
  GRAPHQL_PARSE_FAILED: mismatch,
  UNREACHABLE: { what: 'The gateway can’t be reached.', todo: 'See whether it runs, and whether you are online.' },
};

const unknown: Advice = { what: 'The gateway failed.', todo: 'Ask again; if it stays so, tell whoever runs it.' };

/** What to say of a failure. A code that is newer than this page is told like a bug of the gateway. */
export function adviceFor({ code }: Failure): Advice {
  return byCode[code] ?? unknown;
}
