import { evaluationLagMs, type SimulatedRow } from '../simulator/row.ts';
import type { Switches } from '../simulator/switches.ts';

/** Somebody or something that a row names. */
export type Sighting = { readonly id: string; readonly name: string | null };

/** One metric of a row, in the SDL's words. */
export type MetricFacts = {
  readonly metricId: string | null;
  readonly metricName: string | null;
  readonly weight: number | null;
  readonly negativeWeight: number | null;
  readonly qualification: string | null;
  readonly isFatalError: boolean | null;
  readonly auditorResponse: string | null;
};

export type CodeFacts = { readonly id: string; readonly name: string; readonly colour: string | null };
export type DispositionFacts = {
  readonly setId: string;
  readonly setName: string;
  readonly codes: readonly CodeFacts[];
};

/** What a client of GraphQL must see of one row, and when and under which filters the upstream lists it. */
export type Facts = {
  /** The instant by which the upstream picks it, in milliseconds since 1970. */
  readonly listedMs: number;
  readonly listedDirection: 'INBOUND' | 'OUTBOUND' | null;
  readonly isListedBelowThreshold: boolean;
  /** Tells rows apart: conversationId with agent and queue ids. Rows of a day are listed by conversationId, then by this. */
  readonly identity: string;
  readonly conversationId: string;
  readonly customConversationId: string | null;
  readonly agents: readonly Sighting[];
  readonly queues: readonly Sighting[];
  readonly score: number | null;
  readonly unscoredReason: string | null;
  readonly fatalErrorCount: number | null;
  readonly language: string | null;
  readonly channel: string | null;
  readonly contactDirection: string | null;
  readonly isDirectionDefaulted: boolean | null;
  readonly durationStatus: string | null;
  readonly evaluationStatus: string | null;
  readonly evaluatedAtMs: number | null;
  readonly metrics: readonly MetricFacts[];
  readonly auditStatus: string | null;
  readonly auditStatusLabel: string | null;
  readonly auditScore: number | null;
  readonly auditor: string | null;
  readonly auditedAtMs: number | null;
  readonly dispositions: readonly DispositionFacts[];
  readonly notApplicableScoringTreatment: string | null;
  readonly customFields: Readonly<Record<string, unknown>> | null;
};

/** The facts of a simulated row under the switches that decide what of it reaches the wire, and when it is listed. */
export function factsOf(row: SimulatedRow, switches: Switches): Facts {
  const { era, tableOnlyFields, dateField, zoneOffsetMinutes, corrupt } = switches;
  const has = (since: string) => era >= since;
  const hasTail = has('V5') && !row.absent.has('tail');
  const hasDispositions = era === 'V6' || era === 'V7' ? !row.absent.has('tail') : false;
  const metrics = row.metrics.map((metric) => metricFacts(metric, era));
  const durationStatus = has('V3') && !row.absent.has('duration') ? inCapitals(row.durationStatus) : null;
  const score = row.absent.has('score') ? null : row.score;
  const facts: Omit<Facts, 'identity' | 'unscoredReason'> = {
    listedMs: row.startMs + zoneOffsetMinutes * 60_000 + (dateField === 'evaluated' ? evaluationLagMs : 0),
    listedDirection: directionOf(row.direction),
    isListedBelowThreshold: row.isBelowThreshold,
    conversationId: row.conversationId,
    customConversationId: has('V2') ? row.customConversationId : null,
    agents: row.agents,
    queues: row.queues,
    score,
    fatalErrorCount: has('V3') && !row.absent.has('fatalCount') ? row.fatalErrorCount : null,
    language: has('V2') ? row.language : null,
    channel: tableOnlyFields ? inCapitals(row.channel) : null,
    contactDirection: hasTail && !row.absent.has('direction') ? directionOf(row.direction) : null,
    isDirectionDefaulted: tableOnlyFields && row.direction !== null ? row.channel === 'chat' : null,
    durationStatus,
    evaluationStatus: tableOnlyFields ? inCapitals(row.evaluationStatus) : null,
    evaluatedAtMs: tableOnlyFields && row.score !== null ? row.evaluatedAtMs : null,
    metrics,
    auditStatus: hasTail ? (auditStatuses[row.auditStatus] ?? 'UNKNOWN') : null,
    auditStatusLabel: hasTail ? row.auditStatus : null,
    auditScore: tableOnlyFields ? row.auditScore : null,
    auditor: hasTail ? row.auditorName : null,
    auditedAtMs: hasTail ? instantOf(row.auditDate) : null,
    dispositions: hasDispositions
      ? row.dispositions.map(({ setId, setName, codes }) => ({
          setId,
          setName,
          codes: codes.map(({ id, name, colour }) => ({ id, name, colour: era === 'V6' ? colour : null })),
        }))
      : [],
    notApplicableScoringTreatment: has('V7') && !row.absent.has('treatment') ? row.notApplicableScoringTreatment : null,
    customFields: hasTail ? row.customFields : null,
  };
  const seen = corrupt?.every === 1 ? { ...facts, ...corruptions[corrupt.kind]?.(facts) } : facts;
  const isScoreStated = corrupt?.every === 1 && unreadableScores.has(corrupt.kind);
  const reason = seen.score !== null || isScoreStated ? null : unscoredReason(seen.durationStatus, seen.metrics);
  return { ...seen, unscoredReason: reason, identity: identityOf(seen) };
}

/** The sort key that tells segments of one contact apart. */
export function identityOf({ conversationId, agents, queues }: Pick<Facts, 'conversationId' | 'agents' | 'queues'>) {
  const ids = (named: readonly Sighting[]) =>
    named
      .map(({ id }) => id)
      .toSorted()
      .join('\u0002');
  return `${conversationId}\u0001${ids(agents)}\u0001${ids(queues)}`;
}

/** Upstream's words for the audit (contract 2.3 and 5.1); any other is UNKNOWN. */
const auditStatuses: Readonly<Record<string, string>> = {
  Unassigned: 'UNASSIGNED',
  'Not Assigned': 'UNASSIGNED',
  Assigned: 'ASSIGNED',
  'Pending Agent Review': 'PENDING_AGENT_REVIEW',
  'Pending Supervisor Review': 'PENDING_SUPERVISOR_REVIEW',
  Resolved: 'RESOLVED',
  Closed: 'CLOSED',
  Audited: 'AUDITED',
};

const answers: Readonly<Record<string, string>> = {
  YES: 'YES',
  NO: 'NO',
  NA: 'NA',
  '-': 'PENDING',
  Yes: 'YES',
  No: 'NO',
  'N/A': 'NA',
};

/** What is left of a row whose bytes were broken in a way that can be read: only where every row is, so that place doesn't matter. */
const corruptions: Readonly<Record<string, (facts: Omit<Facts, 'identity' | 'unscoredReason'>) => Partial<Facts>>> = {
  'wrong-type': () => ({ language: null, metrics: [], agents: [] }),
  'score-as-text': () => ({ score: null }),
  'score-na': () => ({ score: null }),
  'score-out-of-range': () => ({ score: null }),
  'score-infinite': () => ({ score: null }),
  'score-negative-zero': () => ({ score: 0 }),
  'unknown-literals': () => ({
    durationStatus: 'UNKNOWN',
    contactDirection: null,
    auditStatus: 'UNKNOWN',
    auditStatusLabel: 'Zurückgestellt',
  }),
  'odd-date': () => ({ auditedAtMs: null }),
  'metric-without-id': () => ({
    metrics: [
      {
        metricId: null,
        metricName: 'Nameless',
        weight: 5,
        negativeWeight: null,
        qualification: 'YES',
        isFatalError: null,
        auditorResponse: null,
      },
    ],
  }),
  'duplicate-keys': () => ({ language: 'Klingon' }),
  'huge-name': () => ({ agents: [{ id: 'a-huge', name: 'x'.repeat(1_000_000) }] }),
  unicode: () => ({ queues: [{ id: 'qu-odd', name: '\ud800 lone \u0000 nul \u202e bidi' }] }),
};

const unreadableScores: ReadonlySet<string> = new Set([
  'score-as-text',
  'score-na',
  'score-out-of-range',
  'score-infinite',
]);

function metricFacts(metric: SimulatedRow['metrics'][number], era: string): MetricFacts {
  const isNamed = era >= 'V2' || metric.qualification !== 'YES';
  const isAnswered = era >= 'V5' && metric.qualification !== null && metric.auditorResponse !== null;
  return {
    metricId: metric.id,
    metricName: isNamed ? metric.name : null,
    weight: isNamed ? metric.weight : null,
    negativeWeight: era >= 'V2' ? metric.negativeWeight : null,
    qualification: metric.qualification === null ? null : (answers[metric.qualification] ?? 'UNKNOWN'),
    isFatalError: era >= 'V2' ? metric.isFatalError : null,
    auditorResponse: isAnswered ? (answers[metric.auditorResponse ?? ''] ?? 'UNKNOWN') : null,
  };
}

// Contract 2.6, quirks 2 and 4.
function unscoredReason(durationStatus: string | null, metrics: readonly MetricFacts[]): string {
  if (durationStatus === 'BELOW_THRESHOLD' || durationStatus === 'DURATION_UNAVAILABLE') return durationStatus;
  const areNoneApplicable = metrics.length > 0 && metrics.every(({ qualification }) => qualification === 'NA');
  return areNoneApplicable ? 'ALL_METRICS_NOT_APPLICABLE' : 'NOT_EVALUATED';
}

function directionOf(direction: SimulatedRow['direction']): 'INBOUND' | 'OUTBOUND' | null {
  if (direction === null) return null;
  return direction === 'inbound' ? 'INBOUND' : 'OUTBOUND';
}

function inCapitals(word: string | null): string | null {
  return word === null ? null : word.toUpperCase();
}

function instantOf(date: string | number | null): number | null {
  if (date === null || typeof date === 'number') return date;
  return Date.parse(date.endsWith('Z') ? date : `${date.replace(' ', 'T')}Z`);
}
