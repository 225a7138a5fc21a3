import { type AdherenceTally, mergeAdherence, tallyAdherence } from '../../selection/adherence.ts';
import { mergeAudits, tallyAudits } from '../../selection/audits.ts';
import type { Selected } from '../../selection/rows.ts';
import { mergeScores, tallyScores } from '../../selection/scores.ts';
import type { Owner } from '../asking/demand.ts';
import type { RowsQuestion } from '../asking/question.ts';
import type { AdherenceModel, CoverageModel, SummaryModel } from '../models.ts';
import type { AnswerParts } from './answer-parts.ts';
import { coverageOf, nothingToRead, refuseUnread } from './coverage.ts';
import type { Folding } from './fold.ts';
import type { SliceRows } from './rows.ts';

/** What was read of a question whose answer rests on all of it. */
export type WholeReading = {
  readonly slices: readonly SliceRows[];
  readonly coverage: CoverageModel;
  /** Whether every slice was read whole. */
  readonly isWhole: boolean;
  /** Whether asking again can bring more. */
  readonly isPending: boolean;
};

/** Reads all of a question's rows. Throws where nothing of it can be read, now or soon. */
export async function readWhole(
  question: RowsQuestion,
  owner: Owner | null,
  { rows, calendar }: AnswerParts,
  isPartial = false,
): Promise<WholeReading> {
  if (question.isImpossible) {
    const coverage = nothingToRead(calendar.countDays(question.list.window));
    return { slices: [], coverage, isWhole: true, isPending: false };
  }
  const asked = rows.rowsOf(question, owner);
  const slices = await asked.all();
  const reports = slices.map(({ report }) => report);
  refuseUnread(reports);
  return {
    slices,
    coverage: coverageOf(reports, { sliceCount: asked.sliceCount, isPartial }),
    isWhole: reports.every(({ isWhole }) => isWhole),
    isPending: reports.some(({ isPending }) => isPending),
  };
}

/** A summary of these rows: each of its figures is added up once, when it is first asked for. `onlyMetricId`: adherence of that metric alone. */
export function summarize(
  parts: readonly Selected[],
  coverage: CoverageModel,
  { fold }: Folding,
  onlyMetricId?: string,
): SummaryModel {
  return {
    scores: once(() => fold(parts, { tally: tallyScores, merge: mergeScores })),
    audits: once(() => fold(parts, { tally: tallyAudits, merge: mergeAudits })),
    adherence: once(() => fold(parts, { tally: (each) => tallyAdherence(each, onlyMetricId), merge: mergeAdherence })),
    coverage,
  };
}

/** The summary of a question's rows, or of an owner's among them. */
export async function answerSummary(
  question: RowsQuestion,
  owner: Owner | null,
  parts: AnswerParts,
): Promise<SummaryModel> {
  const { slices, coverage } = await readWhole(question, owner, parts);
  return summarize(selectedOf(slices), coverage, parts.folding);
}

/** How a metric was met in a question's rows, of the summary of all of them. */
export async function answerAdherence(metricId: string, summary: SummaryModel): Promise<AdherenceModel> {
  const tallies = await summary.adherence();
  return { metric: { metricId, name: null }, tally: tallies.get(metricId) ?? noAnswers, coverage: summary.coverage };
}

/** The rows of some slices. */
export function selectedOf(slices: readonly SliceRows[]): readonly Selected[] {
  return slices.flatMap(({ selected }) => selected);
}

const noAnswers: AdherenceTally = {
  yesCount: 0,
  noCount: 0,
  notApplicableCount: 0,
  pendingCount: 0,
  fatalCount: 0,
  auditedCount: 0,
  agreementCount: 0,
  losses: new Map(),
};

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
