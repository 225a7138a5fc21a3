import { type Finding, learned, untold } from './finding.ts';
import type { Study } from './opening.ts';
import type { Reply } from './reply.ts';
import { isPage } from './talk.ts';

const dayMs = 86_400_000;
/** At and just above what the vendor's other endpoints and screens allow. */
const spansDays = [2, 7, 8, 30, 31, 60, 90, 92, 180];

/** A year with a limit of 101: both at once where both are taken, else one after the other. */
export async function askLimits(study: Study): Promise<readonly Finding[]> {
  const { talk, whole } = study;
  const { untilMs } = whole.ask;
  const year = { fromMs: untilMs - 366 * dayMs };
  const both = await talk.ask({ ...year, limit: 101 });
  if (isPage(both)) return [learned('range', 'at least 366 days'), judgeOver(study, both)];
  const over = await talk.ask({ limit: 101 });
  const findings = [judgeOver(study, over)];
  if (!isPage(over) && isPage(await talk.ask({ ...year, limit: 1 }))) {
    return [learned('range', 'at least 366 days'), ...findings];
  }
  return [await findRange(study), ...findings];
}

function judgeOver({ whole }: Study, reply: Reply): Finding {
  if (!isPage(reply)) return learned('limitOver', 'error', 'A limit of 101 is refused.');
  if (reply.total <= 100 || reply.rows.length === 0) return untold('limitOver', 'There are no 101 rows to ask for.');
  if (reply.rows.length > whole.rows.length)
    return learned('limitOver', 'obeyed', `101 asked, ${reply.rows.length} got.`);
  return learned('limitOver', 'clamp', `101 asked, ${reply.rows.length} got.`);
}

// The window of the study is known to be taken, a year is known not to be.
async function findRange({ talk, whole }: Study): Promise<Finding> {
  const { fromMs, untilMs } = whole.ask;
  let [taken, refused] = [(untilMs - fromMs) / dayMs, 366];
  for (;;) {
    const between = spansDays.filter((days) => taken < days && days < refused);
    const days = between[Math.floor(between.length / 2)];
    if (days === undefined) break;
    if (isPage(await talk.ask({ fromMs: untilMs - days * dayMs, limit: 1 }))) taken = days;
    else refused = days;
  }
  const known = Math.round(taken * 10) / 10;
  return learned('range', `${known} days`, `A window of ${known} days is taken, one of ${refused} days is not.`);
}
