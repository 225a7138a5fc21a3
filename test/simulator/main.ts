import { parseArgs } from 'node:util';
import type { SimulatedCall } from './calls.ts';
import { type Simulator, startSimulator } from './simulator.ts';

const help = `A Kore.ai that can be asked to misbehave, for development and tests.

  npm run simulate -- [options]

  --port N                   where to listen (4400)
  --host NAME                on which address (127.0.0.1)
  --seed N                   other data (1)
  --conversations-per-day N  rows that a full UTC day lists by default (1000)
  --epoch YYYY-MM-DD         the first day of the data (2024-01-01)
  --days N                   how many days have data (until the end of tomorrow)
  --order NAME               ascending, descending, ties-shuffled, shuffled
  --spelling NAME            sampled, table, mixed
  --era NAME                 V1, V2, V3, V5, V6, V7
  --quota N                  calls a minute, 0 for no limit (60)
  --latency MS               each answer waits so long (0)
  --live                     conversations appear as their time comes
  --switches JSON            any switch of test/simulator/switches.ts, for example '{"totals":"drift","driftBy":3}'
  --quiet                    no line for each call
  --help                     this text

While it runs: GET /control shows what has happened; POST /control with JSON changes it
(set, fault, clearFaults, insert, remove, touch, resetCalls).
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4400' },
    host: { type: 'string', default: '127.0.0.1' },
    seed: { type: 'string', default: '1' },
    'conversations-per-day': { type: 'string', default: '1000' },
    epoch: { type: 'string', default: '2024-01-01' },
    days: { type: 'string' },
    order: { type: 'string' },
    spelling: { type: 'string' },
    era: { type: 'string' },
    quota: { type: 'string' },
    latency: { type: 'string' },
    live: { type: 'boolean', default: false },
    switches: { type: 'string', default: '{}' },
    quiet: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(help);
else await run();

async function run(): Promise<void> {
  const simulator = await startSimulator({
    port: Number(values.port),
    host: values.host,
    seed: Number(values.seed),
    conversationsPerDay: Number(values['conversations-per-day']),
    epoch: values.epoch,
    ...(values.days === undefined ? {} : { dayCount: Number(values.days) }),
    now: Date.now,
    switches: {
      ...given('order', values.order),
      ...given('spelling', values.spelling),
      ...given('era', values.era),
      ...given('quotaLimit', values.quota === undefined ? undefined : Number(values.quota)),
      ...given('latencyMs', values.latency === undefined ? undefined : Number(values.latency)),
      ...given('liveTail', values.live),
      ...JSON.parse(values.switches),
    },
    ...(values.quiet ? {} : { onCall: printCall }),
  });
  console.log(environmentOf(simulator));
  // At once: what is in flight is cut off, as when a machine goes.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));
}

function given(name: string, value: string | number | boolean | undefined): Readonly<Record<string, unknown>> {
  return value === undefined ? {} : { [name]: value };
}

function environmentOf({ url, account }: Simulator): string {
  return [
    `# A simulated Kore.ai listens on ${url}; nothing here is real.`,
    `KORE_BASE_URL=${url}`,
    'KORE_ALLOW_INSECURE=true',
    `KORE_ACCOUNT_ID=${account.accountId}`,
    `KORE_ORG_ID=${account.orgId}`,
    `KORE_STREAM_ID=${account.streamId}`,
    `KORE_CLIENT_ID=${account.clientId}`,
    `KORE_CLIENT_SECRET=${account.clientSecret}`,
  ].join('\n');
}

function printCall({ at, status, outcome, rowCount, body, isAborted }: SimulatedCall): void {
  const asked = typeof body === 'string' ? body.slice(0, 200) : JSON.stringify(body);
  console.log(
    `${new Date(at).toISOString()} ${status} ${outcome}${isAborted ? ' aborted' : ''} ${rowCount} rows ${asked}`,
  );
}
