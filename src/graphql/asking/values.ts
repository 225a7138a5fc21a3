import { type GraphQLField, getNullableType, isListType } from 'graphql';
import { isMetered } from '../meter.ts';
import type { Demand } from './demand.ts';

/** Values that are answered at most, as far as that is known; lists within a row have their assumed size. */
export type Values = {
  readonly valueCount: number;
  /** Of them those that no answer or list below counts as its own as it comes. */
  readonly ownValueCount: number;
};

/** What one answer of a field is counted as when it comes, the field itself and the answers and lists below that are counted themselves aside. */
export type AnswerValues = {
  /** However many items it has. */
  readonly perAnswer: number;
  /** Of each of its rows, groups or items. */
  readonly perItem: number;
};

/** A field where it stands, for `valuesOf`. */
export type CountedField = {
  readonly field: GraphQLField<unknown, unknown>;
  readonly demand: Demand | null;
  /** How many objects it is a field of, at most. */
  readonly parentCount: number;
  /** How many objects it answers at most, a list that isn't a page as one. */
  readonly factor: number;
};

/** The values of a selected field, by the name of the field. */
export type InnerValues = Values & { readonly fieldName: string };

/**
 * The values of a field with all that is selected below it. What is answered takes memory and time whether or not anything is selected of it, so each leaf, each
 * object, each list and each item of a list is a value.
 */
export function valuesOf(
  { field, demand, parentCount, factor }: CountedField,
  inner: readonly InnerValues[],
): Values & { readonly answerValues: AnswerValues } {
  const itemCount = isListType(getNullableType(field.type)) ? factor * itemsPerList(demand) : 0;
  const ownBelow = inner.reduce((sum, { ownValueCount }) => sum + ownValueCount, itemCount);
  return {
    valueCount: inner.reduce((sum, { valueCount }) => sum + valueCount, parentCount + itemCount),
    ownValueCount: parentCount + (demand !== null && isMetered(demand) ? 0 : ownBelow),
    answerValues: answerValuesOf(demand, { factor, ownBelow }, inner),
  };
}

function itemsPerList(demand: Demand | null): number {
  if (demand?.kind === 'nodes') return demand.ids.length;
  if (demand?.kind === 'buckets') return demand.bucketCount;
  return demand?.kind === 'items' ? demand.assumedSize : 1;
}

function answerValuesOf(
  demand: Demand | null,
  { factor, ownBelow }: { readonly factor: number; readonly ownBelow: number },
  inner: readonly InnerValues[],
): AnswerValues {
  if (demand === null || factor === 0) return { perAnswer: 0, perItem: 0 };
  if (demand.kind === 'items') return { perAnswer: 0, perItem: ownBelow / (factor * demand.assumedSize) };
  const names = itemFieldsOf(demand);
  // Of a list of rows or groups the list itself is there once, however short it is.
  const ofItems = inner
    .filter(({ fieldName }) => names.includes(fieldName))
    .reduce((sum, { ownValueCount }) => sum + ownValueCount - factor, 0);
  const pageSize = demand.kind === 'conversations' || demand.kind === 'directory' ? demand.range.count : 1;
  return { perAnswer: (ownBelow - ofItems) / factor, perItem: pageSize === 0 ? 0 : ofItems / (factor * pageSize) };
}

/** The fields of an answer that list its rows or groups. */
function itemFieldsOf({ kind }: Demand): readonly string[] {
  if (kind === 'conversations' || kind === 'directory') return ['edges', 'nodes'];
  return kind === 'breakdown' ? ['groups'] : [];
}
