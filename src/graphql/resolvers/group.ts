import type { ScoreGroupResolvers } from '../generated.ts';
import type { GroupModel } from '../models.ts';

/** What a group was grouped by; literals of the model are those of the schema. */
export const ScoreGroup: ScoreGroupResolvers = {
  agent: (group) => sighted(group, 'AGENT', (agentId) => ({ agentId, name: null })),
  queue: (group) => sighted(group, 'QUEUE', (queueId) => ({ queueId, name: null })),
  metric: (group) => sighted(group, 'METRIC', (metricId) => ({ metricId, name: null })),
  language: ({ facts }) => facts.text('LANGUAGE'),
  channel: ({ facts }) => facts.literal('CHANNEL'),
  contactDirection: ({ facts }) => facts.literal('CONTACT_DIRECTION'),
  auditStatus: ({ facts }) => facts.literal('AUDIT_STATUS'),
  auditor: ({ facts }) => facts.text('AUDITOR'),
  evaluationStatus: ({ facts }) => facts.literal('EVALUATION_STATUS'),
  durationStatus: ({ facts }) => facts.literal('DURATION_STATUS'),
  disposition: ({ facts }) => facts.disposition,
  period: ({ facts }) => facts.period,
};

function sighted<Node>(
  { facts }: GroupModel,
  dimension: 'AGENT' | 'QUEUE' | 'METRIC',
  nodeOf: (id: string) => Node,
): Node | null {
  const id = facts.text(dimension);
  return id === null ? null : nodeOf(id);
}
