import { type Finding, learned, untold } from './finding.ts';
import type { Study } from './opening.ts';
import { isFilled, isPage } from './talk.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** No zone is further from UTC than this; what lies beyond is not the work of a zone. */
const zoneMinutesMax = 14 * 60;
/** Clocks differ, and a call takes its time: what is this close to now is now. */
const graceMinutes = 5;
/** Zones are whole quarters of an hour from UTC. */
const quarter = 15;

/**
 * Where the newest rows stand against the clock. Conversations that haven't begun can't be listed: rows in the future mean that dates are
 * read in another zone, or mean a later time than the start. None of the last hours mean the reverse, or a quiet or slow account.
 */
export async function askEdge(study: Study): Promise<readonly Finding[]> {
  const { nowMs, whole } = study;
  if (whole.ask.untilMs < nowMs - 2 * hourMs) {
    return [untold('liveEdge', 'The window ends in the past, so the newest rows were not looked at.')];
  }
  const ahead = await has(study, nowMs + graceMinutes * minuteMs, nowMs + zoneMinutesMax * minuteMs);
  if (ahead === null) return [untold('liveEdge', 'A window of the future is refused.')];
  if (ahead) return [await lookAhead(study)];
  const recent = await has(study, nowMs - 2 * hourMs, nowMs);
  if (recent === true) {
    return [
      learned('liveEdge', 'now', 'Rows of the last two hours are listed, and none of the future: dates are UTC.'),
    ];
  }
  return [await lookBack(study)];
}

async function has({ talk, whole }: Study, fromMs: number, untilMs: number): Promise<boolean | null> {
  const reply = await talk.ask({ fromMs, untilMs, limit: 1 });
  return isPage(reply) ? isFilled(reply, whole) : null;
}

async function lookAhead(study: Study): Promise<Finding> {
  const { nowMs } = study;
  const isBeyond = await has(study, nowMs + (zoneMinutesMax + 60) * minuteMs, nowMs + 3 * 24 * hourMs);
  if (isBeyond !== false) {
    return learned('liveEdge', 'no edge', 'Rows of later days are listed: the list is not cut at the present.');
  }
  // The last quarter that has rows up to the farthest zone behind it.
  let [some, none] = [0, zoneMinutesMax / quarter];
  while (some + 1 < none) {
    const middle = Math.floor((some + none) / 2);
    const fromMs = nowMs + (middle * quarter - quarter / 2) * minuteMs;
    if ((await has(study, fromMs, nowMs + zoneMinutesMax * minuteMs)) === true) some = middle;
    else none = middle;
  }
  return edgeAt(some * quarter);
}

async function lookBack(study: Study): Promise<Finding> {
  const { nowMs } = study;
  let [none, some] = [(2 * 60) / quarter, (zoneMinutesMax + 60) / quarter];
  if ((await has(study, nowMs - some * quarter * minuteMs, nowMs)) !== true) {
    return learned(
      'liveEdge',
      'older than 15 hours',
      'No row of the last 15 hours is listed: a quiet time, or rows come late.',
    );
  }
  while (none + 1 < some) {
    const middle = Math.floor((none + some) / 2);
    if ((await has(study, nowMs - (middle * quarter + quarter / 2) * minuteMs, nowMs)) === true) some = middle;
    else none = middle;
  }
  return edgeAt(-some * quarter);
}

function edgeAt(minutes: number): Finding {
  const far = `The newest rows stand about ${Math.abs(minutes)} minutes ${minutes > 0 ? 'ahead of' : 'behind'} now`;
  const isZone = minutes % 30 === 0;
  if (minutes < 0)
    return learned('liveEdge', `${minutes} min`, `${far}: another zone, a slow evaluation, or a quiet time.`);
  return learned(
    'liveEdge',
    `+${minutes} min`,
    isZone
      ? `${far}: the dates are read in a zone that is ahead of UTC by that.`
      : `${far}, which is no zone: the dates mean a later time than the start of a conversation.`,
  );
}
