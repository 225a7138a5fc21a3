import type { GraphQLSchema } from 'graphql';
import type { Directory } from '../directory.ts';
import { Failure } from '../errors.ts';
import type { Calendar } from '../model/calendar.ts';
import type { Clock } from '../model/ports.ts';
import type { Cursors } from '../paging/cursor.ts';
import type { PageSizes } from '../paging/range.ts';
import type { Pages } from '../reading/pages.ts';
import { planPages } from '../reading/plan.ts';
import { beginOperation, type OperationOptions, type ReadLimits, tooManyCalls } from '../reading/read.ts';
import type { Asked, Context } from './context.ts';
import { type DemandEnvironment, type Demanded, demandsOf, type OperationSource } from './demand.ts';
import type { WindowLimits } from './window.ts';

/** What one operation may take, known before it takes anything. */
export type CostLimits = {
  readonly rowsPerOperationMax: number;
  /** Rows times the leaves that are selected of each, lists within a row aside. */
  readonly valuesPerOperationMax: number;
};

export type OperationsParts = {
  readonly schema: GraphQLSchema;
  readonly pages: Pages;
  readonly directory: Directory;
  readonly cursors: Cursors;
  readonly calendar: Calendar;
  readonly clock: Clock;
  readonly limits: ReadLimits & WindowLimits & PageSizes & CostLimits;
};

/** What the server needs of GraphQL: the schema, a context for each request, and the start of an operation's reads. */
export type Operations = {
  readonly schema: GraphQLSchema;
  createContext(requestId: string, options: OperationOptions): Context;
  /**
   * Computes what a valid operation will read, refuses it whole with COST_LIMIT_EXCEEDED when that costs too much, and else begins to read:
   * resolvers find their answers in the context.
   */
  prepare(context: Context, source: Omit<OperationSource, 'schema'>): void;
};

/** Joins the schema with what answers its questions. */
export function createOperations({
  schema,
  pages,
  directory,
  cursors,
  calendar,
  clock,
  limits,
}: OperationsParts): Operations {
  return {
    schema,
    createContext: (requestId, options) => ({
      requestId,
      operation: beginOperation(pages, limits, options),
      directory,
      cursors,
      calendar,
      asked: new Map(),
    }),
    prepare(context, source) {
      const environment: DemandEnvironment = { cursors, calendar, nowMs: clock.now(), limits };
      const demanded = demandsOf({ schema, ...source }, environment);
      const demands = demanded.flatMap((each) => (each.kind === 'demanded' ? [each.demand] : []));
      refuseCostly(demanded, limits);
      const answers = context.operation.read(demands);
      for (const answer of answers) answer.catch(() => {}); // Its resolver reports it; a client that left needs no report.
      const answerOf = new Map(demands.map((demand, index) => [demand, answers[index]]));
      const asked = new Map<string, Asked>();
      for (const each of demanded) {
        const answer = each.kind === 'demanded' ? answerOf.get(each.demand) : undefined;
        if (each.kind === 'refused') asked.set(each.path, each);
        else if (answer !== undefined) asked.set(each.path, { kind: 'asked', question: each.demand.question, answer });
      }
      context.asked = asked;
    },
  };
}

/** Throws COST_LIMIT_EXCEEDED for an operation that may take more calls, or answer more rows or values, than one may. */
function refuseCostly(demanded: readonly Demanded[], limits: ReadLimits & CostLimits): void {
  const accepted = demanded.flatMap((each) => (each.kind === 'demanded' ? [each] : []));
  const demands = accepted.map(({ demand }) => demand);
  if (limits.callsPerOperationMax < planPages(demands).length) throw tooManyCalls(limits.callsPerOperationMax);
  const rowCount = demands.reduce((sum, { range }) => sum + (range?.count ?? 0), 0);
  if (limits.rowsPerOperationMax < rowCount) throw tooMuch('rows', limits.rowsPerOperationMax, 'ROWS_PER_OPERATION');
  const valueCount = accepted.reduce(
    (sum, { demand: { range }, leafCount }) => sum + (range?.count ?? 0) * leafCount,
    0,
  );
  if (limits.valuesPerOperationMax < valueCount)
    throw tooMuch('values', limits.valuesPerOperationMax, 'VALUES_PER_OPERATION');
}

function tooMuch(what: string, countMax: number, reason: string): Failure {
  return new Failure(
    'COST_LIMIT_EXCEEDED',
    `One operation may answer ${countMax} ${what}, and this one asks for more`,
    { reason },
  );
}
