import type { Fault } from './faults.ts';
import type { Simulator } from './simulator.ts';
import type { Switches } from './switches.ts';

/** Answers `GET /control` (what has happened) and `POST /control` (change something), for tests of another process. */
export type Control = (method: string, text: string) => { readonly status: number; readonly body: string };

/** What a POST may hold; all parts are optional and taken in this order. */
type ControlOrder = {
  readonly resetCalls?: boolean;
  readonly clearFaults?: boolean;
  readonly set?: Partial<Switches>;
  readonly fault?: Fault | readonly Fault[];
  readonly insert?: Parameters<Simulator['insert']>[0];
  readonly remove?: string;
  readonly touch?: string;
};

type Controlled = Omit<Simulator, typeof Symbol.asyncDispose | 'url' | 'list' | 'beforeCall'>;

/** The control of a simulator. A GET never counts as a call; tokens are not shown. */
export function makeControl(simulator: Controlled, switches: () => Switches): Control {
  return (method, text) => {
    if (method === 'GET') return { status: 200, body: JSON.stringify({ ...report(simulator), switches: switches() }) };
    if (method !== 'POST') return { status: 405, body: '{"error":"GET or POST"}' };
    try {
      return { status: 200, body: JSON.stringify(obey(simulator, JSON.parse(text))) };
    } catch (error) {
      return { status: 400, body: JSON.stringify({ error: String(error) }) };
    }
  };
}

function obey(simulator: Controlled, order: ControlOrder): Readonly<Record<string, unknown>> {
  if (order.resetCalls === true) simulator.resetCalls();
  if (order.clearFaults === true) simulator.clearFaults();
  if (order.set !== undefined) simulator.set(order.set);
  for (const fault of [order.fault ?? []].flat()) simulator.fault(fault);
  return {
    ...(order.insert === undefined ? {} : { inserted: simulator.insert(order.insert) }),
    ...(order.remove === undefined ? {} : { removed: simulator.remove(order.remove) }),
    ...(order.touch === undefined ? {} : { touched: simulator.touch(order.touch) }),
    callCount: simulator.callCount,
  };
}

const shownCount = 20;

function report(simulator: Controlled): Readonly<Record<string, unknown>> {
  const outcomes: Record<string, number> = {};
  for (const { outcome } of simulator.calls) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return {
    callCount: simulator.callCount,
    inFlightCount: simulator.inFlightCount,
    abortedCount: simulator.abortedCount,
    outcomes,
    lastCalls: simulator.calls.slice(-shownCount).map(({ headers: _, ...call }) => call),
  };
}
