import { auditorResponseOf, isFatalErrorOf, qualificationOf } from '../model/answer.ts';
import { type FormLayout, layoutOf } from './form-layout.ts';
import { isVerdict } from './metric-condition.ts';
import { addTo, type Multiset, mergeCounts, sumOf } from './multiset.ts';
import { compareText } from './order.ts';
import type { Selected } from './rows.ts';

/** How one metric was met. Counts results, not conversations; results without a qualification are in no figure. Mergeable like a ScoreTally. */
export type AdherenceTally = {
  readonly yesCount: number;
  readonly noCount: number;
  readonly notApplicableCount: number;
  readonly pendingCount: number;
  readonly fatalCount: number;
  readonly auditedCount: number;
  readonly agreementCount: number;
  /** What each NO costs, in points. */
  readonly losses: Multiset<number>;
};

/** By metricId, ascending. */
export type AdherenceTallies = ReadonlyMap<string, AdherenceTally>;

/** The adherence of all metrics that the forms of some rows list with an id, or of one of them; even where nothing was answered. */
export function tallyAdherence(parts: readonly Selected[], onlyMetricId?: string): AdherenceTallies {
  const tallies = new Map<string, Growing>();
  for (const selected of parts) {
    const { slots } = layoutOf(selected.table, onlyMetricId);
    for (const [cell, count] of countCells(selected, onlyMetricId)) {
      const slot = slots[Math.floor(cell / kindCount)];
      if (slot === undefined) continue;
      const tally = tallies.get(slot.metricId) ?? growing();
      tallies.set(slot.metricId, tally);
      grow(tally, cell % kindCount, count, slot.points);
    }
  }
  return inOrder(tallies);
}

/** The tallies of the rows of both. */
export function mergeAdherence(one: AdherenceTallies, other: AdherenceTallies): AdherenceTallies {
  const merged = new Map(one);
  for (const [metricId, tally] of other) {
    const known = merged.get(metricId);
    merged.set(metricId, known === undefined ? tally : mergeTallies(known, tally));
  }
  return inOrder(merged);
}

/** yesCount / (yesCount + noCount), from 0 to 1; null when neither. */
export function adherenceRate({ yesCount, noCount }: AdherenceTally): number | null {
  return yesCount + noCount === 0 ? null : yesCount / (yesCount + noCount);
}

/** The points that all NO together cost. */
export function pointsLost({ losses }: AdherenceTally): number {
  return sumOf(losses);
}

/** What is counted of an answer, in six bits: its qualification (as the answer's byte has it), fatal, audited, agreed. */
const kindCount = 64;
const fatalBit = 8;
const auditedBit = 16;
const agreedBit = 32;

const kinds = Uint8Array.from({ length: 256 }, (_, answer) => {
  const [qualification, response] = [qualificationOf(answer), auditorResponseOf(answer)];
  if (qualification === null) return 0;
  const isAudited = isVerdict(qualification) && isVerdict(response);
  return (
    (answer & 7) |
    (isFatalErrorOf(answer) === true ? fatalBit : 0) |
    (isAudited ? auditedBit : 0) |
    (isAudited && qualification === response ? agreedBit : 0)
  );
});

/** How often each kind of answer was given in each slot, by slot * kindCount + kind. */
function countCells(selected: Selected, onlyMetricId: string | undefined): Multiset<number> {
  const counts = new Map<number, number>();
  const layout = layoutOf(selected.table, onlyMetricId);
  if (selected.indices.length < layout.slots.length) {
    visitCells(selected, layout, (cell) => addTo(counts, cell, 1));
    return counts;
  }
  const countsByCell = new Uint32Array(layout.slots.length * kindCount);
  visitCells(selected, layout, (cell) => {
    countsByCell[cell] = (countsByCell[cell] ?? 0) + 1;
  });
  for (let cell = 0; cell < countsByCell.length; cell++) {
    const count = countsByCell[cell] ?? 0;
    if (0 < count) counts.set(cell, count);
  }
  return counts;
}

function visitCells({ table, indices }: Selected, { forms }: FormLayout, visit: (cell: number) => void): void {
  const { answers, answerStarts } = table;
  const { codes } = table.columns.form;
  for (const index of indices) {
    const form = forms[codes[index] ?? 0];
    if (form === undefined) continue;
    const start = answerStarts[index] ?? 0;
    for (let at = 0; at < form.places.length; at++) {
      const kind = kinds[answers[start + (form.places[at] ?? 0)] ?? 0] ?? 0;
      visit((form.slots[at] ?? 0) * kindCount + kind);
    }
  }
}

type Growing = { -readonly [Name in keyof Omit<AdherenceTally, 'losses'>]: number } & {
  readonly losses: Map<number, number>;
};

function growing(): Growing {
  return {
    yesCount: 0,
    noCount: 0,
    notApplicableCount: 0,
    pendingCount: 0,
    fatalCount: 0,
    auditedCount: 0,
    agreementCount: 0,
    losses: new Map(),
  };
}

function grow(tally: Growing, kind: number, count: number, points: number): void {
  const qualification = qualificationOf(kind & 7);
  if (qualification === 'YES') tally.yesCount += count;
  if (qualification === 'NO') {
    tally.noCount += count;
    addTo(tally.losses, points, count);
  }
  if (qualification === 'NA') tally.notApplicableCount += count;
  if (qualification === 'PENDING') tally.pendingCount += count;
  if (kind & fatalBit) tally.fatalCount += count;
  if (kind & auditedBit) tally.auditedCount += count;
  if (kind & agreedBit) tally.agreementCount += count;
}

function mergeTallies(one: AdherenceTally, other: AdherenceTally): AdherenceTally {
  return {
    yesCount: one.yesCount + other.yesCount,
    noCount: one.noCount + other.noCount,
    notApplicableCount: one.notApplicableCount + other.notApplicableCount,
    pendingCount: one.pendingCount + other.pendingCount,
    fatalCount: one.fatalCount + other.fatalCount,
    auditedCount: one.auditedCount + other.auditedCount,
    agreementCount: one.agreementCount + other.agreementCount,
    losses: mergeCounts(one.losses, other.losses),
  };
}

function inOrder(tallies: AdherenceTallies): AdherenceTallies {
  return new Map([...tallies].sort(([one], [other]) => compareText(one, other)));
}
