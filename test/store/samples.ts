import fc from 'fast-check';
import type { Conversation, JsonObject, Row } from '../../src/model/conversation.ts';
import type { HeldPage, Log, Tile } from '../../src/model/ports.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import type { Window } from '../../src/model/window.ts';
import { rowsOf } from '../bench/rows.ts';
import { conversationOf, metricResultOf } from '../model/sample.ts';

export const secret = 'a secret of at least sixteen characters';

/** A page whose rows differ from those of another seed. */
export function pageOf(facts: Partial<HeldPage> & { readonly rowCount?: number; readonly seed?: number }): HeldPage {
  const { rowCount = 1, seed = 0, ...rest } = facts;
  return { index: 0, table: tableOf(rowsOf(rowCount, seed)), total: rowCount, readAt: 0, sequence: 1, ...rest };
}

/** A tile of the day that begins `day` days after 1970. */
export function tileOf(day: number, facts: Partial<Tile> & { readonly rowCount?: number } = {}): Tile {
  const { rowCount = 1, ...rest } = facts;
  const table = tableOf(rowsOf(rowCount, day));
  return { window: dayWindow(day), table, unreadableCount: 0, total: rowCount, readAt: 1, ...rest };
}

export function dayWindow(day: number, dayCount = 1): Window {
  return { from: day * 86_400, until: (day + dayCount) * 86_400 };
}

/** A log that keeps its lines. */
export function createLines(): Log & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const add = (level: string) => (_fields: object, message: string) => void lines.push(`${level}: ${message}`);
  return { lines, debug: add('debug'), info: add('info'), warn: add('warn'), error: add('error') };
}

const figure = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const text = fc.string({ unit: 'binary', maxLength: 12 });
const answer = maybe(fc.constantFrom('YES', 'NO', 'NA', 'PENDING', 'UNKNOWN'));
const customFields = fc.dictionary(text, fc.jsonValue({ maxDepth: 2 }));

const metric = fc
  .record({
    metricId: maybe(text),
    metricName: maybe(text),
    weight: maybe(figure),
    negativeWeight: maybe(figure),
    qualification: answer,
    auditorResponse: answer,
    isFatalError: maybe(fc.boolean()),
  })
  .map(metricResultOf);

const conversation: fc.Arbitrary<Conversation> = fc
  .record({
    conversationId: text,
    customConversationId: maybe(text),
    agents: fc.array(fc.record({ agentId: text, name: maybe(text) }), { maxLength: 3 }),
    queues: fc.array(fc.record({ queueId: text, name: maybe(text) }), { maxLength: 3 }),
    koreEvaluationScore: maybe(figure),
    fatalErrorCount: maybe(fc.nat()),
    evaluatedAt: maybe(figure),
    isDirectionDefaulted: maybe(fc.boolean()),
    metrics: fc.array(metric, { maxLength: 4 }),
    audit: fc.record({
      status: maybe(fc.constantFrom('AUDITED', 'CLOSED')),
      statusLabel: maybe(text),
      score: maybe(figure),
      auditor: maybe(text),
      auditedAt: maybe(figure),
    }),
    customFields: maybe(customFields) as fc.Arbitrary<JsonObject | null>,
  })
  .map(conversationOf);

/** Rows of any content that can come in JSON; some could not be read, and have identities of any kind. */
export const anyRows: fc.Arbitrary<readonly Row[]> = fc
  .array(fc.record({ identity: text, conversation: maybe(conversation) }), { maxLength: 50, size: 'large' })
  .map((rows) => JSON.parse(JSON.stringify(rows)) as readonly Row[]);
