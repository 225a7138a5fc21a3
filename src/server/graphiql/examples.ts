/** A question to begin with. Each has one operation, whose name is the tab's title. */
export type Example = {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>> | null;
};

/** What people come to ask, one to a tab. Windows are counted from now, so that they are never of another year. */
export function examplesAt(nowMs: number): readonly Example[] {
  const window = yesterday(nowMs);
  return [
    { query: firstPage, variables: null },
    { query: nextPage, variables: { after: null } },
    { query: lastPage, variables: { before: null } },
    { query: leaderboard, variables: { window, orderBy: { field: 'AVERAGE_SCORE', direction: 'DESC' } } },
    { query: workList, variables: { window, score: { max: 50 } } },
    { query: inboundAndOutbound, variables: { window } },
    { query: inFull, variables: null },
    { query: oneDay, variables: { window, first: 25 } },
  ];
}

const dayMs = 86_400_000;

function yesterday(nowMs: number): { readonly from: string; readonly until: string } {
  const midnight = nowMs - (nowMs % dayMs);
  return { from: instant(midnight - dayMs), until: instant(midnight) };
}

function instant(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

// Lines are short, for the editor does not fold them.
const firstPage = `# The first conversations of the seven days that end
# with today, and how they were scored. To go on, copy
# endCursor from the answer: the next tab wants it.
query FirstPage {
  conversations(first: 10) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      conversationId
      koreEvaluationScore
      unscoredReason
      agents { name }
      queues { name }
    }
    window { from until }
  }
}
`;

const nextPage = `# The page after a cursor: paste endCursor of the page
# before it into the variable "after", below. A cursor
# knows its window, so none is given here. With null,
# this is the first page.
query NextPage($after: String) {
  conversations(first: 10, after: $after) {
    pageInfo { hasPreviousPage hasNextPage endCursor }
    nodes {
      conversationId
      koreEvaluationScore
      unscoredReason
      agents { name }
      queues { name }
    }
  }
}
`;

const lastPage = `# The end of the list, still in the list's order: the
# last row stands last. To go further back, paste
# startCursor into the variable "before", below. Where
# the end is may have to be asked first: at most two
# upstream calls.
query LastPage($before: String) {
  conversations(last: 10, before: $before) {
    totalCount
    pageInfo { hasPreviousPage hasNextPage startCursor }
    nodes {
      conversationId
      koreEvaluationScore
      contactDirection
    }
  }
}
`;

const leaderboard = `# Who did how well yesterday. Everyone who took part
# gets the whole score. Try another order in the
# variables: CONVERSATION_COUNT, PASS_RATE, NAME ...
# Figures read the whole window once, about one call for
# each 99 conversations; whatever else is asked about
# it, as the next tabs do, then costs none.
query Leaderboard(
  $window: TimeWindow!
  $orderBy: SummaryOrder
) {
  agents(window: $window, orderBy: $orderBy, first: 10) {
    totalCount
    edges {
      node { agentId name }
      summary {
        conversationCount
        scoredCount
        averageScore
        fatalConversationCount
        passRate
      }
    }
    coverage { complete retryAfterSeconds }
  }
}
`;

const workList = `# The worst conversations of yesterday that nobody has
# audited yet. All conditions of a filter must hold;
# anyOf and not make others of them.
query WorkList(
  $window: TimeWindow!
  $score: FloatRange
) {
  conversations(
    window: $window
    filterBy: {
      auditStatuses: [UNASSIGNED]
      koreEvaluationScore: $score
    }
    orderBy: { field: KORE_EVALUATION_SCORE, direction: ASC }
    first: 25
  ) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      conversationId
      koreEvaluationScore
      fatalErrorCount
      agents { name }
      queues { name }
    }
    coverage { complete retryAfterSeconds }
  }
}
`;

const inboundAndOutbound = `# Conversations that the customers began, against those
# that the contact centre did. The group of null states
# no direction. by takes one to three dimensions: try
# [QUEUE, CONTACT_DIRECTION], or [METRIC].
query InboundAndOutbound($window: TimeWindow!) {
  scoreBreakdown(window: $window, by: [CONTACT_DIRECTION]) {
    groups {
      contactDirection
      queue { name }
      metric { name }
      summary {
        conversationCount
        averageScore
        medianScore: scorePercentile
        fatalRate
      }
    }
    coverage { complete retryAfterSeconds }
  }
}
`;

const inFull = `# Everything that is known of a few conversations, also
# of those too short to be evaluated: they have no
# score, and unscoredReason says why.
query InFull {
  conversations(
    first: 25
    filterBy: { includeBelowThreshold: true }
  ) {
    nodes {
      conversationId
      customConversationId
      koreEvaluationScore
      unscoredReason
      fatalErrorCount
      evaluationStatus
      evaluatedAt
      durationStatus
      channel
      language
      contactDirection
      isDirectionDefaulted
      notApplicableScoringTreatment
      agents { agentId name }
      queues { queueId name }
      metrics {
        metricName
        qualification
        weight
        negativeWeight
        isFatalError
        auditorResponse
      }
      audit { status statusLabel score auditor auditedAt }
      dispositions { setName codes { name colour } }
      customFields
    }
  }
}
`;

const oneDay = `# The conversations of one day: yesterday, in UTC. The
# variables below hold the window. "until" is the first
# second that no longer belongs to it, so days can be
# put end to end.
query OneDay($window: TimeWindow!, $first: Int) {
  conversations(window: $window, first: $first) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      conversationId
      koreEvaluationScore
      evaluationStatus
      queues { name }
    }
  }
}
`;
