import { auditOf } from './audit.ts';
import { customConversationIdOf, customFieldsOf, dispositionsOf, type SimulatedDisposition } from './extras.ts';
import { hash, share } from './hash.ts';
import { conversationSerial, idOfSerial } from './ids.ts';
import { classAt, type Direction, type Layout, type RowRef } from './layout.ts';
import { languages } from './names.ts';
import { type Answering, answerMetrics, type SimulatedMetric } from './outcome.ts';
import { agentShown, agentsOf, type Named, queueOf, queuesShown } from './people.ts';
import { scoreOf } from './score.ts';
import type { Tenant } from './tenant.ts';

/** A conversation as plain facts, free of the wire's spelling. What the wire leaves out though it is null is in `absent`. */
export type SimulatedRow = {
  readonly serial: number;
  readonly conversationId: string;
  readonly customConversationId: string | null;
  /** Milliseconds since 1970, as all instants here. The wire never states it. */
  readonly startMs: number;
  readonly evaluatedAtMs: number;
  readonly isBelowThreshold: boolean;
  readonly direction: Direction | null;
  readonly channel: 'voice' | 'chat';
  readonly queues: readonly Named[];
  readonly agents: readonly Named[];
  readonly score: number | null;
  readonly fatalErrorCount: number;
  readonly language: string;
  readonly durationStatus: 'evaluated' | 'below_threshold' | 'duration_unavailable' | null;
  readonly evaluationStatus: 'pass' | 'fail' | 'not_evaluated';
  readonly notApplicableScoringTreatment: string | null;
  readonly metrics: readonly SimulatedMetric[];
  readonly auditStatus: string;
  readonly auditDate: string | number | null;
  readonly auditorName: string | null;
  readonly auditScore: number | null;
  readonly dispositions: readonly SimulatedDisposition[];
  readonly customFields: Readonly<Record<string, string>>;
  /** Keys that this row omits. `tail`: everything from contactDirection on, as in contract 2.8. */
  readonly absent: ReadonlySet<'score' | 'duration' | 'fatalCount' | 'treatment' | 'direction' | 'tail'>;
};

/** What a row is computed from. `quirks` false gives clean rows; segments need quirks (contract 2.6). */
export type RowSource = {
  readonly layout: Layout;
  readonly tenant: Tenant;
  readonly quirks: boolean;
  readonly segments: boolean;
};

/** Evaluation ends this long after the start; constant, so that a filter by it stays arithmetic. */
export const evaluationLagMs = 2_700_000;

/** The facts of a row: a function of the seed, the row's place and the number of times that it was touched. */
export function makeRow(source: RowSource, row: RowRef, version: number): SimulatedRow {
  const { layout, tenant, quirks } = source;
  const { seed } = layout;
  const { serial, startMs } = row;
  const { isBelowThreshold } = classAt(layout, row.classIndex);
  const direction = classAt(layout, row.classIndex).direction ?? (quirks ? null : 'inbound');
  const kind = kindOf(seed, serial, isBelowThreshold, direction, quirks);
  const partnerSerial = partnerOf(source, serial);
  const agents = agentsOf(tenant, { seed, serial, partnerSerial, quirks });
  const audit = auditOf(seed, serial, version, startMs, quirks);
  const form = queueOf(tenant, seed, serial).forms[direction ?? 'inbound'];
  const skill = agents[0]?.skill ?? 0.7;
  const isAudited = audit.isCompleted && kind.answering !== 'unqualified';
  const answered = kind.hasForm
    ? answerMetrics({ seed, serial, form, skill, answering: kind.answering, isAudited, quirks })
    : [];
  const score = kind.answering === 'unqualified' || !kind.hasForm ? null : scoreOf(form, answered);
  const fatalErrorCount = answered.filter(({ isFatalError }) => isFatalError).length;
  return {
    serial,
    conversationId: idOfSerial(seed, partnerSerial),
    customConversationId: customConversationIdOf(seed, serial, startMs, quirks),
    startMs,
    evaluatedAtMs: startMs + evaluationLagMs,
    isBelowThreshold,
    direction,
    channel: hash(seed, serial, 902) % 4 === 0 ? 'chat' : 'voice',
    queues: queuesShown(tenant, seed, serial, quirks),
    agents: agents.map((agent) => agentShown(agent, seed, serial, quirks)),
    score,
    fatalErrorCount,
    language: kind.answering === 'all-na' ? 'Dutch' : languageOf(seed, serial),
    durationStatus: kind.durationStatus,
    evaluationStatus:
      score === null ? 'not_evaluated' : score >= form.passScore && fatalErrorCount === 0 ? 'pass' : 'fail',
    notApplicableScoringTreatment: kind.hasForm ? form.treatment : null,
    metrics: shown(answered, quirks && hash(seed, serial, 904) % 20 === 0),
    auditStatus: audit.status,
    auditDate: audit.date,
    auditorName: audit.auditorName,
    auditScore: audit.isCompleted && score !== null ? clamp(score + audit.correction) : null,
    dispositions: dispositionsOf(seed, serial),
    customFields: customFieldsOf(seed, serial),
    absent: kind.absent,
  };
}

/** The serial whose id the row bears: its own, or with segments on that of the row whose conversation it is a part of. */
export function partnerOf({ layout, quirks, segments }: RowSource, serial: number): number {
  return quirks && segments ? conversationSerial(layout, serial) : serial;
}

type Kind = Pick<SimulatedRow, 'durationStatus' | 'absent'> & {
  readonly answering: Answering;
  readonly hasForm: boolean;
};

// The sorts of row of contract 2.6: scored; below threshold; of unknown length; all NA; without a form; older than a feature.
function kindOf(
  seed: number,
  serial: number,
  isBelowThreshold: boolean,
  direction: Direction | null,
  quirks: boolean,
): Kind {
  const drawn = share(seed, serial, 901);
  const scored: Kind = { answering: 'drawn', hasForm: true, durationStatus: 'evaluated', absent: new Set() };
  if (isBelowThreshold) {
    const absent = new Set(direction === null ? (['tail', 'treatment'] as const) : []);
    return { ...scored, answering: 'unqualified', durationStatus: 'below_threshold', absent };
  }
  if (!quirks) return scored;
  if (direction === null && drawn < 0.4) {
    const absent = new Set(['score', 'duration', 'fatalCount', 'treatment', 'tail'] as const);
    return { ...scored, hasForm: false, durationStatus: null, absent };
  }
  if (direction === null) {
    const absent = new Set(drawn < 0.7 ? (['treatment', 'direction'] as const) : (['treatment'] as const));
    return { ...scored, durationStatus: null, absent };
  }
  if (drawn < 0.005)
    return { ...scored, hasForm: false, durationStatus: null, absent: new Set(['score', 'treatment'] as const) };
  if (drawn < 0.015) return { ...scored, answering: 'unqualified', durationStatus: 'duration_unavailable' };
  if (drawn < 0.025) return { ...scored, answering: 'all-na' };
  if (drawn < 0.045) return { ...scored, durationStatus: null, absent: new Set(['treatment'] as const) };
  return scored;
}

// Some rows count a fatal error and do not show the metric (contract 2.6.14).
function shown(metrics: readonly SimulatedMetric[], hidesFatal: boolean): readonly SimulatedMetric[] {
  return hidesFatal ? metrics.filter(({ isFatalError }) => !isFatalError) : metrics;
}

function languageOf(seed: number, serial: number): string {
  const drawn = hash(seed, serial, 903);
  return drawn % 5 === 0 ? (languages[(drawn >>> 4) % languages.length] ?? 'English') : 'English';
}

function clamp(score: number): number {
  return Math.max(-100, Math.min(100, score));
}
