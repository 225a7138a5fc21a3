import { defineConfig } from 'vitest/config';

// graphql 16 ships two builds; without the alias tests would load one and @apollo/subgraph the other, and schemas from one realm
// are refused in the other.
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

export default defineConfig({
  test: {
    // One more than the cores of the smallest machine that this is for: many tests wait for clocks and sockets most of the time.
    maxWorkers: 3,
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: [
            'test/*.test.ts',
            'test/{model,paging,reading,selection,kore,store,graphql,schema,server,simulator,probe,relay,example}/**/*.test.ts',
          ],
          // Properties over whole calendars take their time where cores are shared.
          testTimeout: 30_000,
        },
      },
      { resolve, test: { name: 'gateway', include: ['test/gateway/**/*.test.ts'], testTimeout: 60_000 } },
      {
        resolve,
        test: { name: 'redis', include: ['test/redis/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        resolve,
        test: {
          name: 'oracle',
          include: ['test/oracle/{oracle,self,law}*.test.ts'],
          testTimeout: 300_000,
        },
      },
      { resolve, test: { name: 'faults', include: ['test/faults/**/*.test.ts'], testTimeout: 60_000 } },
      { resolve, test: { name: 'supergraph', include: ['test/supergraph/**/*.test.ts'], testTimeout: 240_000 } },
      { resolve, test: { name: 'load', include: ['test/load/load.test.ts'], testTimeout: 600_000 } },
      { resolve, test: { name: 'rolling', include: ['test/load/rolling.test.ts'], testTimeout: 36_000_000 } },
      { resolve, test: { name: 'gateways', include: ['test/gateways/*.test.ts'], testTimeout: 600_000 } },
      { resolve, test: { name: 'redis-long', include: ['test/redis-long/**/*.test.ts'], testTimeout: 1_800_000 } },
      {
        resolve,
        test: {
          name: 'oracle-full',
          include: ['test/oracle/full.test.ts', 'test/gateway/walks-*.test.ts'],
          env: { WALK_COUNT: '5000' },
          testTimeout: 3_600_000,
        },
      },
      { resolve, test: { name: 'browser', include: ['test/browser/**/*.test.ts'], testTimeout: 60_000 } },
      {
        resolve,
        test: {
          name: 'bench',
          include: [],
          // What it warns of is the same for all that is measured.
          benchmark: { include: ['test/bench/**/*.bench.ts'], suppressExportGetterWarnings: true },
          testTimeout: 120_000,
        },
      },
    ],
  },
});
