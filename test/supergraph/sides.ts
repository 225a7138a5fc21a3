import type { GraphQLSchema } from 'graphql';
import { type GatewayUnderTest, startTestGateway } from '../gateway/harness.ts';
import type { SimulatedRow } from '../simulator/row.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { makeTenant } from '../simulator/tenant.ts';
import { makePeople, type People } from './people/data.ts';
import { buildPeopleSchema, peopleSdl } from './people/subgraph.ts';

/** Both subgraphs over one upstream, with what a test looks at. */
export type Sides = {
  readonly kore: Simulator;
  readonly gateway: GatewayUnderTest;
  readonly people: People;
  readonly peopleSchema: GraphQLSchema;
  /** The rows of the week, in the upstream's order. */
  readonly rows: readonly SimulatedRow[];
  [Symbol.asyncDispose](): Promise<void>;
};

export const routerSecret = 'between-the-router-and-us';

const seed = 7;
const epoch = '2026-03-02';
const dayCount = 7;
const fromMs = Date.parse(`${epoch}T00:00:00Z`);
const untilMs = fromMs + dayCount * 86_400_000;
// Late on the last day, and standing still: the week of the data is the one that conversations are looked for in.
const nowMs = untilMs - 60_000;

/** The week of the data, as an argument. */
export const weekArgument = windowArgument(fromMs, untilMs);
/** Its last day. */
export const dayArgument = windowArgument(untilMs - 86_400_000, untilMs);
/** How many calls read the whole week once: each day has rows for two pages. */
export const callsOfWeek = 2 * dayCount;

/** Starts both sides; the same data each time. */
export async function openSides({
  settings = {},
  sdl = peopleSdl,
}: {
  readonly settings?: Readonly<Record<string, string>>;
  readonly sdl?: string;
} = {}): Promise<Sides> {
  const now = () => nowMs;
  const switches = { quotaLimit: 0 };
  const kore = await startSimulator({ seed, epoch, dayCount, conversationsPerDay: 150, now, switches });
  const gateway = await startTestGateway(kore, {
    now,
    settings: {
      LOG_LEVEL: 'silent',
      ROUTER_SECRET: routerSecret,
      // Queries are made by chance, with an alias for each field, and routers add to them.
      QUERY_ALIASES_MAX: '1000',
      QUERY_ROOT_FIELDS_MAX: '1000',
      QUERY_TOKENS_MAX: '100000',
      ...settings,
    },
  });
  const { rows } = kore.list({ fromMs, untilMs });
  const tenant = makeTenant(seed);
  const people = makePeople({
    agentIds: tenant.agents.map(({ id }) => id),
    queueIds: tenant.queues.map(({ id }) => id),
    conversationIds: rows.map(({ conversationId }) => conversationId),
  });
  return {
    kore,
    gateway,
    people,
    peopleSchema: buildPeopleSchema(people, sdl),
    rows,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await kore[Symbol.asyncDispose]();
    },
  };
}

function windowArgument(beginMs: number, endMs: number): string {
  const [from, until] = [beginMs, endMs].map((ms) => new Date(ms).toISOString());
  return `window: { from: "${from}", until: "${until}" }`;
}
