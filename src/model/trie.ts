import type { AgentSighting, Disposition, QueueSighting } from './conversation.ts';
import type { FormMetric } from './table.ts';

/**
 * A node of a trie: one step on the way that spells a value. Where a value ends, `canonical` stands for all that say the same, and `code` is its code in the table of number
 * `table`. Most steps lead to one other: only where ways part there is a map. `followed` is the object whose parts were followed from here the last time, and where they led: few objects stand for many that say the same.
 */
export type Step = {
  canonical: unknown;
  code: number;
  table: number;
  part: unknown;
  only: Step | null;
  more: Map<unknown, Step> | null;
  followed: { readonly item: object; readonly end: Step } | null;
};

/** How a value is spelled: `follow` from `start` on, once for each part of it. Values that don't say the same end at different steps. */
export type Spell<T> = (value: T, start: Step, size: Size) => Step;

/** How much is remembered: one counter for all spellings of a tabulator. */
export type Size = { steps: number; characters: number };

/** Where a spelling begins that nothing is remembered of. */
export const newStep = (): Step => ({
  canonical: undefined,
  code: -1,
  table: -1,
  part: undefined,
  only: null,
  more: null,
  followed: null,
});

/** Metrics in their order, by all but what they said. */
export function spellForm(metrics: readonly FormMetric[], start: Step, size: Size): Step {
  let step = start;
  for (const metric of metrics) {
    if (step.followed?.item !== metric) step.followed = { item: metric, end: followMetric(step, metric, size) };
    step = step.followed.end;
  }
  return step;
}

function followMetric(step: Step, { metricId, metricName, weight, negativeWeight }: FormMetric, size: Size): Step {
  const named = follow(follow(step, metricId, size), metricName, size);
  return follow(follow(named, weight, size), negativeWeight, size);
}

/** Agents in their order, by id and name. */
export function spellAgents(agents: readonly AgentSighting[], start: Step, size: Size): Step {
  let step = start;
  for (const { agentId, name } of agents) step = follow(follow(step, agentId, size), name, size);
  return step;
}

/** Queues in their order, by id and name. */
export function spellQueues(queues: readonly QueueSighting[], start: Step, size: Size): Step {
  let step = start;
  for (const { queueId, name } of queues) step = follow(follow(step, queueId, size), name, size);
  return step;
}

/** Sets in their order, each with its codes. */
export function spellDispositions(dispositions: readonly Disposition[], start: Step, size: Size): Step {
  let step = start;
  for (const { setId, setName, codes } of dispositions) {
    step = follow(follow(follow(step, setId, size), setName, size), codes.length, size);
    for (const { id, name, colour } of codes) step = follow(follow(follow(step, id, size), name, size), colour, size);
  }
  return step;
}

function follow(step: Step, part: unknown, size: Size): Step {
  if (step.only !== null && step.part === part) return step.only;
  const known = step.more?.get(part);
  if (known !== undefined) return known;
  const next = newStep();
  size.steps += 1;
  if (typeof part === 'string') size.characters += part.length;
  if (step.only === null) [step.part, step.only] = [part, next];
  else {
    step.more ??= new Map();
    step.more.set(part, next);
  }
  return next;
}
