import { type Finding, learned, untold } from './finding.ts';
import type { Study } from './opening.ts';
import type { PageReply, Reply } from './reply.ts';
import { isPage } from './talk.ts';

/** Totals of one list may differ by a few while it grows; what is left out or added by a filter is more. */
function isAlike(one: number, other: number): boolean {
  return Math.abs(one - other) <= 3;
}

/** Contacts below the minimum duration: asked for, left unsaid, and said as text. */
export async function askThreshold({ talk, whole, changes }: Study): Promise<readonly Finding[]> {
  const isText = changes.includes('the threshold as text');
  const included = await talk.ask({ threshold: isText ? 'true' : true });
  const findings: Finding[] = [judgeThreshold(whole, included)];
  if (isText) findings.push(learned('thresholdForm', 'string', 'As a JSON boolean it is refused.'));
  return [...findings, ...(await askWithout({ talk, whole, included }))];
}

function judgeThreshold(whole: PageReply, included: Reply): Finding {
  const shown = whole.rows.filter(({ conversation }) => conversation?.durationStatus === 'BELOW_THRESHOLD').length;
  if (!isPage(included)) return untold('thresholdHeeded', 'To include them is refused.');
  if (shown > 0) {
    return learned('thresholdHeeded', 'no', `A list without them has ${shown} rows that are below the threshold.`);
  }
  const more = included.total - whole.total;
  if (more > 3) return learned('thresholdHeeded', 'yes', `Included, there are ${more} rows more.`);
  return untold('thresholdHeeded', 'The window has no rows below the threshold.');
}

// Left out and behind the end at once: one call, and a second one only where that is refused.
async function askWithout({
  talk,
  whole,
  included,
}: Pick<Study, 'talk' | 'whole'> & { readonly included: Reply }): Promise<readonly Finding[]> {
  const offset = whole.total + 10;
  const both = await talk.ask({ threshold: undefined, offset });
  if (isPage(both)) return [judgeDefault(whole, included, both), judgePastEnd(both)];
  const alone = await talk.ask({ threshold: undefined, limit: 1 });
  if (!isPage(alone)) {
    return [
      learned('thresholdDefault', 'required', 'A question without it is refused.'),
      untold('pastEnd', 'Asked only without include_below_threshold, which is refused.'),
    ];
  }
  return [judgeDefault(whole, included, alone), learned('pastEnd', 'refused')];
}

function judgeDefault(whole: PageReply, included: Reply, without: PageReply): Finding {
  if (isPage(included) && isAlike(included.total, whole.total)) {
    return untold('thresholdDefault', 'It may be left out, but the window counts the same with and without such rows.');
  }
  if (isAlike(without.total, whole.total)) return learned('thresholdDefault', 'false');
  if (isPage(included) && isAlike(without.total, included.total)) return learned('thresholdDefault', 'true');
  return untold('thresholdDefault', 'Left out, it lists neither what false nor what true lists.');
}

function judgePastEnd({ rows, hasMore }: PageReply): Finding {
  const more = hasMore === true ? ', hasMore true' : '';
  return learned('pastEnd', rows.length === 0 ? `empty page${more}` : `${rows.length} rows${more}`);
}

/** The threshold as text, where the boolean is what is taken. */
export async function askThresholdText({ talk, changes }: Study): Promise<readonly Finding[]> {
  if (changes.includes('the threshold as text')) return [];
  const reply = await talk.ask({ threshold: 'true', limit: 1 });
  if (!isPage(reply)) return [learned('thresholdForm', 'boolean', 'As text it is refused.')];
  const boolean = talk.replies.filter(isPage).find(({ ask }) => ask.threshold === true);
  const isRead = boolean === undefined || isAlike(boolean.total, reply.total);
  return [
    isRead
      ? learned('thresholdForm', 'either')
      : learned('thresholdForm', 'boolean', 'As text it is taken, but lists something else.'),
  ];
}

/** One direction, and the other one only where rows don't state theirs. */
export async function askDirection({ talk, whole }: Study): Promise<readonly Finding[]> {
  const inbound = await talk.ask({ direction: 'inbound' });
  if (!isPage(inbound)) return [untold('directionHeeded', 'A question for one direction is refused.')];
  const stated = inbound.rows.map(({ conversation }) => conversation?.contactDirection ?? null);
  if (stated.includes('OUTBOUND')) {
    return [learned('directionHeeded', 'no', 'A list of inbound contacts has outbound ones.')];
  }
  const isNarrower = inbound.total < whole.total - 3;
  if (stated.includes('INBOUND') && isNarrower) return [learned('directionHeeded', 'yes')];
  const outbound = await talk.ask({ direction: 'outbound', limit: 1 });
  if (!isPage(outbound)) return [untold('directionHeeded', 'A question for outbound contacts is refused.')];
  const sum = inbound.total + outbound.total;
  if (sum > whole.total + 6) {
    return [learned('directionHeeded', 'no', 'Inbound and outbound lists count more rows than there are.')];
  }
  return [learned('directionHeeded', 'yes', 'By the counts: rows state no direction, or there is only one.')];
}

/** What is known of its type without asking: the form that all other calls were taken in. Counts only where nothing finer was learned. */
export function usualThreshold({ changes }: Study): Finding {
  return changes.includes('the threshold as text')
    ? learned('thresholdForm', 'string', 'As a JSON boolean it is refused.')
    : learned('thresholdForm', 'boolean taken', 'Whether it may be text was not asked.');
}
