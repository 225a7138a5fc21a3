import type { ScanDemand } from '../reading/slice.ts';
import type { Answers } from './answering/answers.ts';
import { searchFor } from './answering/search.ts';
import { isAnythingWanted } from './asking/cost.ts';
import type { Demand, Owner } from './asking/demand.ts';

/** What some fields are going to scan, each list once. */
export function scansOf(demands: readonly Demand[]): readonly ScanDemand[] {
  const scans = new Map<string, ScanDemand>();
  for (const scan of demands.flatMap(scanOf)) {
    const key = JSON.stringify(scan.question);
    const known = scans.get(key);
    scans.set(key, {
      question: scan.question,
      cuts: [...new Set([...(known?.cuts ?? []), ...scan.cuts])],
      needsAll: known?.needsAll === true || scan.needsAll === true,
    });
  }
  return [...scans.values()];
}

/** What a field is going to scan: nothing, one list in part, or all of it. */
function scanOf(demand: Demand): readonly ScanDemand[] {
  switch (demand.kind) {
    case 'conversations':
    case 'directory':
    case 'summary':
    case 'breakdown': {
      const { question } = demand;
      if (question.isImpossible) return [];
      if (demand.kind === 'conversations' && (demand.isDirect || !isAnythingWanted(demand))) return [];
      const needsAll = demand.kind !== 'conversations' || demand.order !== null || demand.wants.totalCount;
      return [{ question: question.list, cuts: demand.kind === 'breakdown' ? demand.cuts : [], needsAll }];
    }
    default:
      return [];
  }
}

/** Asks for a field's answers, so that they are under way when the field is resolved: who resolves it hears of their failure. Without owners it has one. */
export function ask(answers: Answers, demand: Demand, owners: readonly Owner[]): void {
  for (const owner of owners.length === 0 ? [null] : owners) void answerTo(answers, demand, owner)?.catch(() => {});
}

function answerTo(answers: Answers, demand: Demand, owner: Owner | null): Promise<unknown> | null {
  switch (demand.kind) {
    case 'conversations':
      return answers.conversations(demand, owner);
    case 'directory': {
      const { of } = demand;
      if (of === 'AGENT') return answers.agents(demand, owner);
      return of === 'QUEUE' ? answers.queues(demand) : answers.metrics(demand);
    }
    case 'summary':
      return owner?.kind === 'METRIC'
        ? answers.adherence(demand.question, owner.id)
        : answers.summary(demand.question, owner);
    case 'breakdown':
      return answers.breakdown(demand);
    case 'search':
      return answers.search(demand);
    case 'nodes':
      return Promise.allSettled(
        demand.ids.map((id) => (id?.typeName === 'Conversation' ? answers.search(searchFor(id)) : null)),
      );
    default:
      return null;
  }
}
