import { expect, test } from 'vitest';
import { createLeaving } from '../../src/reading/leaving.ts';
import type { SpanWaiter } from '../../src/reading/waiters.ts';
import { days, listOf, openWorld, type World } from './world.ts';

/** Somebody of this caller, who waits until he leaves. */
function waiter(caller: string) {
  const leaving = new AbortController();
  const waits: SpanWaiter = {
    leaving: createLeaving(leaving.signal),
    patience: { signal: leaving.signal, deadlineAt: () => Number.POSITIVE_INFINITY },
    caller,
    hopes: new Set(),
    losses: new Set(),
    mayCall: () => true,
    onCall: () => undefined,
    onSend: () => undefined,
    leave: () => undefined,
  };
  return { waits, leave: () => leaving.abort(new Error('left')) };
}

/** One reading of one day; whoever leaves it hears that he has. */
function read({ reading: { scanner } }: World, day: number, { waits }: ReturnType<typeof waiter>): Promise<unknown> {
  return scanner.read({ question: listOf(days(1, day)), newerThan: 0 }, waits).catch((error: unknown) => error);
}

const daysAsked = ({ requests }: World) => requests.map(({ question }) => question.window.from);

test('a reading goes over to the line of who still waits for it when the one on whose account it was has left', async () => {
  const [one, leaver, other] = [waiter('one'), waiter('one'), waiter('other')];
  const beforeCall = (callIndex: number) => {
    if (callIndex === 0) leaver.leave();
  };
  const world = openWorld({ rows: [], manners: { beforeCall }, limits: { callsInFlightMax: 2 } });
  const reads = Array.from({ length: 50 }, (_, day) => read(world, day, one));
  reads.push(read(world, 50, leaver), read(world, 50, other));
  await Promise.all(reads);
  // Two calls were under way; the places they leave go to each caller in turn.
  expect(daysAsked(world).indexOf(days(1, 50).from)).toBeLessThan(4);
});

test('the places of calls that nobody waits for any more are free at once, though the calls never end', async () => {
  const [leaver, other] = [waiter('one'), waiter('other')];
  const world = openWorld({
    rows: [],
    manners: { respond: (page, _, callIndex) => (callIndex < 2 ? new Promise(() => undefined) : page) },
    limits: { callsInFlightMax: 2 },
  });
  const reads = [read(world, 0, leaver), read(world, 1, leaver), read(world, 2, other)];
  await expect.poll(() => daysAsked(world)).toHaveLength(2);
  leaver.leave();
  await expect.poll(() => daysAsked(world)).toHaveLength(3);
  await Promise.all(reads);
});
