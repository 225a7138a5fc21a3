import { type Filter, type MetricFilter, type Span, valueListNames } from './filter.ts';

/**
 * Canonical text of filters that must all hold, for fingerprints. Filters of different meaning have different texts. What isn't given is the same
 * as null; order and repetition don't matter, neither within lists of values nor among conditions; nor does it which filter of the list
 * asks for what.
 */
export function filterKey(filters: readonly Filter[]): string {
  return listKey(filters.flatMap(conditionKeys));
}

/** The conditions of one filter, each as JSON text. */
function conditionKeys(filter: Filter): readonly string[] {
  const { koreEvaluationScore: score, anyOf, not } = filter;
  return [
    ...scalarNames.flatMap((name) => key(name, filter[name])),
    ...valueListNames.flatMap((name) => key(name, valuesKey(filter[name]))),
    ...key('koreEvaluationScore', score && [boundKey(score.min), boundKey(score.max)]),
    ...key('evaluated', spanKey(filter.evaluated)),
    ...key('audited', spanKey(filter.audited)),
    ...(filter.metrics ?? []).map(metricKey),
    ...(filter.customFields ?? []).flatMap(({ name, equals }) => key('customField', [name, equals])),
    ...(filter.dispositions ?? []).flatMap(({ setId, codeId }) => key('disposition', [setId ?? null, codeId ?? null])),
    ...(anyOf ? [`["anyOf",${listKey(anyOf.map((branch) => filterKey([branch])))}]`] : []),
    ...(not ? [`["not",${filterKey([not])}]`] : []),
  ];
}

const scalarNames = ['contactDirection', 'isScored', 'hasFatalError'] as const satisfies readonly (keyof Filter)[];

function key(name: string, condition: unknown): readonly string[] {
  return condition === null || condition === undefined ? [] : [JSON.stringify([name, condition])];
}

function metricKey({ metricId, qualifications, auditorResponses, isFatalError, disagrees }: MetricFilter): string {
  const results = [valuesKey(qualifications), valuesKey(auditorResponses), isFatalError ?? null, disagrees ?? null];
  return JSON.stringify(['metric', metricId ?? null, ...results]);
}

function valuesKey(values: readonly string[] | null | undefined): readonly string[] | null {
  return values ? [...new Set(values)].sort() : null;
}

/** A number too great to be told from infinity is a bound all the same; JSON has no word for it. */
function boundKey(bound: number | null | undefined): number | string | null {
  if (bound === null || bound === undefined) return null;
  return Number.isFinite(bound) ? bound : String(bound);
}

function spanKey(span: Span | null | undefined): readonly number[] | null {
  return span ? [span.fromMs, span.untilMs] : null;
}

function listKey(keys: readonly string[]): string {
  return `[${[...new Set(keys)].sort().join(',')}]`;
}
