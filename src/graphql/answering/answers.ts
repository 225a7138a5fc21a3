import type { Row } from '../../model/conversation.ts';
import type {
  BreakdownDemand,
  ConversationsDemand,
  Demand,
  DirectoryDemand,
  Owner,
  SearchDemand,
} from '../asking/demand.ts';
import { keyOfRows, type RowsQuestion } from '../asking/question.ts';
import type { SlicesOf } from '../asking/scanned.ts';
import type { Meter } from '../meter.ts';
import type {
  AdherenceModel,
  AgentConnectionModel,
  BreakdownModel,
  ConnectionModel,
  MetricConnectionModel,
  QueueConnectionModel,
  SummaryModel,
} from '../models.ts';
import type { AnswerParts } from './answer-parts.ts';
import { answerBreakdown } from './breakdown.ts';
import { answerConversations } from './conversations.ts';
import { answerAgents, answerMetrics, answerQueues } from './directories.ts';
import type { Reads } from './reads.ts';
import { answerSearch } from './search.ts';
import { answerAdherence, answerSummary } from './summary.ts';

/** The answers of one operation, each made once: many nodes that ask the same of the same owner share one. */
export type Answers = {
  conversations(demand: ConversationsDemand, owner: Owner | null): Promise<ConnectionModel>;
  agents(demand: DirectoryDemand, owner: Owner | null): Promise<AgentConnectionModel>;
  queues(demand: DirectoryDemand): Promise<QueueConnectionModel>;
  metrics(demand: DirectoryDemand): Promise<MetricConnectionModel>;
  summary(question: RowsQuestion, owner: Owner | null): Promise<SummaryModel>;
  adherence(question: RowsQuestion, metricId: string): Promise<AdherenceModel>;
  breakdown(demand: BreakdownDemand): Promise<BreakdownModel>;
  search(demand: SearchDemand): Promise<readonly Row[]>;
};

/** What answers take of an operation's bounds. */
export type Metering = { readonly meter: Pick<Meter, 'takeSlices'>; readonly slicesOf: SlicesOf };

/** Makes answers when they are first asked for. Throws COST_LIMIT_EXCEEDED for those that an operation may not make any more. */
export function createAnswers(parts: AnswerParts, reads: Reads, { meter, slicesOf }: Metering): Answers {
  const once = createOnce(reads);
  const take = (demand: Demand): void => meter.takeSlices(slicesOf(demand));
  const [alike, same] = [createIntern<RowsQuestion>(), createIntern<SearchDemand>()];
  const summarized = once(async (question: RowsQuestion, owner) => {
    take({ kind: 'summary', question, isShared: false });
    return await answerSummary(question, owner, parts);
  });
  const summary: Answers['summary'] = (question, owner) => summarized(alike(keyOfRows(question), question), owner);
  const adherence = once(async (question: RowsQuestion, owner) =>
    answerAdherence(owner?.id ?? '', await summary(question, null)),
  );
  const taking =
    <Asked extends Demand, Answer>(make: Make<Asked, Answer>) =>
    async (demand: Asked, owner: Owner | null): Promise<Answer> => {
      take(demand);
      return await make(demand, owner, parts);
    };
  const queues = once(taking((demand: DirectoryDemand) => answerQueues(demand, parts)));
  const metrics = once(taking((demand: DirectoryDemand) => answerMetrics(demand, parts)));
  const breakdown = once(taking((demand: BreakdownDemand) => answerBreakdown(demand, parts)));
  const search = once(taking((demand: SearchDemand) => answerSearch(demand, parts)));
  return {
    conversations: once(taking(answerConversations)),
    agents: once(taking(answerAgents)),
    queues: (demand) => queues(demand, null),
    metrics: (demand) => metrics(demand, null),
    summary,
    adherence: (question, metricId) => adherence(question, { kind: 'METRIC', id: metricId }),
    breakdown: (demand) => breakdown(demand, null),
    search: (demand) => search(same(JSON.stringify(demand), demand), null),
  };
}

type Make<Asked, Answer> = (demand: Asked, owner: Owner | null, parts: AnswerParts) => Promise<Answer>;

/** One answer for each demand and owner. */
function createOnce(reads: Reads) {
  return <Demand extends object, Answer>(make: (demand: Demand, owner: Owner | null) => Promise<Answer>) => {
    const made = new WeakMap<Demand, Map<string, Promise<Answer>>>();
    return (demand: Demand, owner: Owner | null): Promise<Answer> => {
      const byOwner = made.get(demand) ?? new Map<string, Promise<Answer>>();
      made.set(demand, byOwner);
      const key = owner === null ? '' : `${owner.kind} ${owner.id}`;
      const answer = byOwner.get(key) ?? reads.track(make(demand, owner));
      byOwner.set(key, answer);
      return answer;
    };
  };
}

/** The first of those that have the same key, in place of each of them. */
function createIntern<Value>(): (key: string, value: Value) => Value {
  const firsts = new Map<string, Value>();
  return (key, value) => {
    const first = firsts.get(key) ?? value;
    firsts.set(key, first);
    return first;
  };
}
