import type { ListQuestion } from '../model/range.ts';
import type { Agenda } from '../model/sharing.ts';
import type { Link } from '../redis/link.ts';
import { spanOf, textOfSpan } from './learned-shapes.ts';
import { listNames, noteName, strikeName } from './redis-scripts.ts';
import { createVault } from './vault.ts';

export type RedisAgendaOptions = {
  readonly link: Link;
  readonly secret: string;
  readonly keyPrefix: string;
  readonly keptMs: number;
  /** Which of these spans nobody reads now. */
  readonly areFree: (questions: readonly ListQuestion[]) => Promise<readonly boolean[]>;
};

/** Beyond so many spans no more are noted: those who asked for them read them anyway, and nobody goes on with them. */
const spansMax = 5_000;

/** An agenda that replicas share. What can't be told, or read, isn't there. */
export function createRedisAgenda({ link, secret, keyPrefix, keptMs, areFree }: RedisAgendaOptions): Agenda {
  const vault = createVault(secret);
  const key = `${keyPrefix}:agenda`;
  const nameOf = (text: string) => vault.idOf(`agenda ${text}`).toString(36);
  // In the order in which they were asked for: sealing takes its time.
  let telling: Promise<void> = Promise.resolve();
  const tell = (work: () => Promise<unknown>): void => {
    telling = telling.then(work).then(
      () => undefined,
      () => undefined,
    );
  };
  return {
    note(question) {
      const text = textOfSpan(question);
      tell(async () => {
        const sealed = await vault.seal(`agenda ${nameOf(text)}`, Buffer.from(text));
        await link.run(noteName, [key], [spansMax, keptMs, nameOf(text), sealed]);
      });
    },
    done(question) {
      tell(() => link.run(strikeName, [key], [nameOf(textOfSpan(question))]));
    },
    async orphans() {
      try {
        const reply = await link.run(listNames, [key], []);
        const flat = Array.isArray(reply) ? reply : [];
        const spans: ListQuestion[] = [];
        for (let at = 0; at + 1 < flat.length; at += 2) {
          const sealed = flat[at + 1];
          const bytes = Buffer.isBuffer(sealed) ? await vault.open(`agenda ${String(flat[at])}`, sealed) : undefined;
          const span = spanOf(bytes?.toString() ?? '');
          if (span !== undefined) spans.push(span);
          else await link.run(strikeName, [key], [String(flat[at])]);
        }
        const isFree = await areFree(spans);
        return spans.filter((_, at) => isFree[at]);
      } catch {
        return []; // The link says itself that it is down.
      }
    },
  };
}
