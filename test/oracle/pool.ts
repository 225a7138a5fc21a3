import { datesOf } from './answer.ts';
import { startOfDate } from './calendar.ts';
import type { Dataset } from './dataset.ts';

/** What questions are made of: values that the data holds, and a few that nobody has. */
export type Pool = {
  readonly conversationIds: readonly string[];
  readonly customConversationIds: readonly string[];
  readonly agentIds: readonly string[];
  readonly queueIds: readonly string[];
  readonly metricIds: readonly string[];
  readonly languages: readonly string[];
  readonly auditors: readonly string[];
  readonly setIds: readonly string[];
  readonly codeIds: readonly string[];
  readonly customFields: readonly { readonly name: string; readonly equals: string }[];
  readonly scores: readonly number[];
  /** Instants of audits and evaluations, in whole seconds, as milliseconds. */
  readonly instants: readonly number[];
  /** When rows are listed. */
  readonly listedMs: readonly number[];
  /** The midnights of the gateway's zone between which the data lies. */
  readonly midnights: readonly number[];
  readonly hasOneName: boolean;
};

const sampleSizeMax = 60;

/** Gathers the values of a world. */
export function poolOf({ rows, timeZone, hasOneName }: Dataset): Pool {
  const dates = datesOf(rows, timeZone);
  return {
    conversationIds: sample([...rows.map(({ conversationId }) => conversationId)], 'c-nobody'),
    customConversationIds: sample(
      rows.map(({ customConversationId }) => customConversationId),
      'EXP-nobody',
    ),
    agentIds: sample(
      rows.flatMap(({ agents }) => agents.map(({ id }) => id)),
      'a-nobody',
    ),
    queueIds: sample(
      rows.flatMap(({ queues }) => queues.map(({ id }) => id)),
      'qu-nobody',
    ),
    metricIds: sample(
      rows.flatMap(({ metrics }) => metrics.map(({ metricId }) => metricId)),
      'em-nobody',
    ),
    languages: sample(
      rows.map(({ language }) => language),
      'english',
    ),
    auditors: sample(
      rows.map(({ auditor }) => auditor),
      'Nobody',
    ),
    setIds: sample(
      rows.flatMap(({ dispositions }) => dispositions.map(({ setId }) => setId)),
      'dst-nobody',
    ),
    codeIds: sample(
      rows.flatMap(({ dispositions }) => dispositions.flatMap(({ codes }) => codes.map(({ id }) => id))),
      'ds-nobody',
    ),
    customFields: [
      ...rows.flatMap(({ customFields }) =>
        Object.entries(customFields ?? {}).map(([name, value]) => ({ name, equals: String(value) })),
      ),
      { name: 'Region', equals: 'emea' },
      { name: '__proto__', equals: '[object Object]' },
    ].slice(-sampleSizeMax),
    scores: sampleNumbers(rows.flatMap(({ score }) => (score === null ? [] : [score]))),
    instants: sampleNumbers(
      rows.flatMap(({ evaluatedAtMs, auditedAtMs, listedMs }) => [evaluatedAtMs ?? listedMs, auditedAtMs ?? listedMs]),
    ).map((instantMs) => Math.floor(instantMs / 1000) * 1000),
    listedMs: rows.map(({ listedMs }) => listedMs).toSorted((one, other) => one - other),
    midnights: dates.map((date) => startOfDate(timeZone, date)),
    hasOneName,
  };
}

/** A few of the values, evenly taken, and one that nobody has. */
function sample(values: readonly (string | null)[], nobody: string): readonly string[] {
  const distinct = [...new Set(values.flatMap((value) => (value === null ? [] : [value])))];
  const every = Math.max(1, Math.ceil(distinct.length / sampleSizeMax));
  return [...distinct.filter((_, index) => index % every === 0), nobody];
}

function sampleNumbers(values: readonly number[]): readonly number[] {
  const every = Math.max(1, Math.ceil(values.length / sampleSizeMax));
  return [0, ...values.filter((_, index) => index % every === 0)];
}
