import { type Budget, createBudget } from '../../src/kore/budget.ts';
import { createOwnWindow } from '../../src/kore/own-window.ts';
import type { Clock } from '../../src/model/ports.ts';

export type GateSettings = {
  readonly callsMax: number;
  readonly windowMs: number;
  readonly inFlightMax: number;
  readonly queueMax: number;
  readonly queuedPerCallerMax?: number;
  readonly keptForDirect?: number;
};

/** A gate over a window of its own. Unless a test says otherwise, scans leave nothing to lists, and one caller may fill the queue. */
export function createGate(settings: GateSettings, clock: Clock): Budget {
  const window = createOwnWindow({ keptForDirect: 0, ...settings }, clock);
  return createBudget({ queuedPerCallerMax: settings.queueMax, ...settings }, window, clock);
}
