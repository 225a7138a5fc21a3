import {
  type Axis,
  axisOf,
  compareGroupValues,
  type Dimension,
  type DispositionCode,
  type GroupValue,
  keyOf,
  type Member,
  type Periods,
  shownOf,
} from './dimension.ts';
import type { Selected } from './rows.ts';

/** Rows of one table that have the same values under the dimensions asked for. */
export type Group = { readonly values: readonly GroupValue[]; readonly selected: Selected };

/** The same of many tables. */
export type MergedGroup = { readonly values: readonly GroupValue[]; readonly parts: readonly Selected[] };

/** Groups by a key that is the same in every table, or word that there are more than were allowed. */
export type Grouping<G> =
  | { readonly kind: 'groups'; readonly groups: ReadonlyMap<string, G> }
  | { readonly kind: 'too-many' };

/**
 * The groups of one table's rows, in no order. A row is once in each distinct combination of its values: two agents, two groups; none, the
 * group of null. No more than `groupCountMax` groups are built.
 */
export function groupRows(
  selected: Selected,
  dimensions: readonly Dimension[],
  periods: Periods,
  groupCountMax: number,
): Grouping<Group> {
  const axes = dimensions.map((dimension) => axisOf(selected.table, dimension, periods));
  const { kinds, kindOf } = kindsOf(selected, axes);
  const groups = createGroups(groupCountMax);
  const groupsByKind: Uint32Array[] = [];
  for (const codes of kinds) {
    const members = groups.admit(axes.map((axis, at) => axis.membersOf(codes[at] ?? 0)));
    if (members === null) return { kind: 'too-many' };
    groupsByKind.push(members);
  }
  const indices = spread(selected, kindOf, groupsByKind, groups.all.length);
  return {
    kind: 'groups',
    groups: new Map(
      groups.all.map(({ key, values }, group) => [
        key,
        { values, selected: { table: selected.table, indices: indices[group] ?? new Uint32Array() } },
      ]),
    ),
  };
}

/**
 * Joins the groups of many tables, ascending by their values in the order of the dimensions, nulls last. A code is shown the same in all groups: of
 * several names or colours of one id, those that sort first by their JSON.
 */
export function mergeGroups(groupings: readonly Grouping<Group>[], groupCountMax: number): Grouping<MergedGroup> {
  const merged = new Map<string, { readonly values: readonly GroupValue[]; readonly parts: Selected[] }>();
  const shown = new Map<string, GroupValue>();
  for (const grouping of groupings) {
    if (grouping.kind === 'too-many') return grouping;
    for (const [key, { values, selected }] of grouping.groups) {
      const known = merged.get(key);
      if (known === undefined) merged.set(key, { values, parts: [selected] });
      else known.parts.push(selected);
      for (const value of values) if (isCode(value)) show(shown, value);
    }
    if (groupCountMax < merged.size) return { kind: 'too-many' };
  }
  const sorted = [...merged].sort(([, one], [, other]) => compareLists(one.values, other.values));
  const asShown = (value: GroupValue): GroupValue => (isCode(value) ? (shown.get(keyOf(value)) ?? value) : value);
  return {
    kind: 'groups',
    groups: new Map(sorted.map(([key, { values, parts }]) => [key, { values: values.map(asShown), parts }])),
  };
}

/** Rows whose codes are the same on every axis are of one kind, and so in the same groups. */
type Kinds = { readonly kinds: readonly (readonly number[])[]; readonly kindOf: Uint32Array };

function kindsOf({ indices }: Selected, axes: readonly Axis[]): Kinds {
  let kinds: readonly (readonly number[])[] = [[]];
  let kindOf = new Uint32Array(indices.length);
  for (const { codeOf, codeCount } of axes) {
    const finer: (readonly number[])[] = [];
    const known = new Map<number, number>();
    kindOf = kindOf.map((kind, at) => {
      const code = codeOf(indices[at] ?? 0);
      const pair = kind * codeCount + code;
      const same = known.get(pair);
      if (same !== undefined) return same;
      known.set(pair, finer.length);
      return finer.push([...(kinds[kind] ?? []), code]) - 1;
    });
    kinds = finer;
  }
  return { kinds: indices.length === 0 ? [] : kinds, kindOf };
}

type Groups = {
  readonly all: readonly { readonly key: string; readonly values: readonly GroupValue[] }[];
  /** The groups of every combination of members, one of each axis; null when that would be too many groups. */
  admit(membersByAxis: readonly (readonly Member[])[]): Uint32Array | null;
};

function createGroups(groupCountMax: number): Groups {
  const all: { readonly key: string; values: readonly GroupValue[] }[] = [];
  const groupOf = new Map<string, number>();
  const admitOne = (members: readonly Member[]): number => {
    const key = `[${members.map((member) => member.key).join(',')}]`;
    const values = members.map(({ value }) => value);
    const known = groupOf.get(key);
    const group = known === undefined ? undefined : all[known];
    if (known !== undefined && group !== undefined) {
      group.values = shownValues(group.values, values);
      return known;
    }
    groupOf.set(key, all.length);
    return all.push({ key, values }) - 1;
  };
  return {
    all,
    admit(membersByAxis) {
      const combinationCount = membersByAxis.reduce((count, members) => count * members.length, 1);
      // Combinations of one row are all different, so more of them than the bound are too many groups.
      if (groupCountMax < combinationCount) return null;
      const groups = Uint32Array.from(combinationsOf(membersByAxis), admitOne);
      return groupCountMax < all.length ? null : groups;
    },
  };
}

function combinationsOf(membersByAxis: readonly (readonly Member[])[]): readonly (readonly Member[])[] {
  return membersByAxis.reduce<readonly (readonly Member[])[]>(
    (combinations, members) => combinations.flatMap((each) => members.map((member) => [...each, member])),
    [[]],
  );
}

/** The rows of each group, ascending. */
function spread(
  { indices }: Selected,
  kindOf: Uint32Array,
  groupsByKind: readonly Uint32Array[],
  groupCount: number,
): readonly Uint32Array[] {
  const sizes = new Uint32Array(groupCount);
  const groupsAt = (at: number): Uint32Array => groupsByKind[kindOf[at] ?? 0] ?? new Uint32Array();
  for (let at = 0; at < indices.length; at++) for (const group of groupsAt(at)) sizes[group] = (sizes[group] ?? 0) + 1;
  const rows = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(groupCount);
  for (let at = 0; at < indices.length; at++) {
    for (const group of groupsAt(at)) {
      const place = filled[group] ?? 0;
      const found = rows[group];
      if (found !== undefined) found[place] = indices[at] ?? 0;
      filled[group] = place + 1;
    }
  }
  return rows;
}

function shownValues(ones: readonly GroupValue[], others: readonly GroupValue[]): readonly GroupValue[] {
  return ones.some(isCode) ? ones.map((one, at) => shownOf(one, others[at] ?? null)) : ones;
}

/** Only codes are shown in more than one way. */
function isCode(value: GroupValue): value is DispositionCode {
  return typeof value === 'object' && value !== null;
}

function show(shown: Map<string, GroupValue>, code: DispositionCode): void {
  const key = keyOf(code);
  shown.set(key, shownOf(shown.get(key) ?? code, code));
}

function compareLists(ones: readonly GroupValue[], others: readonly GroupValue[]): number {
  for (const [at, one] of ones.entries()) {
    const order = compareGroupValues(one, others[at] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}
