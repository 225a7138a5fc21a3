import { defineConfig } from 'vitest/config';

// graphql 16 ships two builds; without the alias tests would load one and @apollo/subgraph the other, and schemas from one realm
// are refused in the other.
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: ['test/*.test.ts', 'test/{model,paging,reading,kore,store,graphql,server,simulator}/**/*.test.ts'],
        },
      },
      { resolve, test: { name: 'gateway', include: ['test/gateway/**/*.test.ts'], testTimeout: 60_000 } },
      { resolve, test: { name: 'browser', include: ['test/browser/**/*.test.ts'], testTimeout: 60_000 } },
    ],
  },
});
