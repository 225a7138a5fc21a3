import { describe, expect, test } from 'vitest';
import { Failure, type FailureCode } from '../../src/errors.ts';
import { createBreaker } from '../../src/reading/breaker.ts';
import { createFakeClock } from '../kore/clock.ts';

/** A breaker before an upstream that fails as it is told to, or answers. */
function openDesk() {
  const clock = createFakeClock();
  const breaker = createBreaker(clock);
  const desk = { code: null as FailureCode | null, callCount: 0 };
  const ask = (isFirstPage = true) =>
    breaker
      .guard(isFirstPage, async () => {
        desk.callCount += 1;
        if (desk.code !== null) throw new Failure(desk.code, 'It fails');
        return 'answered';
      })
      .catch((error: unknown) => (error instanceof Failure ? error.code : error));
  /** Asks every tenth of a second for so long; at which of them it was called, in milliseconds from the beginning. */
  const askFor = async (ms: number) => {
    const calledAt: number[] = [];
    for (let at = 0; at < ms; at += 100) {
      const before = desk.callCount;
      await ask();
      if (desk.callCount > before) calledAt.push(at);
      await clock.advance(100);
    }
    return calledAt;
  };
  return Object.assign(desk, { clock, ask, askFor });
}

/** So many fail in a row before it rests. */
const failuresMax = 8;

describe('an upstream that fails', () => {
  test('for a while is asked once a second after eight failures in a row, and by all once it answers', async () => {
    const desk = openDesk();
    desk.code = 'UPSTREAM_UNAVAILABLE';
    const calledAt = await desk.askFor(10_000);
    const first = Array.from({ length: failuresMax }, (_, at) => 100 * at);
    expect(calledAt).toEqual([...first, ...Array.from({ length: 9 }, (_, at) => 700 + 1_000 * (at + 1))]);
    desk.code = null;
    await desk.clock.advance(1_000);
    desk.callCount = 0;
    expect(await Promise.all(Array.from({ length: 5 }, () => desk.ask()))).toEqual(Array(5).fill('answered'));
    expect(desk.callCount).toBe(5);
  });

  test.for<FailureCode>(['UPSTREAM_AUTH', 'UPSTREAM_FORBIDDEN', 'UPSTREAM_NOT_FOUND'])(
    'for good is asked less and less often, down to once a minute, until it answers: %s',
    async (code) => {
      const desk = openDesk();
      desk.code = code;
      const calledAt = await desk.askFor(260_000);
      const rests = calledAt.slice(failuresMax).map((at, index) => at - (calledAt[failuresMax - 1 + index] ?? 0));
      expect(rests).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
      desk.code = null;
      await desk.clock.advance(60_000);
      expect(await desk.ask()).toBe('answered');
      // Then it is what it was at the beginning.
      desk.code = code;
      expect((await desk.askFor(3_000)).length).toBe(failuresMax + 1);
    },
  );

  test('for good, in many calls that were under way together, is one failure for what comes after', async () => {
    const clock = createFakeClock();
    const breaker = createBreaker(clock);
    const { promise: told, resolve: tell } = Promise.withResolvers<void>();
    let callCount = 0;
    const ask = () =>
      breaker.guard(true, async () => {
        callCount += 1;
        await told;
        throw new Failure('UPSTREAM_AUTH', 'It fails');
      });
    const all = Array.from({ length: 40 }, () => ask().catch((error: unknown) => error));
    tell();
    await Promise.all(all);
    await clock.advance(999);
    await ask().catch((error: unknown) => error);
    expect(callCount).toBe(40);
    await clock.advance(1);
    await ask().catch((error: unknown) => error);
    expect(callCount).toBe(41);
    // That one was asked on behalf of all, and was refused again.
    await clock.advance(1_999);
    await ask().catch((error: unknown) => error);
    expect(callCount).toBe(41);
    await clock.advance(1);
    await ask().catch((error: unknown) => error);
    expect(callCount).toBe(42);
  });

  test('in another way meanwhile is asked as often as one that may be back', async () => {
    const desk = openDesk();
    desk.code = 'UPSTREAM_AUTH';
    await desk.askFor(5_000);
    desk.code = 'UPSTREAM_TIMEOUT';
    await desk.clock.advance(60_000);
    desk.callCount = 0;
    expect(await desk.askFor(3_000)).toEqual([0, 1_000, 2_000]);
  });

  test('for one page alone isn’t spared', async () => {
    const desk = openDesk();
    desk.code = 'UPSTREAM_BAD_RESPONSE';
    for (let each = 0; each < 20; each++) expect(await desk.ask(false)).toBe('UPSTREAM_BAD_RESPONSE');
    expect(desk.callCount).toBe(20);
    for (let each = 0; each < 20; each++) await desk.ask(true);
    expect(desk.callCount).toBe(20 + failuresMax);
  });

  test('for want of quota isn’t spared either', async () => {
    const desk = openDesk();
    desk.code = 'UPSTREAM_BUDGET_EXHAUSTED';
    for (let each = 0; each < 20; each++) await desk.ask();
    expect(desk.callCount).toBe(20);
  });
});
