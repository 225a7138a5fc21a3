import { defineConfig } from '@graphql-hive/gateway';
import { headers } from './endpoint.ts';

// Hive Gateway over the supergraph of mesh.config.ts, with its compiler. The supergraph takes the token from the environment.
process.env['KORE_TOKEN'] = headers.auth;

export const gatewayConfig = defineConfig({
  supergraph: new URL('supergraph.graphql', import.meta.url).pathname,
  jit: true,
  logging: 'error',
});
