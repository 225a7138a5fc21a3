import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ask } from '../../scripts/probe/ask.ts';
import { askBounds } from '../../scripts/probe/bounds.ts';
import { usualAsk } from '../../scripts/probe/opening.ts';
import { type List, studyOf } from './made-up.ts';
import { nowMs } from './tenant.ts';

type Upstream = {
  readonly end: 'inclusive-second' | 'inclusive-ms' | 'exclusive';
  /** Whether a window that ends where it begins is refused. */
  readonly isStrict: boolean;
  readonly isIsoRefused: boolean;
  readonly count: number;
  readonly seed: number;
};

const upstreams: fc.Arbitrary<Upstream> = fc.record({
  end: fc.constantFrom('inclusive-second', 'inclusive-ms', 'exclusive'),
  isStrict: fc.boolean(),
  isIsoRefused: fc.boolean(),
  count: fc.integer({ min: 20, max: 20_000 }),
  seed: fc.nat(1_000_000),
});

const { fromMs, untilMs } = usualAsk(nowMs, null);

function listOf({ end, isStrict, isIsoRefused, count, seed }: Upstream): List {
  const times = Array.from({ length: count }, (_, row) => {
    const drawn = Math.sin(seed + row * 12.9898) * 43_758.5453;
    const timeMs = fromMs + Math.floor((drawn - Math.floor(drawn)) * (untilMs - fromMs));
    // A row on the very millisecond of a second looks as if all of that second belonged to the window.
    return timeMs % 1_000 === 0 ? timeMs + 1 : timeMs;
  }).sort((one, other) => one - other);
  const width = { 'inclusive-second': 1_000, 'inclusive-ms': 1, exclusive: 0 }[end];
  return (ask: Ask) => {
    if (ask.untilMs < ask.fromMs || (isStrict && ask.untilMs === ask.fromMs)) return null;
    if (isIsoRefused && ask.form === 'iso') return null;
    const rows = times.flatMap((time, row) => (ask.fromMs <= time && time < ask.untilMs + width ? [row] : []));
    return { rows: rows.slice(ask.offset, ask.offset + ask.limit), total: rows.length };
  };
}

test('what endDate means is found, whatever windows are refused and however the rows lie', async () => {
  await fc.assert(
    fc.asyncProperty(upstreams, async (upstream) => {
      const study = await studyOf(listOf(upstream));
      const finding = (await askBounds(study)).find(({ topic }) => topic === 'windowEnd');
      // Without milliseconds nobody can tell these two from each other; where rows are few, calls run out before.
      const isCoarse = finding?.text.startsWith('By whole seconds') === true;
      expect(finding?.answer).toBe(isCoarse ? 'exclusive' : upstream.end);
      if (isCoarse) expect(upstream.isIsoRefused || upstream.count < 600).toBe(true);
      if (isCoarse) expect(upstream.end).not.toBe('inclusive-second');
    }),
    { seed: 20_261_126, numRuns: 300 },
  );
});

test('rows without evaluatedAt leave open which time the dates mean', async () => {
  const study = await studyOf(listOf({ end: 'exclusive', isStrict: true, isIsoRefused: false, count: 500, seed: 1 }));
  const finding = (await askBounds(study)).find(({ topic }) => topic === 'dateField');
  expect(finding?.state).toBe('untold');
});
