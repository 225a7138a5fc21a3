import { defineConfig } from 'vite';

/** The page as static files that ask nobody but the host they came from: no inlined assets and no inline script, for the CSP's sake. */
export default defineConfig({
  base: './',
  logLevel: 'warn',
  build: {
    outDir: '../../../dist/graphiql',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    // The editor is one big file, and is served by the machine it runs on.
    chunkSizeWarningLimit: 8_000,
    rolldownOptions: {
      // 'use client' and the like in dependencies mean nothing here.
      onLog: (level, log, report) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
  worker: { format: 'es' },
});
