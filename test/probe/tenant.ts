import type { Topic } from '../../scripts/probe/finding.ts';
import { probe, type Report } from '../../scripts/probe/run.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { environmentOf } from '../gateway/environment.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/simulator.ts';
import type { Switches } from '../simulator/switches.ts';

/** A Thursday at noon, as the simulator and the probe see it. */
export const nowMs = Date.parse('2026-03-12T12:30:40Z');

export type Probing = {
  readonly settings?: Readonly<Record<string, string>>;
  readonly callsMax?: number;
  readonly isCoarse?: boolean;
  readonly window?: { readonly fromMs: number; readonly untilMs: number };
};

/** A tenant as a live one is: rows appear as their time comes. */
export function startTenant(switches: Partial<Switches> = {}, options: SimulatorOptions = {}): Promise<Simulator> {
  return startSimulator({ now: () => nowMs, ...options, switches: { liveTail: true, ...switches } });
}

export function configFor(kore: Pick<Simulator, 'url' | 'account'>, settings: Probing['settings'] = {}): Config {
  const read = readConfig({ ...environmentOf(kore), ...settings });
  if (read.kind === 'problems') throw new Error(JSON.stringify(read.problems));
  return read.config;
}

/** Probes a simulator on its own clock, which stands still. */
export function probeTenant(
  kore: Simulator,
  { settings, callsMax = 30, isCoarse = false, window }: Probing = {},
): Promise<Report> {
  return probe({
    config: configFor(kore, settings),
    clock: { now: () => nowMs, elapsed: () => performance.now(), wait: async () => undefined },
    callsMax,
    isCoarse,
    window: window ?? null,
  });
}

/** What a report says of a topic, in the words of its finding. */
export function answerIn({ findings }: Report, topic: Topic): string {
  const finding = findings.find((each) => each.topic === topic);
  if (finding === undefined) return 'no finding';
  return finding.state === 'learned' ? finding.answer : `${finding.state}: ${finding.text}`;
}
