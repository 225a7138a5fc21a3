import { defineConfig } from 'vitest/config';
import { areas } from './test/mutation/areas.ts';

const area = areas[process.env['MUTATION_AREA'] ?? ''];
if (area === undefined) throw new Error(`MUTATION_AREA is one of ${Object.keys(areas).join(', ')}`);

export default defineConfig({
  // As in vitest.config.ts.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: { include: [...area.tests], testTimeout: 30_000 },
});
