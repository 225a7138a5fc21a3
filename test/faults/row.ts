import { expect } from 'vitest';
import type { Fault } from '../simulator/faults.ts';
import {
  briefly,
  errorOf,
  expectDiscreet,
  expectWholeList,
  expectWholeScan,
  openStand,
  type StandOptions,
} from './stand.ts';
import { listOf, scanOf } from './truth.ts';

/** What a fault that goes on leads to: its code, its reason, and how many calls one page costs. */
export type Outcome = {
  readonly code: string;
  readonly reason?: string;
  readonly retryable: boolean;
  readonly calls: number;
};

/**
 * A fault of the wire, as a whole: while it goes on, a list and a scan are refused alike, by exactly so many calls, and say nothing of the upstream; where asking again is
 * allowed one such fault is not seen; and once it is over everything is whole, for nothing of it was kept.
 */
export async function holdFault(fault: Fault, outcome: Outcome, options: StandOptions = {}): Promise<void> {
  const settings = { ...(outcome.code === 'UPSTREAM_TIMEOUT' ? briefly : {}), ...options.settings };
  await using stand = await openStand({ ...options, settings });
  const { kore } = stand;
  kore.fault({ ...fault, times: 'all' });
  const answers = [];
  for (const query of [listOf(), scanOf('2026-03-03')]) {
    kore.resetCalls();
    const answer = await stand.ask(query);
    answers.push(answer);
    const { code, reason, retryable } = errorOf(answer);
    const expected = [outcome.code, outcome.reason, outcome.retryable, outcome.calls];
    expect([code, reason, retryable, kore.callCount], query).toEqual(expected);
    for (const { headers } of kore.calls) expect(headers).not.toHaveProperty('range');
  }
  expectDiscreet(stand, ...answers);
  kore.clearFaults();
  if (1 < outcome.calls) {
    kore.fault(fault);
    kore.resetCalls();
    expectWholeList(stand, await stand.ask(listOf()));
    expect(kore.callCount, 'two pages, and one of them again').toBe(3);
  }
  expectWholeList(stand, await stand.ask(listOf('2026-03-04')), '2026-03-04');
  expectWholeScan(stand, await stand.ask(scanOf('2026-03-03')), '2026-03-03');
}

/** An answer that is odd but whole: taken at once. */
export async function holdOddity(fault: Fault, options: StandOptions = {}): Promise<void> {
  await using stand = await openStand(options);
  const { kore } = stand;
  kore.fault({ ...fault, times: 'all' });
  const answers = [await stand.ask(listOf()), await stand.ask(scanOf('2026-03-03'))] as const;
  expectWholeList(stand, answers[0]);
  expectWholeScan(stand, answers[1], '2026-03-03');
  expect(kore.callCount).toBe(4);
  expectDiscreet(stand);
}
