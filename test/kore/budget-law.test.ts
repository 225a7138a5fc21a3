import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callsMaxOf } from '../../src/kore/kinds.ts';
import type { CallAsk, CallKind, Slot } from '../../src/model/sharing.ts';
import { createFakeClock, settled } from './clock.ts';
import { createGate } from './gate.ts';

type Step =
  | { readonly kind: 'take'; readonly patienceMs: number; readonly ask: CallAsk }
  | { readonly kind: 'end' | 'abort'; readonly which: number }
  | { readonly kind: 'close'; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'advance'; readonly ms: number };

const asks: fc.Arbitrary<CallAsk> = fc.record({
  kind: fc.constantFrom('direct', 'scan', 'background'),
  caller: fc.constantFrom('a', 'b', 'c'),
});

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('take'), patienceMs: fc.integer({ min: 0, max: 4_000 }), ask: asks }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('end'), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('abort'), which: fc.nat() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('advance'), ms: fc.integer({ min: 0, max: 700 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('close'), retryAfterMs: fc.constantFrom(undefined, 100, 1_500) }),
  },
);

test('however calls are taken, ended and given up, never more than allowed fall in any window, nor go on at once', {
  timeout: 30_000,
}, async () => {
  const limits = fc.record({
    callsMax: fc.integer({ min: 1, max: 9 }),
    inFlightMax: fc.integer({ min: 1, max: 4 }),
    queueMax: fc.nat({ max: 6 }),
    keptForDirect: fc.nat({ max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(limits, fc.array(steps, { maxLength: 40 }), async (limit, script) => {
      const settings = { ...limit, windowMs: 1_000 };
      const story = await play(settings, script);
      const begins = story.calls.map(({ from }) => from);
      for (const begin of begins) {
        const counted = story.calls.filter(({ from, until }) => from <= begin && begin < until + settings.windowMs);
        expect(counted.length).toBeLessThanOrEqual(settings.callsMax);
        const ofKinds = (...kinds: readonly CallKind[]) => counted.filter(({ kind }) => kinds.includes(kind)).length;
        const maxOf = (kind: CallKind) => callsMaxOf(kind, settings.callsMax, settings.keptForDirect);
        expect(ofKinds('scan', 'background')).toBeLessThanOrEqual(maxOf('scan'));
        expect(ofKinds('background')).toBeLessThanOrEqual(maxOf('background'));
        const underWay = story.calls.filter(({ from, until }) => from <= begin && begin < until);
        expect(underWay.length).toBeLessThanOrEqual(settings.inFlightMax);
        expect(story.closures.some(({ from, until }) => from < begin && begin < until)).toBe(false);
      }
      expect(story.lateCount).toBe(0);
      expect(story.left).toStrictEqual({ queuedCalls: 0, sleeperCount: 0 });
    }),
    { numRuns: 2000 },
  );
});

type Span = { readonly from: number; until: number };
type Call = Span & { readonly kind: CallKind };
type Story = {
  readonly calls: readonly Call[];
  readonly closures: readonly Span[];
  /** Takes that were neither admitted nor refused by their deadline. */
  readonly lateCount: number;
  readonly left: { readonly queuedCalls: number; readonly sleeperCount: number };
};

async function play(settings: Parameters<typeof createGate>[0], script: readonly Step[]): Promise<Story> {
  const clock = createFakeClock();
  const budget = createGate(settings, clock);
  const calls: Call[] = [];
  const closures: Span[] = [];
  const open: { readonly slot: Slot; readonly call: Call }[] = [];
  const waiting: AbortController[] = [];
  let lateCount = 0;
  const take = (patienceMs: number, { kind, caller }: CallAsk) => {
    const controller = new AbortController();
    const deadline = clock.elapsed() + patienceMs;
    waiting.push(controller);
    const noteEnd = () => {
      if (deadline < clock.elapsed()) lateCount += 1;
      waiting.splice(waiting.indexOf(controller), 1);
    };
    const patience = {
      signal: controller.signal,
      deadlineAt: () => deadline,
      isScan: () => kind === 'scan',
      isBackground: () => kind === 'background',
      caller: () => caller,
    };
    budget.take(patience).then((slot) => {
      noteEnd();
      const call = { kind, from: clock.elapsed(), until: Number.POSITIVE_INFINITY };
      calls.push(call);
      open.push({ slot, call });
    }, noteEnd);
  };
  const end = (which: number) => {
    const [ended] = open.splice(which % Math.max(1, open.length), 1);
    if (ended === undefined) return;
    ended.call.until = clock.elapsed();
    ended.slot.end();
  };
  const act = (step: Step): void => {
    if (step.kind === 'take') take(step.patienceMs, step.ask);
    else if (step.kind === 'end') end(step.which);
    else if (step.kind === 'abort') waiting[step.which % Math.max(1, waiting.length)]?.abort();
    else if (step.kind === 'close')
      closures.push({ from: clock.elapsed(), until: clock.elapsed() + budget.close(step.retryAfterMs) });
  };
  for (const step of script) {
    if (step.kind === 'advance') await clock.advance(step.ms);
    else act(step);
    await settled();
  }
  await clock.advance(20_000);
  return {
    calls,
    closures,
    lateCount,
    left: { queuedCalls: budget.state().queuedCalls, sleeperCount: clock.sleeperCount },
  };
}
