import { type GraphQLSchema, locatedError } from 'graphql';
import type { KnownNames } from '../directory.ts';
import type { Sight } from '../model/access.ts';
import { type Calendar, createCalendars } from '../model/calendar.ts';
import type { Clock, Tracing, Turns } from '../model/ports.ts';
import type { Cursors } from '../paging/cursor.ts';
import type { OperationOptions } from '../reading/figures.ts';
import type { Operation } from '../reading/operation.ts';
import type { Foreseen, Planner } from '../reading/planner.ts';
import { createAnswers } from './answering/answers.ts';
import { createFolding } from './answering/fold.ts';
import { createNames } from './answering/names.ts';
import { createReads } from './answering/reads.ts';
import { createRowsSource } from './answering/rows.ts';
import { ask, scansOf } from './ask.ts';
import { accessOf, isHidden, mayInspect, refuseInspection } from './asking/access.ts';
import { type CostLimits, directDemandOf, refuseCostly } from './asking/cost.ts';
import type { ConversationsDemand, Demand, DemandEnvironment, DemandLimits } from './asking/demand.ts';
import { createFilters } from './asking/question.ts';
import { createSlicesOf, type SlicesOf } from './asking/scanned.ts';
import { demandsOf, type FieldDemand, type OperationSource, type RootDemand } from './asking/walk.ts';
import { defaultWindow } from './asking/window.ts';
import type { Context, Planned } from './context.ts';
import { createExecutor, type Executor } from './executing/executor.ts';
import { createMeter, type Meter } from './meter.ts';
import type { UpstreamModel } from './models.ts';
import { planOf } from './plan.ts';

export type OperationLimits = DemandLimits &
  CostLimits & { readonly breakdownGroupsMax: number; readonly programBytesMax: number; readonly keptBytesMax: number };

export type OperationsParts = {
  readonly schema: GraphQLSchema;
  readonly beginOperation: (options: OperationOptions) => Operation;
  readonly beginPlan: (options: OperationOptions, foreseen: Foreseen) => Planner;
  /** What ids are called, as far as somebody of this sight may know. */
  readonly namesOf: (sight: Sight | null) => KnownNames;
  readonly upstream: () => UpstreamModel;
  readonly cursors: Cursors;
  readonly calendar: Calendar;
  readonly clock: Pick<Clock, 'now'>;
  readonly turns: Turns;
  readonly tracing: Tracing;
  readonly limits: OperationLimits;
};

/** What the server needs of GraphQL: the schema, a context for each request, and the start of an operation's reads. */
export type Operations = {
  readonly schema: GraphQLSchema;
  createContext(
    requestId: string,
    options: Omit<OperationOptions, 'sight'> & Pick<Context, 'isTraced' | 'isPlanned' | 'isOfRouter' | 'caller'>,
  ): Context;
  /**
   * Computes what a valid operation will read, refuses it whole with COST_LIMIT_EXCEEDED when that costs too much, or with FORBIDDEN for a trace or a plan that the
   * caller may not see, and else begins to read
   * what is going to be answered for certain: resolvers find the answers by the context. An operation that is only planned isn't begun: it has a
   * `plan` then.
   */
  prepare(context: Context, source: Omit<OperationSource, 'schema'>): void;
  /** Answers an operation that was prepared; null where graphql-js is to do it. */
  readonly execute: Executor['execute'];
};

/** The metrics of a row that is held are one list, whoever asks: most of what is answered of conversations. */
const steadyFields = ['Conversation.metrics'];

/** Joins the schema with what answers its questions. */
export function createOperations(parts: OperationsParts): Operations {
  const { schema, beginOperation, cursors, calendar, clock, limits, tracing, upstream } = parts;
  return {
    schema,
    execute: createExecutor(schema, { ...limits, steadyFields }).execute,
    createContext(requestId, { patience, isAfresh, ...known }) {
      const options = { patience, isAfresh, sight: known.caller.sight };
      const operation = beginOperation(options);
      const moment = { isTold: false };
      const freshForMs = () => (moment.isTold ? 0 : freshFor(operation, parts));
      const own = { prepared: null, plan: null, written: { data: null }, moment, freshForMs };
      return { requestId, operation, upstream, options, ...known, ...own };
    },
    prepare(context, source) {
      const { caller } = context;
      if (context.isTraced || context.isPlanned) refuseInspection(mayInspect(caller));
      const hiddenFields = new Set<string>();
      const access = accessOf(caller);
      const environment: DemandEnvironment = {
        cursors,
        calendar,
        calendarOf: createCalendars(calendar),
        nowMs: clock.now(),
        limits,
        access,
        filtersOf: createFilters({ limits, access }),
        mayInspect: mayInspect(caller),
        onSelected: (coordinate) => {
          if (isHidden(coordinate, caller.rights)) hiddenFields.add(coordinate);
        },
        prefersScan: context.operation.prefersScan,
      };
      const slicesOf = createSlicesOf(calendar, defaultWindow(calendar, environment.nowMs, limits));
      const asked = tracing.step('gateway.plan', (span) => {
        const found = { ...askedOf({ schema, ...source }, environment), hiddenFields: [...hiddenFields].sort() };
        span.note({ 'gateway.plan.fields': found.fields.length, 'gateway.plan.lists': found.plain.length });
        refuseCostly(found.roots, found.plain.map(directDemandOf), slicesOf, limits);
        return found;
      });
      // Of an operation without a field to ask for execution says why, if there is a reason; it reads nothing.
      if (context.isPlanned && asked.roots.length > 0)
        context.plan = () => planAsked(context, asked, parts, environment);
      else begin(context, { ...asked, slicesOf }, parts, environment);
    },
  };
}

/** For how long, in milliseconds, what an operation was answered from is fresh: until midnight at most, for behind it a window that is left out is another. 0 where nothing was read. */
function freshFor({ figures }: Operation, { calendar, clock }: Pick<OperationsParts, 'calendar' | 'clock'>): number {
  if (figures.freshUntilMs === Number.POSITIVE_INFINITY) return 0;
  const nowMs = clock.now();
  const midnightMs = calendar.startOfDayAfter(Math.floor(nowMs / 1000), 1) * 1000;
  return Math.max(0, Math.min(figures.freshUntilMs, midnightMs) - nowMs);
}

type Asked = {
  readonly hiddenFields: readonly string[];
  readonly roots: readonly RootDemand[];
  readonly fields: readonly FieldDemand[];
  readonly plain: readonly ConversationsDemand[];
};

function askedOf(source: OperationSource, environment: DemandEnvironment): Omit<Asked, 'hiddenFields'> {
  const roots = demandsOf(source, environment);
  const fields = roots.flatMap((root) => (root.kind === 'demanded' ? root.fields : []));
  const plain = fields.flatMap(({ demand }) => (demand.kind === 'conversations' && demand.isDirect ? [demand] : []));
  return { roots, fields, plain };
}

/** Plans instead of reading. */
async function planAsked(
  { options }: Context,
  { roots, fields, plain }: Asked,
  { beginPlan, upstream, turns, calendar, limits }: OperationsParts,
  { nowMs }: DemandEnvironment,
): Promise<Planned> {
  const plan = await planOf(fields, plain, {
    turns,
    defaultWindow: defaultWindow(calendar, nowMs, limits),
    callsPerMinute: upstream().quota.callsMax,
    beginPlan: (foreseen) => beginPlan(options, foreseen),
  });
  const refusals = roots.flatMap((root) =>
    root.kind === 'refused' ? [locatedError(root.failure, root.nodes, [root.responseKey])] : [],
  );
  return { plan, refusals };
}

/** Begins to read. The same reads serve whoever asks for them later. */
function begin(
  context: Context,
  { roots, fields, plain, hiddenFields, slicesOf }: Asked & { readonly slicesOf: SlicesOf },
  { namesOf, cursors, calendar, turns, limits }: OperationsParts,
  { nowMs }: DemandEnvironment,
): void {
  const { operation, caller } = context;
  operation.expect(scansOf(fields.map(({ demand }) => demand)));
  const reads = createReads();
  const found = operation.read(plain.map(directDemandOf)).map(reads.track);
  const direct = new Map(plain.flatMap((demand, at) => (found[at] === undefined ? [] : [[demand, found[at]]])));
  const names = createNames(namesOf(caller.sight), () => {
    context.moment.isTold = true;
  });
  const meter = meterOf(roots, limits);
  const answers = createAnswers(
    {
      operation,
      rows: createRowsSource(operation.scan, turns),
      folding: createFolding(turns),
      cursors,
      calendar,
      names,
      turns,
      defaultWindow: defaultWindow(calendar, nowMs, limits),
      groupCountMax: limits.breakdownGroupsMax,
      isLimited: caller.sight !== null,
      direct,
    },
    reads,
    { meter, slicesOf },
  );
  context.prepared = {
    demands: new Map(fields.map(({ key, demand }) => [key, demand])),
    answerValues: new Map(fields.map(({ key, answerValues }) => [key, answerValues])),
    refusals: new Map(roots.flatMap((root) => (root.kind === 'refused' ? [[root.key, root.failure]] : []))),
    answers,
    names,
    reads,
    meter,
    hiddenFields,
    hasNestedReads: fields.some(({ demand, isCertain }) => !isCertain && !isOfAnswer(demand)),
  };
  for (const { demand, owners, isCertain } of fields) if (isCertain) ask(answers, demand, owners);
}

/** A meter that has taken what no answer counts as it comes. */
function meterOf(roots: readonly RootDemand[], limits: OperationLimits): Meter {
  const meter = createMeter(limits);
  for (const root of roots) if (root.kind === 'demanded') meter.takeValues(root.ownValueCount);
  return meter;
}

/** Whether a field is a part of an answer that is there by then, and reads nothing itself. */
function isOfAnswer({ kind }: Demand): boolean {
  return kind === 'buckets' || kind === 'items';
}
