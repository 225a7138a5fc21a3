import type { Conversation as ConversationModel, Row } from '../../model/conversation.ts';
import { isHidden } from '../asking/access.ts';
import { metered, meteredJson } from '../context.ts';
import type {
  ConversationAuditResolvers,
  ConversationResolvers,
  DispositionResolvers,
  MetricResultResolvers,
} from '../generated.ts';
import { conversationGlobalId } from '../ids.ts';

export const Conversation: ConversationResolvers = {
  id: (row) => conversationGlobalId(row, facts(row)),
  conversationId: (row) => facts(row).conversationId,
  customConversationId: (row) => facts(row).customConversationId,
  agents: (row, _, context, info) => metered(context, info, facts(row).agents),
  queues: (row, _, context, info) => metered(context, info, facts(row).queues),
  koreEvaluationScore: (row) => facts(row).koreEvaluationScore,
  unscoredReason: (row) => facts(row).unscoredReason,
  fatalErrorCount: (row) => facts(row).fatalErrorCount,
  language: (row) => facts(row).language,
  channel: (row) => facts(row).channel,
  contactDirection: (row) => facts(row).contactDirection,
  isDirectionDefaulted: (row) => facts(row).isDirectionDefaulted,
  durationStatus: (row) => facts(row).durationStatus,
  evaluationStatus: (row) => facts(row).evaluationStatus,
  evaluatedAt: (row) => facts(row).evaluatedAt,
  metrics: (row, _, context, info) => metered(context, info, facts(row).metrics),
  audit: (row) => facts(row).audit,
  dispositions: (row, _, context, info) => metered(context, info, facts(row).dispositions),
  notApplicableScoringTreatment: (row) => facts(row).notApplicableScoringTreatment,
  customFields: (row, _, context) =>
    isHidden('Conversation.customFields', context.caller.rights) ? null : meteredJson(context, facts(row).customFields),
};

export const Disposition: DispositionResolvers = {
  codes: ({ codes }, _, context, info) => metered(context, info, codes),
};

export const ConversationAudit: ConversationAuditResolvers = {
  auditor: ({ auditor }, _, { caller: { rights } }) => (isHidden('ConversationAudit.auditor', rights) ? null : auditor),
};

export const MetricResult: MetricResultResolvers = {
  metric: ({ metricId, metricName }) => (metricId === null ? null : { metricId, name: metricName }),
};

/** Only rows that could be read become nodes. */
function facts({ conversation }: Row): ConversationModel {
  if (conversation === null) throw new Error('a row that could not be read is no node');
  return conversation;
}
