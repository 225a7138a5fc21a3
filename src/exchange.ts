import type { Directory } from './directory.ts';
import type { Clock } from './model/ports.ts';
import type { ListQuestion } from './model/range.ts';
import type { ConversationKey, Learned, News } from './model/sharing.ts';
import { type Table, valueAt } from './model/table.ts';
import type { Located } from './reading/located.ts';

/** Tells other replicas what was learned here, and hears what they have learned. */
export type Exchange = {
  /** A span (`question.window`) was proven or found. */
  sawSpan(question: ListQuestion): void;
  sawPage(table: Table, question: ListQuestion, index: number): void;
  close(): Promise<void>;
};

export type ExchangeParts = {
  readonly learned: Learned;
  readonly directory: Directory;
  readonly located: Pick<Located, 'learnSpan'>;
  readonly clock: Clock;
};

const everyMs = 2_000;

/** What waits to be told while nobody can be told it: beyond so many the first are forgotten. */
const untoldMax = 20_000;

/** Begins to listen. It asks every two seconds, and tells only what is new. */
export function createExchange({ learned, directory, located, clock }: ExchangeParts): Exchange {
  const ending = new AbortController();
  let untold: News = { names: [], spans: [] };
  let spans: ListQuestion[] = [];

  const exchange = async (): Promise<void> => {
    untold = {
      names: [...untold.names, ...directory.takeNews()].slice(-untoldMax),
      spans: [...untold.spans, ...spans].slice(-untoldMax),
    };
    spans = [];
    if (await learned.tell(untold)) untold = { names: [], spans: [] };
    const heard = await learned.hear();
    directory.learnShared(heard.names);
    for (const span of heard.spans) located.learnSpan(span);
  };
  const listen = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await exchange();
      await clock.wait(everyMs, ending.signal).catch(() => undefined);
    }
  };
  const listening = listen();

  return {
    sawSpan(question) {
      if (spans.length < untoldMax) spans.push(question);
    },
    sawPage({ conversationIds, columns, unreadable }, question, index) {
      const keys = conversationIds.flatMap((id, at): ConversationKey[] => {
        if (unreadable.has(at)) return [];
        const own = { by: 'conversationId', id } as const;
        const customId = valueAt(columns.customConversationId, at);
        return customId === null ? [own] : [own, { by: 'customConversationId', id: customId }];
      });
      learned.saw(keys, { question, index });
    },
    async close() {
      ending.abort();
      await listening;
    },
  };
}
