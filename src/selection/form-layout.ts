import type { FormMetric, Table } from '../model/table.ts';

/** A metric under one weight: what a failure of it costs, in points. Weights that aren't known cost nothing. */
export type Slot = { readonly metricId: string; readonly points: number };

/** Where the metrics of a form stand among a row's answers, and which slot each of them is. */
export type FormPlaces = { readonly places: Uint32Array; readonly slots: Uint32Array };

export type FormLayout = { readonly slots: readonly Slot[]; readonly forms: readonly FormPlaces[] };

/** Tables never change, so what was laid out once holds as long as the table lives. */
const layouts = new WeakMap<Table, Map<string | undefined, FormLayout>>();

/** The layout of a table's forms, for all metrics that have an id, or for one of them. */
export function layoutOf(table: Table, onlyMetricId: string | undefined): FormLayout {
  const known = layouts.get(table) ?? new Map<string | undefined, FormLayout>();
  const layout = known.get(onlyMetricId) ?? layOut(table.columns.form.values, onlyMetricId);
  layouts.set(table, known.set(onlyMetricId, layout));
  return layout;
}

function layOut(forms: readonly (readonly FormMetric[])[], onlyMetricId: string | undefined): FormLayout {
  const slots: Slot[] = [];
  const slotsByPoints = new Map<string, Map<number, number>>();
  const slotOf = (metricId: string, points: number): number => {
    const slotOfPoints = slotsByPoints.get(metricId) ?? new Map<number, number>();
    slotsByPoints.set(metricId, slotOfPoints);
    const known = slotOfPoints.get(points);
    if (known !== undefined) return known;
    slotOfPoints.set(points, slots.length);
    return slots.push({ metricId, points }) - 1;
  };
  const placesOf = (form: readonly FormMetric[]): FormPlaces => {
    const found = form.flatMap(({ metricId, weight, negativeWeight }, place) =>
      metricId === null || (onlyMetricId !== undefined && metricId !== onlyMetricId)
        ? []
        : [{ place, slot: slotOf(metricId, (weight ?? 0) + (negativeWeight ?? 0)) }],
    );
    return {
      places: Uint32Array.from(found, ({ place }) => place),
      slots: Uint32Array.from(found, ({ slot }) => slot),
    };
  };
  return { forms: forms.map(placesOf), slots };
}
