import type { AgentSighting, Conversation, Disposition, MetricResult, QueueSighting } from './conversation.ts';

/** One field of many rows: a code a row, and the distinct values that the codes are indices of. */
export type Column<T> = { readonly codes: Codes; readonly values: readonly T[] };

/** As narrow as the number of distinct values allows. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** Where the codes of so many rows are written while it isn't known how many values there are. */
export function roomForCodes(rowCount: number): Uint8Array | Uint32Array {
  return rowCount <= narrowCountMax ? new Uint8Array(rowCount) : new Uint32Array(rowCount);
}

/** The same codes in as few bytes as so many values need; `zeros` (a 0 for each row) where there is but one value: columns of one value share them. */
export function narrowed(codes: Uint8Array | Uint32Array, valueCount: number, zeros: Codes): Codes {
  if (valueCount <= 1) return zeros;
  if (codes instanceof Uint8Array) return codes;
  if (valueCount <= narrowCountMax) return new Uint8Array(codes);
  return valueCount <= 0x10000 ? new Uint16Array(codes) : codes;
}

const narrowCountMax = 0x100;

/** What values are told apart by, however many objects say the same. */
export function keyOfValue(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/** So many values are looked through one by one: for most fields of a page that is all of them, and takes less than a map's making. */
const fewMax = 8;

/** Codes keys in the order of their first appearance. */
export type Coding = {
  /** The code of a key; of a new one the next, which is the number of keys before. */
  codeOf(key: unknown): number;
};

/** Begins with no key. */
export function createCoding(): Coding {
  const keys: unknown[] = [];
  let codes: Map<unknown, number> | undefined;
  return {
    codeOf(key) {
      const known = codes === undefined ? keys.indexOf(key) : codes.get(key);
      if (known !== undefined && known >= 0) return known;
      const code = keys.push(key) - 1;
      if (codes !== undefined) codes.set(key, code);
      else if (keys.length > fewMax) codes = new Map(keys.map((each, index) => [each, index]));
      return code;
    },
  };
}

/** The column of what `read` finds in each row. Values are coded by what they are, not by which object they are, in the order of their first appearance. */
export function makeColumn<Row, T>(rows: readonly Row[], read: (row: Row) => T, zeros: Codes): Column<T> {
  const coding = createCoding();
  const values: T[] = [];
  const codes = roomForCodes(rows.length);
  let [last, lastCode]: [T | undefined, number] = [undefined, -1];
  for (let index = 0; index < rows.length; index++) {
    const value = read(rows[index] as Row);
    if (lastCode < 0 || value !== last) {
      lastCode = coding.codeOf(keyOfValue(value));
      if (lastCode === values.length) values.push(value);
      last = value;
    }
    codes[index] = lastCode;
  }
  return { codes: narrowed(codes, values.length, zeros), values };
}

/** One step on the way that spells a value; `code` is -1 where none ends. Most steps lead to one other: only where ways part there is a map. */
export type Step = { code: number; value: unknown; only: Step | null; more: Map<unknown, Step> | null };

const newStep = (): Step => ({ code: -1, value: undefined, only: null, more: null });

/** How a conversation's value is spelled: `follow` from `start` on, once for each part of it. No value's spelling is the beginning of another's that has other parts. */
export type Spell = (conversation: Conversation, start: Step) => Step;

/**
 * The column of what `read` makes of conversations, coded as `makeColumn` does. To write every row's value down as a text to compare it is what would take most of a table's
 * making, so lists are looked up part by part.
 */
export function makeSpelledColumn<T>(
  conversations: readonly Conversation[],
  read: (conversation: Conversation) => T,
  spell: Spell,
  zeros: Codes,
): Column<T> {
  const start = newStep();
  const values: T[] = [];
  const codes = roomForCodes(conversations.length);
  for (let index = 0; index < conversations.length; index++) {
    const conversation = conversations[index] as Conversation;
    const step = spell(conversation, start);
    if (step.code < 0) step.code = values.push(read(conversation)) - 1;
    codes[index] = step.code;
  }
  return { codes: narrowed(codes, values.length, zeros), values };
}

/** The form of some metrics, which is all of them but what they said. */
export function spellForm(metrics: readonly MetricResult[], start: Step): Step {
  let step = start;
  for (const { metricId, metricName, weight, negativeWeight } of metrics)
    step = follow(follow(follow(follow(step, metricId), metricName), weight), negativeWeight);
  return step;
}

/** Agents in their order, by id and name. */
export function spellAgents(agents: readonly AgentSighting[], start: Step): Step {
  let step = start;
  for (const { agentId, name } of agents) step = follow(follow(step, agentId), name);
  return step;
}

/** Queues in their order, by id and name. */
export function spellQueues(queues: readonly QueueSighting[], start: Step): Step {
  let step = start;
  for (const { queueId, name } of queues) step = follow(follow(step, queueId), name);
  return step;
}

/** Sets in their order, each with its codes. */
export function spellDispositions(dispositions: readonly Disposition[], start: Step): Step {
  let step = start;
  for (const { setId, setName, codes } of dispositions) {
    step = follow(follow(follow(step, setId), setName), codes.length);
    for (const { id, name, colour } of codes) step = follow(follow(follow(step, id), name), colour);
  }
  return step;
}

function follow(step: Step, value: unknown): Step {
  if (step.only !== null && step.value === value) return step.only;
  const known = step.more?.get(value);
  if (known !== undefined) return known;
  const next = newStep();
  if (step.only === null) [step.value, step.only] = [value, next];
  else {
    step.more ??= new Map();
    step.more.set(value, next);
  }
  return next;
}
