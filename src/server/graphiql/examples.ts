/** A question to begin with. Each has one operation, whose name is the tab's title. */
export type Example = {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>> | null;
};

/** What people come to ask, one to a tab. Windows are counted from now, so that they are never of another year. */
export function examplesAt(nowMs: number): readonly Example[] {
  return [
    { query: firstPage, variables: null },
    { query: nextPage, variables: { after: null } },
    { query: lastPage, variables: { before: null } },
    { query: inboundAndOutbound, variables: null },
    { query: inFull, variables: null },
    { query: oneDay, variables: { window: yesterday(nowMs), first: 25 } },
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

const inboundAndOutbound = `# How many conversations the customers began, and how
# many the contact centre. Those that state no
# direction are in neither. Two lists cost two upstream
# calls, though first: 0 asks for their counts alone.
query InboundAndOutbound {
  inbound: conversations(
    first: 0
    filterBy: { contactDirection: INBOUND }
  ) {
    ...Count
  }
  outbound: conversations(
    first: 0
    filterBy: { contactDirection: OUTBOUND }
  ) {
    ...Count
  }
}

fragment Count on ConversationConnection {
  totalCount
  coverage { complete asOf }
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
