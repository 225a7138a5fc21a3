/** How the conversations of a stream are spread over its days, as far as was seen: it says where to cut a day into parts of equal size. */
export type Profile = {
  /** Takes note of how many conversations the parts of a day hold. */
  learn(parts: readonly DayPart[]): void;
  /** Cuts a part of a day into `partCount` parts that probably hold as many each: whole seconds strictly inside, ascending. */
  cut(from: number, until: number, partCount: number): readonly number[];
  /** The weights, to be kept and given back. */
  weights(): readonly number[];
};

/** A part of a day, in seconds since its midnight, and how many conversations it holds. */
export type DayPart = { readonly from: number; readonly until: number; readonly count: number };

/** Conversations in a second of a bin. */
type Density = (bin: number) => number;

const binSeconds = 300;
/** A day that gains an hour is longer than others. */
const binCount = 25 * 12;
/** Beyond so many conversations what was seen earlier counts half, so that a profile follows its stream. */
const weightMax = 100_000;
/** Every part of the day is taken to be a little likely: no part is so quiet that it is never cut. */
const floorShare = 0.02;

/** A profile that begins with these weights; none: every part of the day is alike. */
export function createProfile(known: readonly number[] = []): Profile {
  const bins = Float64Array.from({ length: binCount }, (_, index) => known[index] ?? 0);
  const sum = () => bins.reduce((all, weight) => all + weight, 0);
  return {
    weights: () => [...bins].map((weight) => Math.round(weight * 100) / 100),
    cut: (from, until, partCount) => cutAt(densityOf(bins, sum()), from, until, partCount),
    learn(parts) {
      // Each part is spread as the day was before: it says how much it holds, and nothing of its inside.
      const density = densityOf(bins, sum());
      for (const { from, until, count } of parts) {
        const pieces = piecesOf(from, until);
        const mass = pieces.reduce((all, { bin, seconds }) => all + density(bin) * seconds, 0);
        for (const { bin, seconds } of pieces) bins[bin] = (bins[bin] ?? 0) + (count * density(bin) * seconds) / mass;
      }
      if (weightMax < sum()) for (const [bin, weight] of bins.entries()) bins[bin] = weight / 2;
    },
  };
}

/** How dense the bins are by now. */
function densityOf(bins: Float64Array, sum: number): Density {
  const known = Float64Array.from(bins);
  const floor = Math.max(sum, 1) * (floorShare / binCount);
  return (bin) => ((known[bin] ?? 0) + floor) / binSeconds;
}

/** A part of the day bin by bin. */
function piecesOf(from: number, until: number): readonly { readonly bin: number; readonly seconds: number }[] {
  const pieces: { bin: number; seconds: number }[] = [];
  for (let at = from; at < until; ) {
    const bin = Math.floor(at / binSeconds);
    const end = Math.min(until, (bin + 1) * binSeconds);
    pieces.push({ bin, seconds: end - at });
    at = end;
  }
  return pieces;
}

function cutAt(density: Density, from: number, until: number, partCount: number): readonly number[] {
  const pieces = piecesOf(from, until);
  const massOfPart = pieces.reduce((all, { bin, seconds }) => all + density(bin) * seconds, 0) / partCount;
  const cuts: number[] = [];
  let [at, mass] = [from, 0];
  for (const { bin, seconds } of pieces) {
    const massThen = mass + density(bin) * seconds;
    while (cuts.length < partCount - 1 && massOfPart * (cuts.length + 1) <= massThen) {
      cuts.push(Math.round(at + (massOfPart * (cuts.length + 1) - mass) / density(bin)));
    }
    at += seconds;
    mass = massThen;
  }
  return [...new Set(cuts)].filter((cut) => from < cut && cut < until);
}
