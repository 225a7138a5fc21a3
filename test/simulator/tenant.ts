import { hash, hex, looseUuid, share } from './hash.ts';
import type { Direction } from './layout.ts';
import { agentNames, metricNames, queueNames } from './names.ts';

/** One metric as a form holds it; weights belong to the form, so one metric id has many (contract 2.6.8). */
export type FormMetric = {
  readonly id: string;
  readonly name: string;
  readonly weight: number;
  readonly negativeWeight: number;
  readonly isFatal: boolean;
  readonly isManual: boolean;
  /** How likely it is to be applicable, and how hard to adhere to: shares in [0, 1]. */
  readonly applicability: number;
  readonly difficulty: number;
};

/** An evaluation form: one for each queue and direction (contract 5.1). */
export type Form = {
  readonly style: 'percentage' | 'points';
  readonly treatment: 'excludeFromScore' | 'considerFullWeight';
  readonly decimalCount: 0 | 2;
  readonly passScore: number;
  readonly metrics: readonly FormMetric[];
};

export type TenantQueue = {
  readonly id: string;
  readonly name: string;
  readonly agents: readonly TenantAgent[];
  readonly forms: Readonly<Record<Direction, Form>>;
};

/** `skill` is the share of applicable metrics that the agent tends to meet. */
export type TenantAgent = { readonly id: string; readonly name: string; readonly skill: number };

export type Tenant = { readonly queues: readonly TenantQueue[]; readonly agents: readonly TenantAgent[] };

const teamCount = 6;

/** The queues, teams and forms of one made-up customer: a dozen queues, sixty agents in six teams, a form per queue and direction. */
export function makeTenant(seed: number): Tenant {
  const agents = agentNames.map((name, index) => ({
    id: looseUuid('a-', seed, index, 201),
    name,
    skill: 0.62 + 0.36 * share(seed, index, 202),
  }));
  const queues = queueNames.map((name, index) => ({
    id: looseUuid('qu-', seed, index, 203),
    name,
    agents: agents.filter((_, agentIndex) => agentIndex % teamCount === index % teamCount),
    forms: { inbound: makeForm(seed, index * 2), outbound: makeForm(seed, index * 2 + 1) },
  }));
  return { queues, agents };
}

function makeForm(seed: number, index: number): Form {
  const style = index % 3 === 1 ? 'points' : 'percentage';
  const count = 8 + (hash(seed, index, 301) % 7);
  const picked = pick(metricNames.length - 1, count, seed, index);
  const decimalCount = index % 4 === 2 ? 2 : 0;
  const weights = spread(
    100,
    picked.map((metric) => 1 + (hash(seed, index, 302, metric) % 9)),
    decimalCount === 2 ? 0.25 : 1,
  );
  const metrics = picked.map((metric, place) => ({
    ...metricOf(seed, metric),
    weight: weights[place] ?? 0,
    negativeWeight: negativeWeight(seed, index, metric, style),
    isFatal: place === 2 && index % 2 === 0,
    isManual: false,
  }));
  const manual = { ...metricOf(seed, metricNames.length - 1), weight: 0, negativeWeight: 0 };
  return {
    style,
    treatment: index % 5 === 4 ? 'considerFullWeight' : 'excludeFromScore',
    decimalCount,
    passScore: 60 + 5 * (index % 4),
    metrics: style === 'points' ? [...metrics, { ...manual, isFatal: false, isManual: true }] : metrics,
  };
}

function metricOf(seed: number, metric: number) {
  const digits = hex(32, seed, metric, 204);
  const id = `em-${digits.slice(0, 8)}-${digits.slice(8, 12)}-5${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
  const applicability = metric % 4 === 3 ? 0.55 : 0.95;
  return { id, name: metricNames[metric] ?? '', applicability, difficulty: 0.3 * share(seed, metric, 205) };
}

// Points forms subtract; some subtract more than they give (contract 2.4: 31 against 25).
function negativeWeight(seed: number, index: number, metric: number, style: Form['style']): number {
  const drawn = hash(seed, index, 303, metric);
  if (style === 'points') return drawn % 9 === 0 ? 31 : drawn % 6;
  return drawn % 5 === 0 ? drawn % 28 : 0;
}

function pick(size: number, count: number, seed: number, index: number): readonly number[] {
  const all = Array.from({ length: size }, (_, metric) => metric);
  return all.sort((one, other) => hash(seed, index, 304, one) - hash(seed, index, 304, other)).slice(0, count);
}

// Shares of a total in proportion to parts, in steps; the first takes what rounding leaves.
function spread(total: number, parts: readonly number[], step: number): readonly number[] {
  const sum = parts.reduce((all, part) => all + part, 0);
  const weights = parts.map((part) => Math.round((total * part) / sum / step) * step);
  const rest = total - weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight, place) => (place === 0 ? weight + rest : weight));
}
