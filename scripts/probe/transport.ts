import { type Finding, learned } from './finding.ts';
import type { Reply } from './reply.ts';

/** What all answers together show of the way here: types, compression, time, clock. */
export function judgeTransport(replies: readonly Reply[]): readonly Finding[] {
  const answered = replies.filter(({ status }) => status !== null);
  if (answered.length === 0) return [];
  const pages = answered.filter(({ kind }) => kind === 'page');
  const types = wordsOf((pages.length > 0 ? pages : answered).map(({ headers }) => headers['content-type'] ?? 'none'));
  const codings = wordsOf(answered.map(({ headers }) => headers['content-encoding'] ?? 'none'));
  const most = Math.max(...answered.map(({ byteCount }) => byteCount));
  const isEncrypted = replies.some((reply) => reply.kind === 'refused' && reply.cause === 'encrypted');
  const payload = isEncrypted
    ? learned('payload', 'encrypted', 'Answers are ciphertext, which the gateway does not read.')
    : pages.length > 0
      ? [learned('payload', 'plain', `The largest answer had ${most} bytes.`)]
      : [];
  return [
    ...[payload].flat(),
    learned('contentType', types),
    learned('compression', codings, 'gzip was offered.'),
    judgeLatency(answered),
    ...judgeClock(answered),
  ];
}

function wordsOf(words: readonly string[]): string {
  return [...new Set(words.map((word) => (/^[\w ./;=+-]{1,60}$/.test(word) ? word : 'something else')))]
    .sort()
    .join(', ');
}

function judgeLatency(answered: readonly Reply[]): Finding {
  const times = answered.map(({ tookMs }) => tookMs);
  return learned('latency', `median ${medianOf(times)} ms, slowest ${Math.max(...times)} ms`);
}

function judgeClock(answered: readonly Reply[]): readonly Finding[] {
  const skews = answered.flatMap(({ headers, atMs }) => {
    const saidMs = Date.parse(headers['date'] ?? '');
    return Number.isNaN(saidMs) ? [] : [saidMs - atMs];
  });
  if (skews.length === 0) return [learned('clock', 'not told', 'Answers have no Date.')];
  const seconds = Math.round(medianOf(skews) / 1000);
  // The header has whole seconds, and the way here takes its time.
  if (Math.abs(seconds) <= 2) return [learned('clock', 'right')];
  return [
    learned(
      'clock',
      `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead' : 'behind'}`,
      'By the Date of its answers, of this machine.',
    ),
  ];
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
