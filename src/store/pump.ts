import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Log } from '../model/ports.ts';
import { LinkLost } from '../redis/link.ts';
import type { Pending, Write } from './pending.ts';

/** Sends what waits to be written, some at a time, and drops what can't be sent. */
export type Pump = {
  add(write: Write): void;
  /** Ends when what waits by now was sent or dropped. */
  settled(): Promise<void>;
  /** What is added from now on is dropped. */
  stop(): void;
};

export type PumpParts = {
  readonly pending: Pending;
  readonly log: Log;
  readonly clock: Clock;
  /** Rejects when it can't be written: it isn't tried again, for whoever needs it can read it anew. */
  send(write: Write): Promise<void>;
};

const sendsAtOnceMax = 8;

/** A pump that rests while nothing waits. */
export function createPump({ pending, log, clock, send }: PumpParts): Pump {
  let isOpen = true;
  let isRunning = false;
  let round: Promise<unknown> = Promise.resolve();
  const refused = createTrouble(log, clock, 'the shared store refuses what is written');
  const crowded = createTrouble(log, clock, 'writes to the shared store come too fast: some are lost');

  const trySend = async (write: Write): Promise<void> => {
    try {
      await send(write);
    } catch (error) {
      // The link says itself that it is down.
      if (!(error instanceof LinkLost)) refused.tell({ reason: messageOf(error) });
    }
    pending.settle(write);
  };
  const run = async (): Promise<void> => {
    // Nobody's answer waits until it is sealed.
    round = nextTurn();
    await round;
    while (pending.size > 0) {
      round = Promise.all(pending.oldest(sendsAtOnceMax).map(trySend));
      await round;
    }
    isRunning = false;
  };

  return {
    add(write) {
      if (!isOpen) return;
      if (pending.add(write) > 0) crowded.tell({});
      if (isRunning) return;
      isRunning = true;
      void run();
    },
    async settled() {
      const labels = pending.oldest(Number.POSITIVE_INFINITY).map(({ label }) => label);
      // One that took another's place meanwhile counts for it.
      while (labels.some((label) => pending.read(label) !== undefined)) await round;
    },
    stop() {
      isOpen = false;
    },
  };
}

/** A full server says the same at every write: once in a while is enough. */
const quietMs = 60_000;

function createTrouble(log: Log, clock: Clock, message: string): { tell(fields: object): void } {
  let toldAt = Number.NEGATIVE_INFINITY;
  let count = 0;
  return {
    tell(fields) {
      count += 1;
      if (clock.elapsed() - toldAt < quietMs) return;
      log.warn({ ...fields, count }, message);
      toldAt = clock.elapsed();
      count = 0;
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
