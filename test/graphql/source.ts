import { Kind, parse, validate } from 'graphql';
import { accessOf } from '../../src/graphql/asking/access.ts';
import type { DemandEnvironment } from '../../src/graphql/asking/demand.ts';
import { createFilters } from '../../src/graphql/asking/question.ts';
import { demandsOf, type FieldDemand, type RootDemand } from '../../src/graphql/asking/walk.ts';
import { buildSchema } from '../../src/graphql/schema.ts';
import { rights } from '../../src/model/access.ts';
import { createCalendar, createCalendars } from '../../src/model/calendar.ts';
import type { ListQuestion } from '../../src/model/range.ts';
import { createCursors } from '../../src/paging/cursor.ts';
import { createSeal } from '../../src/paging/seal.ts';
import { limits } from './desk.ts';

const schema = buildSchema();

export const cursors = createCursors(createSeal(['a secret of sixteen']), 'scope');

const calendar = createCalendar('UTC');

export const environment: Omit<DemandEnvironment, 'filtersOf'> = {
  cursors,
  calendar,
  calendarOf: createCalendars(calendar),
  nowMs: Date.parse('2026-03-30T12:00:00Z'),
  limits,
  access: accessOf({ rights: new Set(rights), sight: null }),
  mayInspect: true,
  onSelected: () => undefined,
  prefersScan: () => false,
};

export const day = 'window: { from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00Z" }';
export const dayWindow = { from: 1_772_409_600, until: 1_772_496_000 };
export const plain: ListQuestion = { window: dayWindow, contactDirection: null, includeBelowThreshold: false };

/** What a document that is valid demands. */
export function demands(
  text: string,
  variables: Record<string, unknown> = {},
  change: Partial<DemandEnvironment> = {},
): readonly RootDemand[] {
  const document = parse(text);
  const faults = validate(schema, document);
  if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join('\n'));
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('no operation');
  const changed = { ...environment, ...change };
  const source = { schema, document, operation, variables };
  return demandsOf(source, { ...changed, filtersOf: createFilters(changed) });
}

/** All fields that demand something, of an operation that is not refused. */
export function fields(text: string, variables: Record<string, unknown> = {}): readonly FieldDemand[] {
  return demands(text, variables).flatMap((root) => {
    if (root.kind === 'refused') throw root.failure;
    return root.fields;
  });
}

/** Root fields in short: how many fields demand something, or why it was refused. */
export function verdicts(text: string, variables: Record<string, unknown> = {}): readonly string[] {
  return demands(text, variables).map((root) => {
    const name = root.key.replace('/Query.', '');
    return root.kind === 'demanded'
      ? `${name}: ${root.fields.length}`
      : `${name}: ${root.failure.code} ${root.failure.reason}`;
  });
}
