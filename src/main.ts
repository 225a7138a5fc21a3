import { readConfig } from './config.ts';

/** The entry: reads the settings, starts the gateway, and stops it on a signal. The only place that ends the process. */
const result = readConfig(process.env);
if (result.kind === 'problems') {
  const lines = result.problems.map(({ setting, problem }) => `  ${setting} ${problem}`);
  process.stderr.write(
    `The gateway can't start with these settings:\n${lines.join('\n')}\n\n.env.example describes every setting. To look around without an account: npm run demo\n`,
  );
  process.exit(1);
}

const { config } = result;
// The rest is loaded only now, so that wrong settings are told at once.
const { startGateway } = await import('./gateway.ts');
const { waitUnlessAborted } = await import('./waiting.ts');
const { createTelemetry } = await import('./telemetry.ts');
const { default: closeWithGrace } = await import('close-with-grace');
const { maskedError, maskedText } = await import('./masking.ts');
const { isGraphiqlBuilt } = await import('./server/graphiql.ts');

if (config.GRAPHIQL && !isGraphiqlBuilt()) {
  process.stderr.write('GRAPHIQL=true needs the built page: npm run build\n');
  process.exit(1);
}

const telemetry = createTelemetry({ level: config.LOG_LEVEL, output: process.stdout });
const started = startGateway(config, {
  clock: {
    now: Date.now,
    elapsed: () => performance.now(),
    wait: waitUnlessAborted,
  },
  random: Math.random,
  fetch,
  telemetry,
});
const gateway = await started.catch((error: unknown) => {
  const reason = maskedText(error instanceof Error ? error.message : String(error), config);
  process.stderr.write(`The gateway can't start on ${config.HOST}:${config.PORT}: ${reason}\n`);
  process.exit(1);
});
telemetry.log.info({ url: `${gateway.url}/graphql`, access: config.AUTH }, 'ready');

// A second signal, or a second error, ends it at once.
closeWithGrace({ delay: config.STOP_WITHIN_MS, logger: false }, async ({ signal, err }) => {
  if (err !== undefined) telemetry.log.error({ error: maskedError(err, config) }, 'stopping after an error');
  else telemetry.log.info({ signal }, 'stopping');
  // Whoever interrupts it at a terminal has no balancer that must notice.
  await gateway.close(signal === 'SIGINT' ? 0 : config.STOP_WAIT_MS);
  telemetry.log.info({}, 'stopped');
});
