import type { Config } from './config.ts';
import type { Operations } from './graphql/operations.ts';
import { type AppParts, createApp } from './server/app.ts';
import { createIntake, type Intake } from './server/intake.ts';
import { readManifest } from './server/manifest.ts';
import type { createRouterCheck } from './server/router.ts';
import { createTrustedDocuments } from './server/trusted-documents.ts';
import { documentLimits, httpSettings, intakeSettings } from './settings.ts';

/** What judges requests before GraphQL hears of them. Throws where the list of trusted documents can't be used. */
export function openIntake(
  config: Config,
  { schema }: Pick<Operations, 'schema'>,
  isRouter: ReturnType<typeof createRouterCheck>,
): Intake {
  const path = config.TRUSTED_DOCUMENTS_FILE;
  const documents = path === '' ? null : readManifest(path, { schema, limits: documentLimits(config) });
  const trusted = createTrustedDocuments({ documents, isExclusive: config.TRUSTED_DOCUMENTS_ONLY });
  return createIntake(intakeSettings(config), trusted, isRouter);
}

/** Opens the port for figures, where they have one of their own: health is there too, and nothing else. */
export async function openFigures(
  config: Config,
  parts: Omit<AppParts, 'settings'>,
): Promise<{ close(): Promise<void> }> {
  if (config.METRICS_PORT === null) return { close: async () => {} };
  const settings = { ...httpSettings(config), isMetricsServed: true, tls: null };
  const app = createApp({ ...parts, settings });
  await app.listen({ host: config.METRICS_HOST, port: config.METRICS_PORT });
  return { close: async () => await app.close() };
}
