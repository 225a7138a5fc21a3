import { describe, expect, test } from 'vitest';
import type { Patience } from '../../src/model/ports.ts';
import { createFlights, type Start } from '../../src/reading/flights.ts';

/** A start that counts its flights, and lands them when it is told to. */
function airport() {
  const begun: { readonly sequence: number; readonly patience: Patience; land(value: string): void; fail(): void }[] =
    [];
  const start: Start<string> = (sequence, patience) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    begun.push({ sequence, patience, land: resolve, fail: () => reject(new Error('crash')) });
    return promise;
  };
  return { begun, start };
}

function waiter(deadlineAt = 1_000): Patience & { readonly leave: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, deadlineAt: () => deadlineAt, leave: () => controller.abort(new Error('left')) };
}

describe('a flight', () => {
  test('begins once for all who join it', async () => {
    const [{ begun, start }, flights] = [airport(), createFlights<string>(0)];
    const joined = Array.from({ length: 5 }, () => flights.join('key', 0, waiter(), start));
    expect(begun).toHaveLength(1);
    expect(joined.map(({ isShared }) => isShared)).toEqual([false, true, true, true, true]);
    begun[0]?.land('landed');
    expect(await Promise.all(joined.map(({ result }) => result))).toEqual(Array(5).fill('landed'));
  });

  test('is of its key alone', () => {
    const [{ begun, start }, flights] = [airport(), createFlights<string>(0)];
    for (const key of ['one', 'other', 'one']) flights.join(key, 0, waiter(), start);
    expect(begun).toHaveLength(2);
  });

  test('goes on while anybody waits, and is aborted when the last one leaves', async () => {
    const [{ begun, start }, flights] = [airport(), createFlights<string>(0)];
    const [first, second] = [waiter(), waiter()];
    const results = [first, second].map((patience) => flights.join('key', 0, patience, start).result);
    const left = results.map((result) => expect(result).rejects.toThrow('left'));
    first.leave();
    await left[0];
    expect(begun[0]?.patience.signal.aborted).toBe(false);
    second.leave();
    await left[1];
    expect(begun[0]?.patience.signal.aborted).toBe(true);
  });

  test('that was aborted is joined by nobody', async () => {
    const [{ begun, start }, flights] = [airport(), createFlights<string>(0)];
    const first = waiter();
    const left = expect(flights.join('key', 0, first, start).result).rejects.toThrow('left');
    first.leave();
    await left;
    expect(flights.join('key', 0, waiter(), start).isShared).toBe(false);
    expect(begun).toHaveLength(2);
  });

  test('has the latest deadline of those who wait', async () => {
    const [{ begun, start }, flights] = [airport(), createFlights<string>(0)];
    flights.join('key', 0, waiter(1_000), start).result.catch(() => {});
    const late = waiter(9_000);
    const left = expect(flights.join('key', 0, late, start).result).rejects.toThrow('left');
    expect(begun[0]?.patience.deadlineAt()).toBe(9_000);
    late.leave();
    await left;
    expect(begun[0]?.patience.deadlineAt()).toBe(1_000);
  });

  test('is not waited for by one who has left before', async () => {
    const [{ begun, start }, flights] = [airport(), createFlights<string>(0)];
    const gone = waiter();
    gone.leave();
    await expect(flights.join('key', 0, gone, start).result).rejects.toThrow('left');
    expect(begun[0]?.patience.signal.aborted).toBe(true);
  });

  test('that began too early for a reader is not joined: a newer one begins, and is the one to join', async () => {
    const [{ begun, start }, flights] = [airport(), createFlights<string>(0)];
    const early = flights.join('key', 0, waiter(), start);
    const late = flights.join('key', flights.sequence(), waiter(), start);
    const last = flights.join('key', 0, waiter(), start);
    expect([early, late, last].map(({ isShared }) => isShared)).toEqual([false, false, true]);
    begun[1]?.land('new');
    begun[0]?.land('old');
    expect(await Promise.all([early.result, late.result, last.result])).toEqual(['old', 'new', 'new']);
  });

  test('that has landed or failed is over', async () => {
    const [{ begun, start }, flights] = [airport(), createFlights<string>(0)];
    const first = flights.join('key', 0, waiter(), start);
    begun[0]?.land('landed');
    await first.result;
    const second = flights.join('key', 0, waiter(), start);
    begun[1]?.fail();
    await expect(second.result).rejects.toThrow('crash');
    const third = flights.join('key', 0, waiter(), start);
    expect([first, second, third].map(({ isShared }) => isShared)).toEqual([false, false, false]);
    expect(begun.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(flights.sequence()).toBe(3);
  });

  test('that fails, fails for all who wait', async () => {
    const [{ begun, start }, flights] = [airport(), createFlights<string>(0)];
    const joined = [waiter(), waiter()].map((patience) => flights.join('key', 0, patience, start).result);
    begun[0]?.fail();
    expect((await Promise.allSettled(joined)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
