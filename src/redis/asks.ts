import type { CallAsk } from '../model/sharing.ts';
import type { Channel } from './window-channel.ts';
import { waitScript } from './window-scripts.ts';
import { kindLetters, wordFor } from './window-settings.ts';

/** Who waits at this replica. */
export type Asks = {
  list(): readonly CallAsk[];
  set(asks: readonly CallAsk[]): void;
  /** As scripts read it: callers and kinds, each pair once. */
  text(): string;
};

/** So many different ones are told to the others; who is left out only doesn't go before those at other replicas. */
const toldMax = 500;

/** Nobody waits yet. The others are told whenever it changes, one message after the other. */
export function createAsks(channel: Channel, id: string, isJoined: () => boolean): Asks {
  let asks: readonly CallAsk[] = [];
  let text = '';
  let told = '';
  let isTelling = false;
  const tell = async (): Promise<void> => {
    isTelling = true;
    while (told !== text && isJoined()) {
      told = text;
      await channel.run(waitScript, [id, text]);
    }
    isTelling = false;
  };
  return {
    list: () => asks,
    text: () => text,
    set(next) {
      asks = next;
      text = textOf(next);
      if (!isTelling) void tell();
    },
  };
}

/** What nobody waits for, and nobody in particular, has no share. */
function textOf(asks: readonly CallAsk[]): string {
  const words = asks
    .filter(({ kind, caller }) => kind !== 'background' && caller !== '')
    .map(({ kind, caller }) => ` ${kindLetters[kind]}:${wordFor(caller)}`);
  return [...new Set(words)].slice(0, toldMax).join('');
}
