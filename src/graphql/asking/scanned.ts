import type { Calendar } from '../../model/calendar.ts';
import type { Window } from '../../model/window.ts';
import { isAnythingWanted } from './cost.ts';
import type { Demand } from './demand.ts';

/** How many slices (days of the gateway's zone, or parts of them) one answer to a demand looks through at most. */
export type SlicesOf = (demand: Demand) => number;

/** What reads no slice takes as much as one: an answer is an answer. `searched` is where conversations are looked for that are asked for without a window. */
export function createSlicesOf({ countDays }: Pick<Calendar, 'countDays'>, searched: Window): SlicesOf {
  return (demand) => {
    switch (demand.kind) {
      case 'conversations':
        return demand.isDirect || demand.question.isImpossible || !isAnythingWanted(demand)
          ? 1
          : countDays(demand.question.list.window);
      case 'directory':
      case 'summary':
      case 'breakdown':
        return demand.question.isImpossible ? 1 : countDays(demand.question.list.window);
      case 'search':
        return countDays(demand.window ?? searched);
      case 'nodes':
        return demand.ids.filter((id) => id?.typeName === 'Conversation').length * countDays(searched);
      case 'buckets':
      case 'items':
        return 0;
      default:
        throw new Error(`unreachable: ${demand satisfies never}`);
    }
  };
}
