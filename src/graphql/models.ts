import type { ListAnswer, ListQuestion, PlacedRow, RangeAnswer } from '../model/range.ts';

/** What the resolvers of a connection are given: the question and what was found. */
export type ConnectionModel = { readonly question: ListQuestion; readonly answer: ListAnswer };

export type PageInfoModel = { readonly question: ListQuestion; readonly range: RangeAnswer };

export type EdgeModel = { readonly question: ListQuestion; readonly row: PlacedRow };

export type MetricSighting = { readonly metricId: string; readonly name: string | null };
