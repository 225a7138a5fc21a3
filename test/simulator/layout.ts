import { share } from './hash.ts';

export const dayMs = 86_400_000;

export type Direction = 'inbound' | 'outbound';

/** Rows of one kind: what the upstream itself can filter by. `direction` null: the row states none. */
export type RowClass = {
  readonly direction: Direction | null;
  readonly isBelowThreshold: boolean;
  readonly countPerDay: number;
  /** The first serial of this class within a day. */
  readonly dayOffset: number;
};

/** A conversation's place in the data. Serials are its name inside the simulator; they do not ascend with time. */
export type RowRef = { readonly serial: number; readonly classIndex: number; readonly startMs: number };

/**
 * The whole data as arithmetic. Each class is a sequence of its own, ascending in time, with the same number of rows on each UTC
 * day: so the position of an instant in a class, and the instant of a position, are computed and nothing is stored.
 */
export type Layout = {
  readonly seed: number;
  readonly epochMs: number;
  readonly dayCount: number;
  readonly countPerDay: number;
  readonly classes: readonly RowClass[];
};

/** Of each day's rows `listedPerDay` are listed by default; the below-threshold ones come on top. */
export function makeLayout(options: {
  readonly seed: number;
  readonly epochMs: number;
  readonly dayCount: number;
  readonly listedPerDay: number;
  readonly belowThresholdShare: number;
}): Layout {
  const classes: RowClass[] = [];
  let dayOffset = 0;
  for (const isBelowThreshold of [false, true]) {
    const all = isBelowThreshold
      ? Math.round(options.listedPerDay * options.belowThresholdShare)
      : options.listedPerDay;
    const outbound = Math.round(all * 0.3);
    const unstated = Math.round(all * 0.03);
    const counts = [
      ['inbound', all - outbound - unstated],
      ['outbound', outbound],
      [null, unstated],
    ] as const;
    for (const [direction, countPerDay] of counts) {
      classes.push({ direction, isBelowThreshold, countPerDay, dayOffset });
      dayOffset += countPerDay;
    }
  }
  const { seed, epochMs, dayCount } = options;
  return { seed, epochMs, dayCount, countPerDay: dayOffset, classes };
}

/** The row at a position of a class; positions ascend with time. */
export function rowAt(layout: Layout, classIndex: number, position: number): RowRef {
  const { countPerDay, dayOffset } = classAt(layout, classIndex);
  const day = Math.floor(position / countPerDay);
  const ordinal = position % countPerDay;
  const startMs = layout.epochMs + day * dayMs + startInDay(layout, classIndex, countPerDay, day, ordinal);
  return { serial: day * layout.countPerDay + dayOffset + ordinal, classIndex, startMs };
}

/** The row of a serial, or null where the data has none. */
export function rowOfSerial(layout: Layout, serial: number): RowRef | null {
  if (!Number.isInteger(serial) || serial < 0 || serial >= layout.dayCount * layout.countPerDay) return null;
  const day = Math.floor(serial / layout.countPerDay);
  const inDay = serial % layout.countPerDay;
  const classIndex = layout.classes.findIndex(
    (kind) => inDay >= kind.dayOffset && inDay < kind.dayOffset + kind.countPerDay,
  );
  const { countPerDay, dayOffset } = classAt(layout, classIndex);
  return rowAt(layout, classIndex, day * countPerDay + inDay - dayOffset);
}

/** How many rows of a class start before an instant. */
export function countBefore(layout: Layout, classIndex: number, instantMs: number): number {
  const { countPerDay } = classAt(layout, classIndex);
  const sinceEpoch = instantMs - layout.epochMs;
  if (sinceEpoch <= 0 || countPerDay === 0) return 0;
  const day = Math.floor(sinceEpoch / dayMs);
  if (day >= layout.dayCount) return layout.dayCount * countPerDay;
  const inDayMs = sinceEpoch - day * dayMs;
  let ordinal = Math.floor(shareOfDay(inDayMs) * countPerDay);
  while (ordinal > 0 && startInDay(layout, classIndex, countPerDay, day, ordinal - 1) >= inDayMs) ordinal--;
  while (ordinal < countPerDay && startInDay(layout, classIndex, countPerDay, day, ordinal) < inDayMs) ordinal++;
  return day * countPerDay + ordinal;
}

/** The class of an index; an index outside the layout is a fault of the caller. */
export function classAt(layout: Layout, classIndex: number): RowClass {
  const found = layout.classes[classIndex];
  if (found === undefined) throw new RangeError(`no class ${classIndex}`);
  return found;
}

// Each row is drawn within its own slot of the day's profile, so starts ascend with the ordinal.
function startInDay(layout: Layout, classIndex: number, countPerDay: number, day: number, ordinal: number): number {
  const drawn = (ordinal + share(layout.seed, day, classIndex, ordinal)) / countPerDay;
  return Math.min(dayMs - 1, Math.floor(instantOfShare(drawn)));
}

/** How busy each UTC hour is, in arbitrary parts: a quiet night, a forenoon peak, an afternoon peak. */
const hourParts = [8, 6, 5, 5, 6, 10, 20, 40, 65, 80, 85, 82, 70, 72, 80, 78, 70, 58, 45, 35, 28, 20, 14, 10];
const partsSum = hourParts.reduce((sum, parts) => sum + parts, 0);
const hourMs = 3_600_000;
const hours = hourParts.map((parts, hour) => ({
  from: hourParts.slice(0, hour).reduce((sum, part) => sum + part, 0) / partsSum,
  width: parts / partsSum,
}));

function shareOfDay(inDayMs: number): number {
  const hour = hours[Math.floor(inDayMs / hourMs)];
  return hour === undefined ? 1 : hour.from + hour.width * ((inDayMs % hourMs) / hourMs);
}

function instantOfShare(part: number): number {
  let hour = 23;
  while (hour > 0 && (hours[hour]?.from ?? 0) > part) hour--;
  const { from, width } = hours[hour] ?? { from: 0, width: 1 };
  return (hour + (part - from) / width) * hourMs;
}
