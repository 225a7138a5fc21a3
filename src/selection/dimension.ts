import type { Column } from '../model/column.ts';
import type { Disposition } from '../model/conversation.ts';
import type { Columns, Table } from '../model/table.ts';
import { compareText, compareValues } from './order.ts';

/** By what rows can be grouped. */
export type Dimension =
  | 'AGENT'
  | 'QUEUE'
  | 'METRIC'
  | 'LANGUAGE'
  | 'CHANNEL'
  | 'CONTACT_DIRECTION'
  | 'AUDIT_STATUS'
  | 'AUDITOR'
  | 'EVALUATION_STATUS'
  | 'DURATION_STATUS'
  | 'DISPOSITION'
  | 'WINDOW_DAY'
  | 'WINDOW_WEEK'
  | 'WINDOW_MONTH';

/** In which day, week and month all rows of a table lie: the first day of each, YYYY-MM-DD. */
export type Periods = { readonly day: string; readonly week: string; readonly month: string };

export type DispositionCode = Disposition['codes'][number];

/** An id, a literal, a name or a day; under DISPOSITION a code. Null: the row has none. */
export type GroupValue = string | DispositionCode | null;

/** A value under a dimension. Members of one key are the same group, whatever else they say. */
export type Member = { readonly key: string; readonly value: GroupValue };

/** One dimension of a table's rows: by code the members that a row belongs to, at least one, each once. */
export type Axis = {
  readonly codeOf: (index: number) => number;
  readonly codeCount: number;
  membersOf(code: number): readonly Member[];
};

/** How the rows of a table spread along a dimension. */
export function axisOf({ columns }: Table, dimension: Dimension, periods: Periods): Axis {
  switch (dimension) {
    case 'AGENT':
      return severalOf(columns.agents, (agents) => agents.map(({ agentId }) => agentId));
    case 'QUEUE':
      return severalOf(columns.queues, (queues) => queues.map(({ queueId }) => queueId));
    case 'METRIC':
      return severalOf(columns.form, (form) => form.flatMap(({ metricId }) => (metricId === null ? [] : [metricId])));
    case 'DISPOSITION':
      return severalOf(columns.dispositions, (sets) => sets.flatMap(({ codes }) => codes));
    case 'WINDOW_DAY':
      return everyRow(periods.day);
    case 'WINDOW_WEEK':
      return everyRow(periods.week);
    case 'WINDOW_MONTH':
      return everyRow(periods.month);
    default:
      return severalOf<string | null>(columnOf(columns, dimension), (value) => [value]);
  }
}

/** Compares texts with texts or codes with codes, by code unit; nulls are last. Codes compare by id, those without one come later, by name. */
export function compareGroupValues(one: GroupValue, other: GroupValue): number {
  if (one === null || other === null || typeof one === 'string' || typeof other === 'string') {
    if (typeof one === 'string' && typeof other === 'string') return compareText(one, other);
    return Number(one === null) - Number(other === null);
  }
  return one.id === null && other.id === null
    ? compareValues(one.name, other.name, 'ASC')
    : compareValues(one.id, other.id, 'ASC');
}

/** What tells members apart: of a code its id, or its name if it has none. */
export function keyOf(value: GroupValue): string {
  if (value === null || typeof value === 'string') return JSON.stringify(value);
  return JSON.stringify(value.id === null ? { name: value.name } : { id: value.id });
}

/** Of two ways in which one member is shown the one that is: the one that sorts first by its JSON. */
export function shownOf(one: GroupValue, other: GroupValue): GroupValue {
  return compareText(JSON.stringify(other), JSON.stringify(one)) < 0 ? other : one;
}

type PlainDimension =
  | 'LANGUAGE'
  | 'CHANNEL'
  | 'CONTACT_DIRECTION'
  | 'AUDIT_STATUS'
  | 'AUDITOR'
  | 'EVALUATION_STATUS'
  | 'DURATION_STATUS';

function columnOf(columns: Columns, dimension: PlainDimension): Column<string | null> {
  return {
    LANGUAGE: columns.language,
    CHANNEL: columns.channel,
    CONTACT_DIRECTION: columns.contactDirection,
    AUDIT_STATUS: columns.auditStatus,
    AUDITOR: columns.auditor,
    EVALUATION_STATUS: columns.evaluationStatus,
    DURATION_STATUS: columns.durationStatus,
  }[dimension];
}

function everyRow(value: string): Axis {
  const members = [memberOf(value)];
  return { codeOf: () => 0, codeCount: 1, membersOf: () => members };
}

function severalOf<T>({ codes, values }: Column<T>, spread: (value: T) => readonly GroupValue[]): Axis {
  return {
    codeOf: (index) => codes[index] ?? 0,
    codeCount: values.length,
    membersOf(code) {
      const members = new Map<string, Member>();
      for (const value of spread(values[code] as T)) {
        const member = memberOf(value);
        const known = members.get(member.key);
        members.set(member.key, known === undefined ? member : { ...known, value: shownOf(known.value, value) });
      }
      return members.size === 0 ? [memberOf(null)] : [...members.values()];
    },
  };
}

function memberOf(value: GroupValue): Member {
  if (value === null || typeof value === 'string') return { key: keyOf(value), value };
  const { id, name, colour } = value;
  return { key: keyOf(value), value: { id, name, colour } };
}
