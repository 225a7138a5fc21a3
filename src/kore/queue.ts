import { Failure } from '../errors.ts';
import type { Clock, Patience } from '../model/ports.ts';
import type { CallAsk, CallKind, CallWindow, Slot } from '../model/sharing.ts';
import { type Callers, shareOf } from './callers.ts';

/** Somebody who waits for the right to make a call. */
export type Waiter = {
  readonly patience: Patience;
  readonly admit: (slot: Slot) => void;
  readonly refuse: (reason: unknown) => void;
};

/** Those who wait at the gate. */
export type Queue = {
  /** Enters and waits; `look` is called whenever the queue has changed. Leaves with the reason of the patience's signal. */
  wait(patience: Patience, look: () => void): Promise<Slot>;
  /** Who is next, of those that fit. */
  first(fits: (waiter: Waiter) => boolean): Waiter | undefined;
  has(waiter: Waiter): boolean;
  /** For this one a slot is being taken: the window may count it already, so it is not ahead of others too. Null: for nobody. */
  noteAsking(waiter: Waiter | null): void;
  admit(waiter: Waiter, slot: Slot): void;
  /** Refuses those who would wait past their deadlines, and the latest of too many. */
  sendAway(): void;
  asks(): readonly CallAsk[];
  /** How many go before a call of this kind that is asked for now. */
  aheadOf(kind: CallKind): number;
  countByKind(): Record<CallKind, number>;
  earliestDeadline(): number;
};

export type QueueSettings = { readonly queueMax: number; readonly queuedPerCallerMax: number };

type QueueParts = { readonly callers: Callers; readonly window: CallWindow; readonly clock: Clock };

/** Nobody waits yet. */
export function createQueue(settings: QueueSettings, parts: QueueParts): Queue {
  let queue: readonly Waiter[] = [];
  let asking: Waiter | null = null;
  const remove = (waiter: Waiter): void => {
    queue = queue.filter((each) => each !== waiter);
  };
  const refuse = (waiter: Waiter, reason: unknown): void => {
    remove(waiter);
    waiter.refuse(reason);
  };
  return {
    async wait(patience, look) {
      const { promise, resolve, reject } = Promise.withResolvers<Slot>();
      const waiter: Waiter = { patience, admit: resolve, refuse: reject };
      const leave = () => {
        refuse(waiter, patience.signal.reason);
        look();
      };
      patience.signal.addEventListener('abort', leave, { once: true });
      queue = [...queue, waiter];
      look();
      try {
        return await promise;
      } finally {
        patience.signal.removeEventListener('abort', leave);
      }
    },
    first: (fits) => inOrder(queue, parts).find(fits),
    has: (waiter) => queue.includes(waiter),
    admit(waiter, slot) {
      remove(waiter);
      waiter.admit(slot);
    },
    sendAway() {
      for (const { waiter, failure } of lateOnes(queue, parts)) refuse(waiter, failure);
      for (const { waiter, failure } of surplusOnes(queue, settings, parts)) refuse(waiter, failure);
    },
    asks: () => queue.map(({ patience }) => askOf(patience)),
    noteAsking: (waiter) => {
      asking = waiter;
    },
    aheadOf: (kind) => queue.filter((waiter) => waiter !== asking && goesBefore(kindOf(waiter.patience), kind)).length,
    countByKind: () => countByKind(queue),
    earliestDeadline: () => Math.min(...queue.map(({ patience }) => latestAt(patience))),
  };
}

function countByKind(queue: readonly Waiter[]): Record<CallKind, number> {
  const counts = { direct: 0, scan: 0, background: 0 };
  for (const { patience } of queue) counts[kindOf(patience)] += 1;
  return counts;
}

/** What a patience asks for by now: nobody may wait for it any more. */
export function askOf(patience: Patience): CallAsk {
  const kind = kindOf(patience);
  return { kind, caller: kind === 'background' ? '' : (patience.caller?.() ?? '') };
}

function kindOf(patience: Patience): CallKind {
  if (patience.isBackground?.() === true) return 'background';
  return patience.isScan?.() === true ? 'scan' : 'direct';
}

const kindRanks = { direct: 0, scan: 1, background: 2 } as const;

function goesBefore(kind: CallKind, other: CallKind): boolean {
  return kindRanks[kind] <= kindRanks[other];
}

/** Who had less than a share first, then by kind, then who had least, then who came first. */
function inOrder(queue: readonly Waiter[], { callers, window }: QueueParts): readonly Waiter[] {
  const asks = new Map(queue.map((waiter) => [waiter, askOf(waiter.patience)]));
  const names = [...asks.values()].map(({ caller }) => caller);
  const share = shareOf(window.state().callsMax, callers.activeCount(names));
  const rankOf = (waiter: Waiter): readonly number[] => {
    const { kind, caller } = asks.get(waiter) ?? askOf(waiter.patience);
    const had = callers.count(caller);
    if (kind === 'background') return [2, 0, 0];
    return had < share ? [0, kindRanks[kind], 0] : [1, kindRanks[kind], had];
  };
  const ranks = new Map(queue.map((waiter) => [waiter, rankOf(waiter)]));
  return [...queue].sort((one, other) => compare(ranks.get(one) ?? [], ranks.get(other) ?? []));
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [at, rank] of one.entries()) {
    const difference = rank - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

type Refusal = { readonly waiter: Waiter; readonly failure: Failure };

/** A slot at the very deadline, or after it, is of no use. Those who are sent away leave their places to others. */
function lateOnes(queue: readonly Waiter[], parts: QueueParts): readonly Refusal[] {
  const aheads = { direct: 0, scan: 0, background: 0 };
  const late: Refusal[] = [];
  for (const waiter of inOrder(queue, parts)) {
    const kind = kindOf(waiter.patience);
    const at = parts.window.expectedAt(kind, aheads.direct + aheads.scan + aheads.background);
    if (latestAt(waiter.patience) <= at) late.push({ waiter, failure: exhausted('QUOTA', at, parts.clock) });
    else aheads[kind] += 1;
  }
  return late;
}

/** Of too many the latest, of all and of each caller. */
function surplusOnes(
  queue: readonly Waiter[],
  { queueMax, queuedPerCallerMax }: QueueSettings,
  { window, clock }: QueueParts,
): readonly Refusal[] {
  const counts = new Map<string, number>();
  let count = 0;
  return queue.flatMap((waiter) => {
    const { kind, caller } = askOf(waiter.patience);
    const ofCaller = (counts.get(caller) ?? 0) + 1;
    const isCallersSurplus = caller !== '' && queuedPerCallerMax < ofCaller;
    if (!isCallersSurplus && count < queueMax) {
      counts.set(caller, ofCaller);
      count += 1;
      return [];
    }
    const failure = exhausted(isCallersSurplus ? 'CALLER_QUEUE' : 'QUEUE', window.expectedAt(kind, count), clock);
    return [{ waiter, failure }];
  });
}

function latestAt(patience: Patience): number {
  return patience.slotBefore?.() ?? patience.deadlineAt();
}

const texts = {
  QUOTA: 'No upstream call can be had in time',
  QUEUE: 'Too many upstream calls wait already',
  CALLER_QUEUE: 'Too many upstream calls of this caller wait already',
} as const;

function exhausted(reason: keyof typeof texts, at: number, clock: Clock): Failure {
  const retryAfterSeconds = Math.max(1, Math.ceil((at - clock.elapsed()) / 1000));
  return new Failure('UPSTREAM_BUDGET_EXHAUSTED', texts[reason], { reason, retryAfterSeconds });
}
