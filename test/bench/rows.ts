import { createHash } from 'node:crypto';
import { type Conversation, identityOf, type MetricResult, type Row } from '../../src/model/conversation.ts';
import { conversationOf } from '../model/sample.ts';

/**
 * Rows as a contact centre has them: 60 agents, 12 queues, 25 forms of 10 metrics out of 80, each form with its own weights; one in five audited, one in
 * five with custom fields of its own. Equal for equal arguments.
 */
export function rowsOf(rowCount: number, seed = 0): readonly Row[] {
  const rows = Array.from({ length: rowCount }, (_, index) => {
    const conversation = rowConversation(draws(`${seed}-${index}`), index);
    return { identity: identityOf(conversation), conversation };
  });
  return rows.sort((one, other) => (one.identity < other.identity ? -1 : 1));
}

function rowConversation(draw: Draws, index: number): Conversation {
  const [agent, queue, form] = [draw.below(60), draw.below(12), draw.below(25)];
  const isAudited = draw.below(100) < 22;
  const isScored = draw.below(10) !== 0;
  const evaluatedAt = 1_780_000_000_000 + draw.below(86_400_000);
  return conversationOf({
    conversationId: `c-${draw.hex.slice(0, 8)}-${draw.hex.slice(8, 43)}`.slice(0, 45),
    agents: [{ agentId: `a-${1000 + agent}-0000-4000-8000-00000000`, name: `Agent Number ${agent}` }],
    queues: [{ queueId: `q-${queue}-0000-4000-8000-000000000000`, name: `Queue ${queue}` }],
    koreEvaluationScore: isScored ? draw.below(101) : null,
    unscoredReason: isScored ? null : 'BELOW_THRESHOLD',
    fatalErrorCount: draw.below(8) === 0 ? 1 : 0,
    language: draw.below(3) === 0 ? 'de' : 'en',
    contactDirection: draw.below(4) === 0 ? 'OUTBOUND' : 'INBOUND',
    isDirectionDefaulted: draw.below(20) === 0,
    channel: draw.below(5) === 0 ? 'CHAT' : 'VOICE',
    durationStatus: isScored ? 'EVALUATED' : 'BELOW_THRESHOLD',
    evaluationStatus: isScored ? 'PASS' : 'NOT_EVALUATED',
    evaluatedAt,
    metrics: Array.from({ length: 10 }, (_, at) => rowMetric(draw, form, at)),
    audit: {
      status: isAudited ? 'AUDITED' : 'UNASSIGNED',
      statusLabel: isAudited ? 'Audited' : 'Unassigned',
      score: isAudited ? draw.below(101) : null,
      auditor: isAudited ? `Auditor ${draw.below(8)}` : null,
      auditedAt: isAudited ? evaluatedAt + 3_600_000 + draw.below(86_400_000) : null,
    },
    dispositions: draw.below(3) === 0 ? [{ setId: 's-1', setName: 'Outcome', codes: [disposition(draw)] }] : [],
    notApplicableScoringTreatment: 'EXCLUDE',
    customFields: draw.below(5) === 0 ? { orderNumber: `ORD-${index}`, region: `region-${draw.below(9)}` } : null,
  });
}

function rowMetric(draw: Draws, form: number, at: number): MetricResult {
  const metric = (form * 7 + at * 3) % 80;
  const isFatal = at === 9 ? draw.below(10) === 0 : null;
  return {
    metricId: `m-${metric}-0000-4000-8000-000000000000`,
    metricName: `Did the agent keep to rule ${metric}?`,
    weight: 5 + ((form + at) % 4) * 2.5,
    negativeWeight: at === 0 ? -5 : 0,
    qualification: (['YES', 'YES', 'NO', 'NA'] as const)[draw.below(4)] ?? null,
    isFatalError: isFatal,
    auditorResponse: draw.below(40) === 0 ? 'NO' : null,
  };
}

function disposition(draw: Draws) {
  const code = draw.below(20);
  return { id: `d-${code}`, name: `Disposition ${code}`, colour: '#3366cc' };
}

type Draws = { readonly hex: string; below(bound: number): number };

/** Numbers that look drawn, and are the same for the same text. */
function draws(text: string): Draws {
  const hex = createHash('sha256').update(text).digest('hex');
  let state = Number.parseInt(hex.slice(-8), 16);
  const below = (bound: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  return { hex, below };
}
