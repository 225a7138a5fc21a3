/**
 * Everything that a report speaks of, in its order. `never` says why thirty harmless calls can't learn it; all other topics are asked about.
 */
export const topics = {
  jti: { title: 'Tokens with a jti' },
  algorithms: { title: 'Signatures of tokens' },
  encryptedTokens: {
    title: 'Encrypted tokens (JWE)',
    never: 'the gateway sends none; where they are demanded, every call is refused for its credential',
  },
  signingKey: {
    title: 'The key that tokens are verified with',
    never: 'only that the configured one is accepted; another would have to be made in the JWT app first',
  },
  payload: { title: 'Payload' },
  contentType: { title: 'Content type' },
  compression: { title: 'Compression' },
  latency: { title: 'Time per call' },
  clock: { title: "The upstream's clock" },

  dateForms: { title: 'Forms of dates' },
  dateOffset: { title: 'Dates with an offset from UTC' },
  datesHeeded: { title: 'Dates narrow the list' },
  windowEnd: { title: 'Meaning of endDate' },
  dateField: { title: 'Which time the dates mean' },
  liveEdge: { title: 'Newest rows against the clock' },
  range: { title: 'Longest window' },
  reversed: { title: 'A window that ends before it begins' },
  thresholdForm: { title: 'Type of include_below_threshold' },
  thresholdDefault: { title: 'include_below_threshold left out' },
  thresholdHeeded: { title: 'include_below_threshold narrows the list' },
  directionHeeded: { title: 'contact_direction narrows the list' },
  limit: { title: 'limit' },
  limitOver: { title: 'A limit above 100' },
  offset: { title: 'offset' },
  offsetReach: { title: 'How far offsets reach' },
  pastEnd: { title: 'An offset behind the last row' },

  order: { title: 'Order of rows' },
  orderExtent: { title: 'How far rows change places' },
  seams: { title: 'Where two pages meet' },
  surplus: { title: 'Rows above the limit' },
  emptyPages: { title: 'Pages without rows' },
  totals: { title: 'totalResults' },
  totalPages: { title: 'totalPages' },
  emptyTotals: { title: 'totalPages of an empty window' },
  hasMore: { title: 'hasMore' },

  spelling: { title: 'Spelling of keys' },
  version: { title: 'Published version whose keys arrive' },
  tableOnly: { title: 'Keys that only tables have' },
  gaps: { title: 'What rows leave open' },
  segments: { title: 'Conversations with several rows' },
  deviations: { title: 'What the gateway can not read' },
  auditDates: { title: 'Forms of AuditDate' },
  words: { title: 'Open words' },

  errorForm: { title: 'Form of refusals' },
  errorStatus: { title: 'Status of refusals' },
  rate: { title: 'Refusal for the rate' },
  rateCause: { title: 'Calls until that refusal' },
  quotaKind: {
    title: 'Rolling or fixed window of the quota',
    never: "telling them apart takes the whole account's quota for two minutes",
  },
  quotaWindow: { title: 'Length of that window', never: "the same: it takes the whole account's quota" },
  quotaRefused: {
    title: 'Whether refused calls count against the quota',
    never: 'it takes calls beyond the quota, which would keep everybody else of the account out',
  },
  rawData: {
    title: 'Whether raw data has a quota of its own',
    never: 'it takes the whole quota, and the other endpoint is never called',
  },
  scoredAgent: {
    title: 'Which of several agents is scored',
    never: 'rows do not say it; somebody who knows one transferred contact has to look',
  },
} as const satisfies Record<string, { readonly title: string; readonly never?: string }>;

export type Topic = keyof typeof topics;

/** `learned`: answered. `untold`: asked, but what came back doesn't decide it. `unasked`: not asked, and why. */
export type Finding = {
  readonly topic: Topic;
  readonly state: 'learned' | 'untold' | 'unasked';
  /** A few words that a program can compare; empty unless learned. */
  readonly answer: string;
  /** A sentence for people. */
  readonly text: string;
};

/** What was learned, in a few words and, where those don't suffice, in a sentence. */
export function learned(topic: Topic, answer: string, text = ''): Finding {
  return { topic, state: 'learned', answer, text };
}

/** What was asked and stays open, and why. */
export function untold(topic: Topic, text: string): Finding {
  return { topic, state: 'untold', answer: '', text };
}

/** What was not asked, and why. */
export function unasked(topic: Topic, text: string): Finding {
  return { topic, state: 'unasked', answer: '', text };
}

/** What is known of a topic, if it was learned. */
export function answerTo(findings: readonly Finding[], topic: Topic): string | undefined {
  return findings.find((each) => each.topic === topic && each.state === 'learned')?.answer;
}
