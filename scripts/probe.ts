import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import { Failure } from '../src/errors.ts';
import { couldLearn, endings, printReport } from './probe/report.ts';
import { callsMost, probe } from './probe/run.ts';

/** Asks a live tenant what no page says of the upstream, in a few harmless calls, and prints a report and settings. */
const help = `Asks a live tenant what nobody has published about the upstream. It only reads.

  npm run probe -- [options]

  --calls N        make at most N calls (${callsMost}, which is also the most)
  --from INSTANT   study a window that begins here, such as 2026-03-02T00:00:00Z
  --until INSTANT  and ends here; without both, the last days that have rows
  --coarse         leave out the search by milliseconds, which may take half of the calls
  --json           print JSON instead of text
  --help           this text

The settings are those of the gateway (.env.example), from the environment. docs/probe.md says what is asked.
`;

const wrong = (problem: string): never => {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
};

const options = readOptions();
if (options.help) process.stdout.write(help);
else await run();

async function run(): Promise<void> {
  const callsMax = readCalls(options.calls);
  const window = readWindow(options.from, options.until);
  // Nobody is served, so it does not matter who may ask.
  const read = readConfig({ AUTH: 'none', ...process.env });
  if (read.kind === 'problems') {
    const lines = read.problems.map(({ setting, problem }) => `  ${setting} ${problem}`);
    return wrong(
      `The probe can't begin with these settings:\n${lines.join('\n')}\n\n.env.example describes every setting.`,
    );
  }
  const { config } = read;
  const pace = config.KORE_CALLS_PER_MINUTE - config.KORE_CALLS_RESERVED;
  process.stderr.write(
    `At most ${callsMax} calls, one after another, and at most ${pace} in ${config.QUOTA_WINDOW_MS / 1000} s.\n`,
  );
  const clock = {
    now: Date.now,
    elapsed: () => performance.now(),
    wait: (waitMs: number, signal: AbortSignal) => delay(waitMs, undefined, { signal }),
  };
  const report = await probe({ config, clock, callsMax, isCoarse: options.coarse, window }).catch((error: unknown) =>
    error instanceof Failure && error.reason === 'SIGNING' ? wrong(endings.signing) : Promise.reject(error),
  );
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report));
  if (!couldLearn(report) && report.ending !== null) {
    process.stderr.write(`${endings[report.ending]}\n`);
    process.exitCode = 1;
  }
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        calls: { type: 'string', default: String(callsMost) },
        from: { type: 'string' },
        until: { type: 'string' },
        coarse: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return wrong(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
}

function readCalls(text: string): number {
  const calls = Number(text);
  if (!/^\d+$/.test(text) || calls < 1 || callsMost < calls) wrong(`--calls must be from 1 to ${callsMost}`);
  return calls;
}

function readWindow(from: string | undefined, until: string | undefined) {
  if (from === undefined && until === undefined) return null;
  const [fromMs, untilMs] = [readInstant(from), readInstant(until)];
  if (!(fromMs < untilMs))
    wrong('--from and --until must both be instants such as 2026-03-02T00:00:00Z, the first before the second');
  return { fromMs, untilMs };
}

// In whole seconds, as windows are.
function readInstant(text: string | undefined): number {
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text ?? '');
  return isInstant ? Math.floor(Date.parse(text ?? '') / 1000) * 1000 : Number.NaN;
}
