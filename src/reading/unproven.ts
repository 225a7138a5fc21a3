import type { Clock } from '../model/ports.ts';
import type { ListQuestion } from '../model/range.ts';
import type { Window } from '../model/window.ts';
import { keyOfQuestion } from './pages.ts';
import type { SpanOutcome } from './tile.ts';

/** Spans that could not be proven, though the upstream answered: asking again at once would cost the same calls for the same doubt. */
export type Unproven = {
  /** Takes note of what came of a span; only of such, whatever it is told. */
  note(question: ListQuestion, outcome: SpanOutcome): void;
  find(question: ListQuestion): SpanOutcome | undefined;
};

/** Told of each span that couldn't be proven, and why: a word of a closed vocabulary. */
export type OnUnproven = (span: Window, reason: string) => void;

const outcomesMax = 200;

/** Remembers each for so long, and the newest few hundred. */
export function createUnproven(restMs: number, clock: Clock, onUnproven: OnUnproven): Unproven {
  const outcomes = new Map<string, { readonly outcome: SpanOutcome; readonly until: number }>();
  return {
    note(question, outcome) {
      if (outcome.failure?.code !== 'UPSTREAM_INCONSISTENT') return;
      onUnproven(question.window, outcome.failure.reason ?? 'UNKNOWN');
      const [oldest] = outcomes.keys();
      if (outcomesMax <= outcomes.size && oldest !== undefined) outcomes.delete(oldest);
      outcomes.set(keyOfQuestion(question), { outcome, until: clock.elapsed() + restMs });
    },
    find(question) {
      const known = outcomes.get(keyOfQuestion(question));
      return known !== undefined && clock.elapsed() < known.until ? known.outcome : undefined;
    },
  };
}
