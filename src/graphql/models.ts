import type { AgentSighting, QueueSighting, Row } from '../model/conversation.ts';
import type { Window } from '../model/window.ts';
import type { AdherenceTallies, AdherenceTally } from '../selection/adherence.ts';
import type { AuditTally } from '../selection/audits.ts';
import type { ScoreTally } from '../selection/scores.ts';
import type { GroupFacts } from './answering/breakdown.ts';
import type { Owner } from './asking/demand.ts';
import type { RowsQuestion } from './asking/question.ts';

/** How much of a question an answer rests on; `asOf` in milliseconds since 1970. */
export type CoverageModel = {
  readonly complete: boolean;
  readonly daysRead: number;
  readonly daysExpected: number;
  readonly conversationsRead: number;
  readonly conversationsExpected: number | null;
  readonly asOf: number | null;
  readonly retryAfterSeconds: number | null;
};

/** A page's ends. Cursors are sealed when they are selected. */
export type PageInfoModel = {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: () => string | null;
  readonly endCursor: () => string | null;
};

/** A page of conversations. Rows that could not be read are no edges. */
export type ConnectionModel = {
  readonly edges: readonly EdgeModel[];
  readonly pageInfo: PageInfoModel;
  readonly totalCount: number | null;
  readonly window: Window;
  readonly coverage: CoverageModel;
  /** What it is a page of. */
  readonly question: RowsQuestion;
  readonly owner: Owner | null;
};

export type EdgeModel = { readonly row: Row; readonly cursor: () => string };

export type MetricSighting = { readonly metricId: string; readonly name: string | null };

/** An agent, queue or metric in its place. */
export type DirectoryEdgeModel<Node, Figures> = {
  readonly node: Node;
  readonly cursor: () => string;
  readonly figures: Figures;
};

/** A page of agents, queues or metrics. */
export type DirectoryModel<Node, Figures> = {
  readonly edges: readonly DirectoryEdgeModel<Node, Figures>[];
  readonly pageInfo: PageInfoModel;
  readonly totalCount: number | null;
  readonly coverage: CoverageModel;
};

export type AgentEdgeModel = DirectoryEdgeModel<AgentSighting, SummaryModel>;
export type AgentConnectionModel = DirectoryModel<AgentSighting, SummaryModel>;
export type QueueEdgeModel = DirectoryEdgeModel<QueueSighting, SummaryModel>;
export type QueueConnectionModel = DirectoryModel<QueueSighting, SummaryModel>;
export type MetricEdgeModel = DirectoryEdgeModel<MetricSighting, AdherenceModel>;
export type MetricConnectionModel = DirectoryModel<MetricSighting, AdherenceModel>;

/** Figures that are added up when they are first asked for, each once. */
export type SummaryModel = {
  readonly scores: () => Promise<ScoreTally>;
  readonly audits: () => Promise<AuditTally>;
  /** By metric. */
  readonly adherence: () => Promise<AdherenceTallies>;
  readonly coverage: CoverageModel;
};

/** How one metric was met. */
export type AdherenceModel = {
  readonly metric: MetricSighting;
  readonly tally: AdherenceTally;
  readonly coverage: CoverageModel;
};

export type BreakdownModel = { readonly groups: readonly GroupModel[]; readonly coverage: CoverageModel };

/** One group: what it was grouped by, and its figures. */
export type GroupModel = { readonly facts: GroupFacts; readonly summary: SummaryModel };

/** What is known of the upstream. Instants in milliseconds since 1970. */
export type UpstreamModel = {
  readonly quota: {
    readonly callsMax: number;
    readonly remaining: number;
    readonly queuedCalls: number;
    readonly resetAt: number | null;
  };
  readonly drift: readonly DriftModel[];
};

export type DriftModel = {
  readonly path: string;
  readonly kind: 'UNKNOWN_KEY' | 'UNKNOWN_VALUE' | 'MISSING' | 'WRONG_TYPE';
  readonly example?: string | undefined;
  readonly count: number;
  readonly firstSeenAt: number;
};
