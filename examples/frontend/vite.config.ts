import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the gateway is. The page asks its own origin, and this server hands `/graphql` on, so that no CORS is needed. */
const gateway = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000';
const proxy = { '/graphql': { target: gateway, changeOrigin: true } };

/** With the page and the gateway on different origins, the browser asks the gateway itself: its CORS_ORIGINS must name the page's. */
const elsewhere = process.env['VITE_GRAPHQL_URL'];
const askable = elsewhere === undefined ? "'self'" : `'self' ${new URL(elsewhere, gateway).origin}`;

/** Everything comes from the origin of the page. The chart's library sets sizes by `style` attributes, and so does the table. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  `connect-src ${askable}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export default defineConfig({
  base: './',
  plugins: [react()],
  server: { host: '127.0.0.1', port: 5173, proxy },
  preview: {
    host: '127.0.0.1',
    port: 4173,
    proxy,
    headers: { 'content-security-policy': contentSecurityPolicy },
  },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 600 },
});
