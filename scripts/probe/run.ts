import type { Config } from '../../src/config.ts';
import { createDrift } from '../../src/kore/drift.ts';
import type { Clock } from '../../src/model/ports.ts';
import { askBounds } from './bounds.ts';
import { askEdge } from './edge.ts';
import { askDirection, askThreshold, askThresholdText, usualThreshold } from './filters.ts';
import { type Finding, type Topic, topics, unasked, untold } from './finding.ts';
import { askLimits } from './limits.ts';
import { areDatesHeeded, askLongAgo, type Ending, type OpeningOptions, open, type Study, usualAsk } from './opening.ts';
import { askLaterHalf, judgeOrder } from './ordering.ts';
import { judgePages } from './pages.ts';
import { askPages } from './paging.ts';
import {
  askAsStranger,
  askDateOffset,
  askSideways,
  askTokens,
  askWrongly,
  judgeRate,
  judgeRefusals,
} from './refusals.ts';
import { judgeRows } from './rows.ts';
import { createSender } from './sender.ts';
import { type Recommendation, recommend } from './settings.ts';
import { createTalk, isPage, Stop, type StopReason, type Talk } from './talk.ts';
import { judgeTransport } from './transport.ts';

/** No probe asks more than this. */
export const callsMost = 30;

export type ProbeOptions = {
  readonly config: Config;
  readonly clock: Clock;
  readonly callsMax: number;
  /** Leaves out the search by milliseconds, which may take half of the calls. */
  readonly isCoarse: boolean;
  /** Milliseconds since 1970; null looks for rows in the last days. */
  readonly window: { readonly fromMs: number; readonly untilMs: number } | null;
};

export type Report = {
  readonly callsMade: number;
  readonly callsMax: number;
  /** The window that was studied; null where there was none. */
  readonly window: { readonly from: string; readonly until: string; readonly rows: number } | null;
  /** Why it stopped before its last question; null where it didn't. */
  readonly stopped: StopReason | null;
  /** Why there was nothing to study; null where there was. */
  readonly ending: Ending | null;
  /** One for each topic, in their order. */
  readonly findings: readonly Finding[];
  readonly settings: readonly Recommendation[];
};

/** Asks a tenant what nobody has published, call by call, and says what it learned and what it didn't. Never rejects for what is answered. */
export async function probe({ config, clock, callsMax, isCoarse, window }: ProbeOptions): Promise<Report> {
  const sender = createSender(config, clock);
  const drift = createDrift({ entriesMax: config.KORE_DRIFT_ENTRIES_MAX, now: clock.now, onFirst: () => undefined });
  const nowMs = clock.now();
  const talk = createTalk(sender, drift, clock, {
    usual: usualAsk(nowMs, window),
    callsMax: Math.min(callsMax, callsMost),
    pace: {
      callsMax: config.KORE_CALLS_PER_MINUTE - config.KORE_CALLS_RESERVED,
      windowMs: config.QUOTA_WINDOW_MS,
    },
  });
  try {
    const course = await converse(talk, { config, nowMs, isCoarse, isGiven: window !== null });
    const pages = talk.replies.filter(isPage);
    const told = [
      ...course.findings,
      ...judgeTransport(talk.replies),
      ...judgeRows(pages, drift.entries()),
      ...judgeRefusals(talk.replies),
      ...judgeRate(talk.replies, config.QUOTA_WINDOW_MS),
      ...(course.study === null ? [] : [usualThreshold(course.study)]),
    ];
    const findings = allTopics(told, whyNot(course, callsMax));
    return {
      callsMade: talk.replies.length,
      callsMax,
      window: windowOf(course.study),
      stopped: course.stopped,
      ending: course.ending,
      findings,
      settings: recommend(config, findings, talk.replies),
    };
  } finally {
    await sender.close();
  }
}

type Course = {
  readonly findings: readonly Finding[];
  readonly study: Study | null;
  readonly stopped: StopReason | null;
  readonly ending: Ending | null;
};

async function converse(talk: Talk, options: OpeningOptions): Promise<Course> {
  const findings: Finding[] = [];
  let study: Study | null = null;
  try {
    const opening = await open(talk, options);
    findings.push(...opening.findings);
    if ('ending' in opening) return { findings, study, stopped: null, ending: opening.ending };
    study = opening.study;
    for (const question of questions) findings.push(...(await question(study, findings)));
    return { findings, study, stopped: null, ending: null };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const isMute = study === null && error.reason === 'silent';
    return { findings, study, stopped: error.reason, ending: isMute ? 'unreachable' : null };
  }
}

type Question = (study: Study, known: readonly Finding[]) => Promise<readonly Finding[]>;

/** What matters most comes first, for calls may run out: each is a few calls, and each call settles what it can. */
const questions: readonly Question[] = [
  askLongAgo,
  askList,
  whereDatesCount(['windowEnd', 'dateField'], askBounds),
  askThreshold,
  askDirection,
  whereDatesCount(['liveEdge'], askEdge),
  whereDatesCount(['range'], askLimits),
  askWrongly,
  askAsStranger,
  askThresholdText,
  whereDatesCount(['dateOffset'], askDateOffset),
  askTokens,
  askSideways,
];

async function askList(study: Study): Promise<readonly Finding[]> {
  const pages = await askPages(study);
  if (pages === null) return [];
  const later = await askLaterHalf(study);
  return [...judgePages(study, pages), ...judgeOrder(study, pages, later)];
}

function whereDatesCount(about: readonly Topic[], question: Question): Question {
  return async (study, known) =>
    areDatesHeeded(known)
      ? await question(study, known)
      : about.map((topic) => untold(topic, 'Dates do not narrow the list, so no window shows it.'));
}

function windowOf(study: Study | null): Report['window'] {
  if (study === null) return null;
  const { fromMs, untilMs } = study.whole.ask;
  return { from: new Date(fromMs).toISOString(), until: new Date(untilMs).toISOString(), rows: study.whole.total };
}

function whyNot({ stopped, ending }: Course, callsMax: number): string {
  switch (stopped) {
    case 'calls':
      return `The ${callsMax} calls were used up.`;
    case 'rate':
      return 'The upstream refused for its rate before.';
    case 'silent':
      return 'The upstream stopped answering before.';
    case null:
      return ending === null ? 'No answer came that it could be told from.' : 'There was nothing to study.';
  }
}

/** Every topic once, in the order of the list. */
function allTopics(told: readonly Finding[], why: string): readonly Finding[] {
  const names = Object.keys(topics).filter((name): name is Topic => Object.hasOwn(topics, name));
  return names.map((topic) => {
    const entry: { readonly title: string; readonly never?: string } = topics[topic];
    return told.find((each) => each.topic === topic) ?? unasked(topic, entry.never ?? why);
  });
}
