import { type Finding, learned, unasked, untold } from './finding.ts';
import type { Study } from './opening.ts';
import type { RefusedReply, Reply } from './reply.ts';
import { otherAlgorithm } from './sender.ts';
import { isPage } from './talk.ts';

/** A window that ends before it begins, and a token that is none: what a refusal looks like, for either cause. */
export async function askWrongly({ talk, whole }: Study): Promise<readonly Finding[]> {
  const reply = await talk.ask({ fromMs: whole.ask.untilMs, untilMs: whole.ask.fromMs, limit: 1 });
  return [
    isPage(reply)
      ? learned('reversed', reply.total === 0 ? 'empty page' : `${reply.total} rows`, 'It is not refused.')
      : learned('reversed', 'refused'),
  ];
}

/** One call with a token that is none. It is counted as what it is: a refused one. */
export async function askAsStranger({ talk }: Study): Promise<readonly Finding[]> {
  await talk.ask({ token: 'garbage', limit: 1 });
  return [];
}

/** A direction that no version has: refused by other words than a missing argument, perhaps. */
export async function askSideways({ talk }: Study): Promise<readonly Finding[]> {
  await talk.ask({ direction: 'sideways', limit: 1 });
  return [];
}

/** Dates of the later half with an offset from UTC: refused, honoured, or read as if it weren't there. */
export async function askDateOffset({ talk, whole }: Study): Promise<readonly Finding[]> {
  const usual = talk.usual().form;
  const later = talk.replies.find(
    ({ ask }) => ask.fromMs > whole.ask.fromMs && ask.untilMs === whole.ask.untilMs && ask.form === usual,
  );
  if (later === undefined || !isPage(later)) return [untold('dateOffset', 'There is no window to compare with.')];
  const reply = await talk.ask({ fromMs: later.ask.fromMs, form: 'offset', limit: 1 });
  if (!isPage(reply)) return [learned('dateOffset', 'refused')];
  // By the first row, for a window that is moved counts much the same; by the count where there is no row.
  const [first] = reply.rows;
  const isSame = first === undefined ? reply.total === later.total : first.identity === later.rows[0]?.identity;
  return [
    isSame
      ? learned('dateOffset', 'honoured', 'As +05:30 the same instants list the same row first.')
      : learned('dateOffset', 'not honoured', 'As +05:30 the same instants list other rows, or the order is not firm.'),
  ];
}

/** The same key in another way of signing; and, where tokens have a jti, one without. */
export async function askTokens({ talk, config }: Study): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  if (config.KORE_JTI) {
    const reply = await talk.ask({ token: 'without-jti', limit: 1 });
    findings.push(
      isPage(reply)
        ? learned('jti', 'not demanded', 'A token without a jti is accepted too.')
        : learned('jti', 'demanded', 'A token without a jti is refused.'),
    );
  }
  if (talk.usual().token === 'with-jti') {
    return [...findings, unasked('algorithms', 'Tokens need a jti: with KORE_JTI=true it would be asked.')];
  }
  const other = otherAlgorithm(config.KORE_JWT_ALGORITHM);
  const reply = await talk.ask({ token: 'other-algorithm', limit: 1 });
  const answer = isPage(reply)
    ? `${config.KORE_JWT_ALGORITHM} and ${other}`
    : `${config.KORE_JWT_ALGORITHM}, not ${other}`;
  return [...findings, learned('algorithms', answer)];
}

/** What refusals look like, of all that came, for whatever cause. */
export function judgeRefusals(replies: readonly Reply[]): readonly Finding[] {
  const refused = replies.filter(
    (reply) => reply.kind === 'refused' && reply.status !== null && reply.cause !== 'rate',
  );
  const told = refused.filter((reply) => reply.kind === 'refused');
  if (told.length === 0)
    return [unasked('errorForm', 'Nothing was refused.'), unasked('errorStatus', 'Nothing was refused.')];
  const forms = [...new Set(told.map(({ envelope }) => envelope))].sort();
  const statuses = [...new Set(told.map(({ cause, status }) => `${cause} ${status}`))].sort();
  return [
    learned('errorForm', forms.join(', '), wordsOf(told)),
    learned('errorStatus', statuses.join(', '), 'By what was wrong with the call.'),
  ];
}

function wordsOf(refused: readonly RefusedReply[]): string {
  const words = refused.map(
    ({ sentence, code }) => `${sentence ?? 'words that are not published'}${code === null ? '' : ` (${code})`}`,
  );
  return [...new Set(words)].join('; ');
}

/** A refusal for the rate, which is never looked for and stops the probe. */
export function judgeRate(replies: readonly Reply[], windowMs: number): readonly Finding[] {
  const refusal = replies.find((reply) => reply.kind === 'refused' && reply.cause === 'rate');
  if (refusal?.kind !== 'refused') {
    return [
      unasked('rate', 'Not met by chance, and never looked for: it takes the quota of the whole account.'),
      unasked('rateCause', 'Not met.'),
    ];
  }
  const { status, envelope, sentence, headers, atMs } = refusal;
  const passed = replies.filter((reply) => reply !== refusal && atMs - windowMs < reply.atMs).length;
  const after = headers['retry-after'];
  const wait =
    after === undefined ? 'no Retry-After' : `Retry-After ${/^\d{1,6}$/.test(after) ? after : 'in another form'}`;
  const names = Object.keys(headers).filter((name) => /rate-?limit/i.test(name));
  return [
    learned(
      'rate',
      [`status ${status}`, envelope, sentence ?? 'words that are not published', wait, ...names].join(', '),
    ),
    learned(
      'rateCause',
      `${passed} calls`,
      'So many had passed within the window: the account has fewer than it should, or others use it.',
    ),
  ];
}
