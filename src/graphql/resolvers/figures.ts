import { adherenceRate, pointsLost } from '../../selection/adherence.ts';
import {
  auditedCount,
  auditStatusCounts,
  averageAuditScore,
  bothScoredCount,
  meanAbsoluteDifference,
  meanDifference,
} from '../../selection/audits.ts';
import {
  averageScore,
  belowThresholdCount,
  durationUnavailableCount,
  failCount,
  fatalConversationCount,
  fatalErrorCount,
  fatalRate,
  maximumScore,
  minimumScore,
  passCount,
  passRate,
  scoreDistribution,
  scoredCount,
  scorePercentile,
} from '../../selection/scores.ts';
import { metered, preparedOf } from '../context.ts';
import type { AuditSummaryResolvers, MetricAdherenceResolvers, ScoreSummaryResolvers } from '../generated.ts';

/** Figures are added up when they are selected. */
export const ScoreSummary: ScoreSummaryResolvers = {
  conversationCount: async ({ scores }) => (await scores()).conversationCount,
  scoredCount: async ({ scores }) => scoredCount(await scores()),
  belowThresholdCount: async ({ scores }) => belowThresholdCount(await scores()),
  durationUnavailableCount: async ({ scores }) => durationUnavailableCount(await scores()),
  averageScore: async ({ scores }) => averageScore(await scores()),
  minimumScore: async ({ scores }) => minimumScore(await scores()),
  maximumScore: async ({ scores }) => maximumScore(await scores()),
  scorePercentile: async ({ scores }, { at }) => scorePercentile(await scores(), at),
  scoreDistribution: async ({ scores }, { bucketWidth }) => scoreDistribution(await scores(), bucketWidth),
  passCount: async ({ scores }) => passCount(await scores()),
  failCount: async ({ scores }) => failCount(await scores()),
  passRate: async ({ scores }) => passRate(await scores()),
  fatalConversationCount: async ({ scores }) => fatalConversationCount(await scores()),
  fatalErrorCount: async ({ scores }) => fatalErrorCount(await scores()),
  fatalRate: async ({ scores }) => fatalRate(await scores()),
  audit: ({ audits }) => audits(),
  metrics: async ({ adherence, coverage }, _, context, info) => {
    if (preparedOf(context).meter.failure() !== null) return []; // Nothing needs be added up.
    return metered(context, info, [...(await adherence())]).map(([metricId, tally]) => ({
      metric: { metricId, name: null },
      tally,
      coverage,
    }));
  },
};

export const AuditSummary: AuditSummaryResolvers = {
  byStatus: (tally, _, context, info) => metered(context, info, auditStatusCounts(tally)),
  auditedCount,
  averageAuditScore,
  bothScoredCount,
  meanDifference,
  meanAbsoluteDifference,
};

export const MetricAdherence: MetricAdherenceResolvers = {
  yesCount: ({ tally }) => tally.yesCount,
  noCount: ({ tally }) => tally.noCount,
  notApplicableCount: ({ tally }) => tally.notApplicableCount,
  pendingCount: ({ tally }) => tally.pendingCount,
  fatalCount: ({ tally }) => tally.fatalCount,
  auditedCount: ({ tally }) => tally.auditedCount,
  agreementCount: ({ tally }) => tally.agreementCount,
  adherenceRate: ({ tally }) => adherenceRate(tally),
  pointsLost: ({ tally }) => pointsLost(tally),
};
