/**
 * The published spellings of the wire. Seven versions of the vendor's page disagree (contract sections 2.1 to 2.5): samples say
 * `"Queue ID"` and `koreEvalutionScore`, tables say `queueId` and `koreEvaluationScore`. Keys are compared folded, so only names that
 * differ in their letters stand here.
 */
export type Spelling<Field extends string> = {
  /** What a key means, by the key as it is printed and by its fold. */
  readonly fields: ReadonlyMap<string, Field>;
  /** The keys as the samples print them: where one object spells a field twice, they outrank the tables' names. */
  readonly sampled: ReadonlySet<string>;
};

/** Words and what they fold to: the same few come again and again. */
const folds = new Map<string, string>();
const [foldsMax, foldedLengthMax] = [1_000, 100];

export const envelopeSpelling = spelling({
  results: ['results'],
  total: ['totalResults'],
  hasMore: ['hasMore'],
  pageCount: ['totalPages'],
});

export const rowSpelling = spelling({
  conversationId: ['conversationId'],
  customConversationId: ['customConversationId'],
  queues: ['Queues'],
  agents: ['Agents'],
  score: ['koreEvalutionScore', 'koreEvaluationScore'],
  fatalErrorCount: ['fatalErrorCount'],
  language: ['Language'],
  durationStatus: ['duration_status'],
  evaluationStatus: ['evaluation_status'],
  evaluatedAt: ['evaluatedAt'],
  notApplicableScoringTreatment: ['notApplicableScoringTreatment'],
  metrics: ['Metrics'],
  contactDirection: ['contactDirection'],
  isDirectionDefaulted: ['is_direction_defaulted'],
  channel: ['channel'],
  auditStatus: ['AuditStatus'],
  auditScore: ['AuditScore'],
  auditDate: ['AuditDate'],
  auditor: ['AuditorName', 'auditor'],
  dispositions: ['Disposition', 'dispositions'],
  customFields: ['custom_fields'],
});

export const agentSpelling = spelling({ id: ['Agent ID'], name: ['Agent Name'] });
export const queueSpelling = spelling({ id: ['Queue ID'], name: ['Queue Name'] });

export const metricSpelling = spelling({
  metricId: ['Metric ID'],
  metricName: ['Metric Name'],
  weight: ['Metric Weight'],
  negativeWeight: ['Metric Negative Weight'],
  qualification: ['Qualification'],
  isFatalError: ['isFatalError'],
  auditorResponse: ['Auditor Response'],
});

export const dispositionSpelling = spelling({ setId: ['setId'], setName: ['setName'], codes: ['code', 'codes'] });
export const dispositionCodeSpelling = spelling({ id: ['id'], name: ['name'], colour: ['colour', 'color'] });

/** A key without what the spellings differ in: case, blanks and underscores. */
export function fold(key: string): string {
  const known = folds.get(key);
  if (known !== undefined) return known;
  const folded = key.replaceAll(/[\s_]/g, '').toLowerCase();
  if (foldedLengthMax < key.length) return folded;
  if (foldsMax <= folds.size) folds.clear();
  folds.set(key, folded);
  return folded;
}

/** The first name of each field is the samples'. */
function spelling<Field extends string>(names: { readonly [F in Field]: readonly string[] }): Spelling<Field> {
  const fields = new Map<string, Field>();
  const sampled = new Set<string>();
  for (const field of Object.keys(names) as Field[]) {
    for (const name of names[field]) fields.set(name, field).set(fold(name), field);
    sampled.add(names[field][0] ?? field);
  }
  return { fields, sampled };
}
