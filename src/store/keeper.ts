import type { Log } from '../model/ports.ts';
import { isDamage, openEntries, setAside } from './database.ts';
import type { Entries } from './entries.ts';

/** The entries of a file, whatever happens to it: what fails is logged, and answered as if nothing were held. */
export type Keeper = {
  /** What `work` answers; `otherwise` when the file fails or is closed. */
  use<T>(otherwise: T, work: (entries: Entries) => T): T;
  close(): void;
};

/** Opens the file. Throws as `openEntries` does, and never later: a file that turns out to be damaged is set aside, and a new one begun. */
export function createKeeper(path: string, log: Log): Keeper {
  let entries: Entries | undefined = openEntries(path, log);
  let problem: string | undefined;

  const renew = (reason: string): Entries | undefined => {
    try {
      entries?.close();
      setAside(path, reason, log);
      return openEntries(path, log);
    } catch (error) {
      log.error({ path, reason: messageOf(error) }, 'the store file is given up: nothing is kept any longer');
      return undefined;
    }
  };

  return {
    use(otherwise, work) {
      if (entries === undefined) return otherwise;
      try {
        const answer = work(entries);
        problem = undefined;
        return answer;
      } catch (error) {
        const reason = messageOf(error);
        if (isDamage(error)) entries = renew(reason);
        // A full disk says the same at every write: once is enough.
        else if (reason !== problem) log.error({ path, reason }, 'the store file could not be used');
        problem = reason;
        return otherwise;
      }
    },
    close() {
      const closing = entries;
      entries = undefined;
      try {
        closing?.close();
      } catch (error) {
        log.error({ path, reason: messageOf(error) }, 'the store file could not be closed');
      }
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
