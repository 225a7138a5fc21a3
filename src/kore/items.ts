import type { AgentSighting, Disposition, MetricResult, QueueSighting } from '../model/conversation.ts';
import { createReader, fieldAt } from './fields.ts';
import { qualifications } from './literals.ts';
import type { Places } from './places.ts';
import {
  agentSpelling,
  dispositionCodeSpelling,
  dispositionSpelling,
  metricSpelling,
  queueSpelling,
} from './spelling.ts';
import { flag, identifier, items, literal, numberWithin, type Place, required, text } from './values.ts';

const readAgent = createReader(agentSpelling);
const readQueue = createReader(queueSpelling);
const readMetric = createReader(metricSpelling);
const readDisposition = createReader(dispositionSpelling);
const readCode = createReader(dispositionCodeSpelling);

/** The lists of a row that have items of their own, and how an item of each is decoded; null: it can't be told from others, which is counted. */
export const itemDecoders = {
  agents: decodeAgent,
  queues: decodeQueue,
  metrics: decodeMetric,
  dispositions: decodeDisposition,
};

export type ListField = keyof typeof itemDecoders;
export type Item<F extends ListField> = NonNullable<ReturnType<(typeof itemDecoders)[F]>>;

/** Lists that were taken out of a body, decoded already, by what stands in their place. */
export type TakenLists = { readonly [F in ListField]: TakenList<Item<F>> };

export type TakenList<T> = {
  /** Gives the list back for which a value stands, which is counted; undefined: the value stands for itself. */
  give(value: unknown): readonly T[] | undefined;
};

/** Nothing was taken out. */
export const noneTaken: TakenLists = {
  agents: { give: () => undefined },
  queues: { give: () => undefined },
  metrics: { give: () => undefined },
  dispositions: { give: () => undefined },
};

/** The items that could be told from others, decoded. */
export function decodeEach<T>(
  values: readonly unknown[],
  at: Places,
  decode: (value: unknown, at: Places) => T | null,
): readonly T[] {
  const decoded: T[] = [];
  for (const value of values) {
    const item = decode(value, at);
    if (item !== null) decoded.push(item);
  }
  return decoded;
}

/** An agent as a row names it. One without an id can't be told from others: it is left out, and counted. */
function decodeAgent(value: unknown, at: Places): AgentSighting | null {
  const agent = readAgent(value, at.agent);
  const agentId = agent === null ? null : required(fieldAt(agent, agent.keys.id), at.agentId);
  return agent === null || agentId === null
    ? null
    : { agentId, name: text(fieldAt(agent, agent.keys.name), at.agentName) };
}

/** A queue, by the same rule. */
function decodeQueue(value: unknown, at: Places): QueueSighting | null {
  const queue = readQueue(value, at.queue);
  const queueId = queue === null ? null : required(fieldAt(queue, queue.keys.id), at.queueId);
  return queue === null || queueId === null
    ? null
    : { queueId, name: text(fieldAt(queue, queue.keys.name), at.queueName) };
}

function decodeMetric(value: unknown, at: Places): MetricResult | null {
  const metric = readMetric(value, at.metric);
  if (metric === null) return null;
  const { keys } = metric;
  return {
    metricId: identifier(fieldAt(metric, keys.metricId), at.metricId),
    metricName: text(fieldAt(metric, keys.metricName), at.metricName),
    weight: anyNumber(fieldAt(metric, keys.weight), at.weight),
    negativeWeight: anyNumber(fieldAt(metric, keys.negativeWeight), at.negativeWeight),
    qualification: literal(fieldAt(metric, keys.qualification), qualifications, 'UNKNOWN', at.qualification),
    isFatalError: flag(fieldAt(metric, keys.isFatalError), at.isFatalError),
    auditorResponse: literal(fieldAt(metric, keys.auditorResponse), qualifications, 'UNKNOWN', at.auditorResponse),
  };
}

function anyNumber(value: unknown, place: Place): number | null {
  return numberWithin(value, -Number.MAX_VALUE, Number.MAX_VALUE, place);
}

function decodeDisposition(value: unknown, at: Places): Disposition | null {
  const set = readDisposition(value, at.disposition);
  if (set === null) return null;
  return {
    setId: text(fieldAt(set, set.keys.setId), at.setId),
    setName: text(fieldAt(set, set.keys.setName), at.setName),
    codes: decodeEach(items(fieldAt(set, set.keys.codes), at.codes), at, decodeCode),
  };
}

function decodeCode(value: unknown, at: Places): Disposition['codes'][number] | null {
  const code = readCode(value, at.code);
  if (code === null) return null;
  return {
    id: text(fieldAt(code, code.keys.id), at.codeId),
    name: text(fieldAt(code, code.keys.name), at.codeName),
    colour: text(fieldAt(code, code.keys.colour), at.codeColour),
  };
}
