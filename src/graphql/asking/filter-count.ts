import { Kind, type OperationDefinitionNode, type TypeNode } from 'graphql';
import { Failure } from '../../errors.ts';

/** How many filters may be asked. */
export type FilterCountLimits = {
  /** Within one `filterBy`. */
  readonly filtersMax: number;
  /** Within all of an operation, those of its variables included. */
  readonly filtersPerOperationMax: number;
};

/** How many filters there are within one filter, or a list of them, coerced or not: itself aside. Nothing beyond `enough` is counted. */
export function filtersWithin(filter: unknown, enough: number): number {
  const rest: unknown[] = [...partsOf(filter)];
  let count = 0;
  while (rest.length > 0 && count < enough) {
    const next = rest.pop();
    if (isRecord(next) && !Array.isArray(next)) count += 1;
    for (const part of partsOf(next)) rest.push(part);
  }
  return count;
}

/**
 * Throws COST_LIMIT_EXCEEDED for variables that hold more filters than an operation may. They are looked at as the client sent them: coercing each field of each filter
 * would take long already.
 */
export function refuseFilters(
  { variableDefinitions = [] }: Pick<OperationDefinitionNode, 'variableDefinitions'>,
  variables: { readonly [name: string]: unknown },
  { filtersPerOperationMax }: Pick<FilterCountLimits, 'filtersPerOperationMax'>,
): void {
  let count = 0;
  for (const { variable, type } of variableDefinitions) {
    if (!filterTypes.has(nameOf(type))) continue;
    count += filtersWithin(variables[variable.name.value], filtersPerOperationMax + 1);
    if (filtersPerOperationMax < count) throw tooManyFilters(filtersPerOperationMax);
  }
}

/** Why an operation with more filters is refused. */
export function tooManyFilters(countMax: number): Failure {
  const message = `One operation may have ${countMax} filters within its filters, and this one has more`;
  return new Failure('COST_LIMIT_EXCEEDED', message, { reason: 'FILTERS_PER_OPERATION' });
}

const filterTypes: ReadonlySet<string> = new Set([
  'ConversationFilter',
  'MetricFilter',
  'CustomFieldFilter',
  'DispositionFilter',
]);

/** Each of these of a filter holds filters, or a list of them. */
const partNames = ['anyOf', 'not', 'metrics', 'customFields', 'dispositions'] as const;

function partsOf(filter: unknown): readonly unknown[] {
  if (Array.isArray(filter)) return filter;
  return isRecord(filter) ? partNames.flatMap((name) => filter[name]) : [];
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null;
}

function nameOf(type: TypeNode): string {
  let named = type;
  while (named.kind !== Kind.NAMED_TYPE) named = named.type;
  return named.name.value;
}
