import type { Store } from '../model/ports.ts';
import { createStream, type Stream } from './stream.ts';

/** What is known of the stream, loaded from the store once, and kept there when it has changed. */
export type StreamMemory = { stream(): Promise<Stream>; save(): void };

/** The memory of one scope. */
export function createStreamMemory(
  { store, scope, distrustMs }: { readonly store: Store; readonly scope: string; readonly distrustMs: number },
  signal: AbortSignal,
): StreamMemory {
  const key = `${scope}|stream`;
  let loading: Promise<Stream> | undefined;
  let loaded: Stream | undefined;
  return {
    stream() {
      loading ??= store.readNote(key, signal).then((text) => {
        loaded = createStream(text, { distrustMs });
        return loaded;
      });
      return loading;
    },
    save() {
      const saved = loaded?.save();
      if (saved?.isChanged === true) store.writeNote(key, saved.text);
    },
  };
}
