import { identityAt, isSameAt, type RowAt } from '../model/row-at.ts';
import type { WholeSpan } from './span.ts';

/**
 * Parts that may overlap, without the rows that two neighbours both show: each of them stays in one. A row that has changed between the two readings
 * is taken as the later one saw it. In the order of the parts.
 */
export function uniteParts(parts: readonly WholeSpan[]): readonly WholeSpan[] {
  const united: WholeSpan[] = [];
  for (const part of parts) {
    const before = united.at(-1);
    if (before === undefined || before.window.until <= part.window.from) united.push(part);
    else {
      united.pop();
      united.push(...withoutShared(before, part));
    }
  }
  return united;
}

function withoutShared(before: WholeSpan, after: WholeSpan): readonly [WholeSpan, WholeSpan] {
  const known = Map.groupBy(before.rows, identityAt);
  const isAfterNewer = before.readAt <= after.readAt;
  const dropped = new Set<RowAt>();
  for (const row of after.rows) {
    const others = known.get(identityAt(row));
    if (others === undefined) continue;
    const same = others.find((other) => isSameAt(other, row)) ?? others[0];
    if (same !== undefined) dropped.add(isAfterNewer ? same : row);
  }
  return [without(before, dropped), without(after, dropped)];
}

function without(span: WholeSpan, dropped: ReadonlySet<RowAt>): WholeSpan {
  const rows = span.rows.filter((row) => !dropped.has(row));
  return rows.length === span.rows.length
    ? span
    : { ...span, rows, total: span.total - (span.rows.length - rows.length) };
}
