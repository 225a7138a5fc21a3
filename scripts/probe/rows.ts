import type { DriftEntry } from '../../src/kore/drift.ts';
import { type Finding, learned, untold } from './finding.ts';
import type { PageReply } from './reply.ts';

type WireRow = ReadonlyMap<string, unknown>;

/** What the rows themselves show, whichever question they came with. Names of people and ids stay where they are. */
export function judgeRows(pages: readonly PageReply[], drift: readonly DriftEntry[]): readonly Finding[] {
  const rows = pages
    .flatMap(({ raw }) => raw)
    .filter(isObject)
    .map((row): WireRow => new Map(Object.entries(row)));
  if (rows.length === 0) {
    const why = 'No row came.';
    return (['spelling', 'version', 'tableOnly', 'gaps', 'segments', 'auditDates', 'words'] as const).map((topic) =>
      untold(topic, why),
    );
  }
  return [
    judgeSpelling(rows),
    judgeVersion(rows),
    judgeTableOnly(rows),
    judgeGaps(rows),
    judgeSegments(pages),
    judgeDeviations(pages, rows, drift),
    judgeAuditDates(rows),
    judgeWords(drift),
  ];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function judgeSpelling(rows: readonly WireRow[]): Finding {
  const sampled = rows.filter((row) => row.has('Queues') || row.has('Metrics')).length;
  const table = rows.filter((row) => row.has('queues') || row.has('metrics')).length;
  const kinds = [sampled > 0 ? 'sampled' : '', table > 0 ? 'table' : ''].filter((each) => each !== '');
  return learned('spelling', kinds.join(' and ') || 'neither', `${sampled} rows as in samples, ${table} as in tables.`);
}

/** Keys by the version that has them first, the newest version first. */
const versions = [
  ['V7', ['notapplicablescoringtreatment']],
  ['V6', ['disposition', 'dispositions']],
  ['V5', ['contactdirection', 'auditstatus']],
  ['V3', ['fatalerrorcount', 'durationstatus']],
  ['V2', ['language']],
] as const;

function judgeVersion(rows: readonly WireRow[]): Finding {
  const keys = new Set(rows.flatMap((row) => [...row.keys()].map(fold)));
  const found = versions.find(([, names]) => names.some((name) => keys.has(name)));
  return learned('version', found?.[0] ?? 'V1');
}

function fold(key: string): string {
  return key.replaceAll(/[\s_]/g, '').toLowerCase();
}

const tableOnly = ['evaluation_status', 'channel', 'AuditScore', 'is_direction_defaulted', 'evaluatedAt'];

function judgeTableOnly(rows: readonly WireRow[]): Finding {
  const shares = tableOnly.map((key) => [key, rows.filter((row) => row.has(key)).length] as const);
  const arrived = shares.filter(([, count]) => count > 0);
  if (arrived.length === 0) return learned('tableOnly', 'none', `Of ${rows.length} rows.`);
  return learned(
    'tableOnly',
    arrived.map(([key]) => key).join(', '),
    arrived.map(([key, count]) => `${key} in ${count} of ${rows.length} rows`).join(', '),
  );
}

function judgeGaps(rows: readonly WireRow[]): Finding {
  const share = (name: string, isSo: (row: WireRow) => boolean) => [name, rows.filter(isSo).length] as const;
  const has = (row: WireRow, ...names: readonly string[]) => names.some((name) => row.has(name));
  const gaps = [
    share('no score key', (row) => !has(row, 'koreEvalutionScore', 'koreEvaluationScore')),
    share(
      'score null',
      (row) =>
        (row.get('koreEvalutionScore') ?? row.get('koreEvaluationScore') ?? null) === null &&
        has(row, 'koreEvalutionScore', 'koreEvaluationScore'),
    ),
    share('no direction', (row) => (row.get('contactDirection') ?? row.get('contact_direction') ?? null) === null),
    share('duration_status null or absent', (row) => (row.get('duration_status') ?? null) === null),
    share('no agents', (row) => isEmptyList(row.get('Agents') ?? row.get('agents'))),
    share('no queues', (row) => isEmptyList(row.get('Queues') ?? row.get('queues'))),
    share('metrics without an id', (row) =>
      listOf(row.get('Metrics') ?? row.get('metrics')).some(
        (metric) => isObject(metric) && !Object.keys(metric).some((key) => fold(key) === 'metricid'),
      ),
    ),
    share('no metrics', (row) => isEmptyList(row.get('Metrics') ?? row.get('metrics'))),
  ].filter(([, count]) => count > 0);
  const text = gaps.map(([name, count]) => `${name} in ${count}`).join(', ');
  return learned(
    'gaps',
    gaps.map(([name]) => name).join(', ') || 'nothing',
    text === '' ? '' : `Of ${rows.length} rows: ${text}.`,
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function judgeSegments(pages: readonly PageReply[]): Finding {
  const identities = new Map<string, Set<string>>();
  for (const { identity, conversation } of pages.flatMap(({ rows }) => rows)) {
    if (conversation === null) continue;
    const known = identities.get(conversation.conversationId) ?? new Set();
    identities.set(conversation.conversationId, known.add(identity));
  }
  const several = [...identities.values()].filter(({ size }) => size > 1).length;
  const text = `${several} of ${identities.size} conversations have rows that differ in agents or queues.`;
  return learned('segments', several > 0 ? 'yes' : 'none seen', text);
}

const longText = 10_000;

function judgeDeviations(pages: readonly PageReply[], rows: readonly WireRow[], drift: readonly DriftEntry[]): Finding {
  const places = drift
    .filter(({ path, kind }) => kind !== 'UNKNOWN_VALUE' || !openWords.some((word) => path.endsWith(word)))
    .map(({ path, kind }) => `${path} ${kind}`);
  const unreadable = pages.flatMap((page) => page.rows).filter(({ conversation }) => conversation === null).length;
  const others = [
    unreadable > 0 ? `${unreadable} rows unreadable` : '',
    pages.some(({ doubleKeyCount }) => doubleKeyCount > 0) ? 'keys written twice' : '',
    rows.some((row) => Object.is(row.get('koreEvalutionScore') ?? row.get('koreEvaluationScore'), -0))
      ? 'a score of minus zero'
      : '',
    pages.some(({ textLengthMax }) => textLengthMax > longText) ? `a text of over ${longText} characters` : '',
  ].filter((each) => each !== '');
  return learned('deviations', [...others, ...places.sort()].join(', ') || 'none');
}

/** Enumerations whose set is open by nature: a new word in them is told as such, and is no deviation. */
const openWords = [
  'AuditStatus',
  'Qualification',
  'Auditor Response',
  'duration_status',
  'contactDirection',
  'channel',
  'evaluation_status',
];

function judgeWords(drift: readonly DriftEntry[]): Finding {
  const open = drift.filter(
    ({ path, kind }) => kind === 'UNKNOWN_VALUE' && openWords.some((word) => path.endsWith(word)),
  );
  const told = open.map(
    ({ path, example }) => `${path.split('.').at(-1)}${example === undefined ? '' : ` "${example}"`}`,
  );
  return learned(
    'words',
    told.sort().join(', ') || 'all published',
    'Words of enumerations that no published version has.',
  );
}

function judgeAuditDates(rows: readonly WireRow[]): Finding {
  const dates = rows
    .map((row) => row.get('AuditDate') ?? row.get('audit_date'))
    .filter((date) => date !== undefined && date !== null);
  const forms = new Set(dates.map(formOf));
  if (forms.size === 0) return untold('auditDates', 'No row has one.');
  return learned('auditDates', [...forms].sort().join(', '), `Of ${dates.length} dates.`);
}

function formOf(date: unknown): string {
  if (typeof date === 'number') return 'number';
  if (typeof date !== 'string') return 'another type';
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(date)) return 'ISO';
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(date) ? 'blank' : 'another form';
}
