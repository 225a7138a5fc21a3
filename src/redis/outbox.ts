import type { Clock } from '../model/ports.ts';
import { toUs } from './server-clock.ts';
import type { Channel } from './window-channel.ts';
import { tellScript } from './window-scripts.ts';
import type { Spans } from './window-settings.ts';

/** What the server must be told of slots, as soon as it can be. */
export type Outbox = {
  /** The slot counts until then (by Clock.elapsed); Infinity: its call is under way; 0: it was never used. */
  note(member: string, untilAt: number): void;
  /** Tells what is noted. False: some of it couldn't be told. */
  flush(): Promise<boolean>;
};

const batchSize = 200;

/** Nothing is noted yet. */
export function createOutbox(channel: Channel, clock: Clock, { holdMs }: Spans): Outbox {
  const notes = new Map<string, number>();
  let telling: Promise<boolean> | null = null;

  const leftOf = (untilAt: number): number => {
    if (untilAt === Number.POSITIVE_INFINITY) return toUs(holdMs);
    return Math.max(0, toUs(untilAt - clock.elapsed()));
  };
  const tellAll = async (): Promise<boolean> => {
    while (notes.size > 0) {
      const batch = [...notes].slice(0, batchSize);
      const heard = await channel.run(
        tellScript,
        batch.flatMap(([member, untilAt]) => [member, leftOf(untilAt)]),
      );
      if (heard === null) return false;
      // What was noted anew meanwhile is told again.
      for (const [member, untilAt] of batch) if (notes.get(member) === untilAt) notes.delete(member);
    }
    return true;
  };
  return {
    note: (member, untilAt) => {
      notes.set(member, untilAt);
    },
    async flush() {
      telling ??= tellAll().finally(() => {
        telling = null;
      });
      return await telling;
    },
  };
}
