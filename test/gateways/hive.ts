import { defineConfig } from '@graphql-hive/gateway';

const { SUPERGRAPH = '', SCORES_ROUTER_SECRET = '' } = process.env;

/** Hive Gateway as it should ask us: knows the secret, hands the client's own headers on, waits for as long as we may take, asks once. */
export const gatewayConfig = defineConfig({
  supergraph: SUPERGRAPH,
  transportEntries: {
    scores: { headers: [['router-authorization', SCORES_ROUTER_SECRET]] },
  },
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => {
      const headers: Record<string, string> = {};
      for (const name of ['authorization', 'x-request-id', 'apollographql-client-name']) {
        const value = request.headers.get(name);
        if (value !== null) headers[name] = value;
      }
      return headers;
    },
  },
  /** A second more than OPERATION_DEADLINE_MS of ours, so that it is ours that says what was too slow. */
  upstreamTimeout: 16_000,
});
