import { type Finding, topics } from './finding.ts';
import type { Ending } from './opening.ts';
import type { Report } from './run.ts';

/** Why there was nothing to learn, as sentences. `encrypted` is not one of them: it is what was learned. */
export const endings: Readonly<Record<Ending, string>> = {
  credential:
    'The upstream refuses the credential, with and without a jti. Check the client id and secret, the algorithm, the account and the organisation; or the app demands encrypted tokens (JWE), which the gateway does not send.',
  signing: 'The configured key can not sign: check KORE_CLIENT_SECRET and KORE_JWT_ALGORITHM.',
  scope: 'The credential may not read scores: its scope is missing, or was not published.',
  stream: 'The upstream does not know the stream: check KORE_STREAM_ID.',
  nothing: 'There are no conversations in the window. Name one that has some: --from and --until.',
  unreachable: 'The upstream gives no answer that is one: check KORE_BASE_URL, and the way there.',
  refused: 'The upstream refuses every form of the question that was ever published.',
  'not-a-page': 'The upstream answers with something that is no page of results: check KORE_BASE_URL.',
  'too-large': 'The first answer is larger than KORE_BODY_BYTES_MAX.',
  encrypted: 'Answers are ciphertext, which the gateway does not read.',
};

/** Whether a probe could learn: it stopped for a reason that is an answer, or had something to study. */
export function couldLearn({ ending }: Report): boolean {
  return ending === null || ending === 'encrypted';
}

const stops = {
  calls: 'It stopped because its calls were used up. --coarse takes fewer for the meaning of endDate.',
  rate: 'It stopped at once when the upstream refused for its rate.',
  silent: 'It stopped because calls in a row got no answer that is one.',
} as const;

/** The report for people. It holds no token, no secret, no name of a person and no id of a conversation. */
export function printReport(report: Report): string {
  const { findings, window, stopped, settings } = report;
  return [
    `${report.callsMade} calls of at most ${report.callsMax}.`,
    window === null
      ? 'No window was studied.'
      : `Studied: ${window.from} to ${window.until}, ${window.rows} rows counted.`,
    ...(stopped === null ? [] : [stops[stopped]]),
    ...section(
      'Learned',
      findings.filter(({ state }) => state === 'learned'),
    ),
    ...section(
      'Asked, and still open',
      findings.filter(({ state }) => state === 'untold'),
    ),
    ...section(
      'Not asked',
      findings.filter(({ state }) => state === 'unasked'),
    ),
    '',
    'Recommended settings',
    ...(settings.length === 0 ? ['  none: too little was learned'] : []),
    ...settings.map(
      ({ name, value, current, why }) =>
        `  ${name}=${value}${value === current ? '  (as it is)' : `  (now ${current})`}  # ${why}`,
    ),
    '',
  ].join('\n');
}

function section(title: string, findings: readonly Finding[]): readonly string[] {
  return findings.length === 0 ? [] : ['', title, ...findings.map(line)];
}

function line({ topic, answer, text }: Finding): string {
  return `  ${topics[topic].title}: ${[answer, text].filter((part) => part !== '').join('. ')}`;
}
