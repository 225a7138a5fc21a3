import { expect } from 'vitest';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { type GatewayUnderTest, startTestGateway } from './harness.ts';

/** The demo's account on a day some weeks after those that the documents ask about. */
export type DocsWorld = AsyncDisposable & {
  readonly kore: Simulator;
  /** One for all that claims no price: what it holds, and its quota, are nobody's matter. */
  readonly shared: GatewayUnderTest;
  /** A gateway that holds nothing, with the demo's quota. Counts calls from its start. */
  startAnew(): Promise<GatewayUnderTest>;
};

const nowMs = Date.parse('2026-03-20T12:00:00Z');
const now = () => nowMs;
/** The one that docs/federation.md starts the demo with. */
const routerSecret = 'a-secret-of-16-letters';

/** Starts the upstream and the gateway that is shared. */
export async function startDocsWorld(): Promise<DocsWorld> {
  const kore = await startSimulator({
    now,
    conversationsPerDay: 1_000,
    // The quota is the gateways': each counts for itself, and all of them share this upstream.
    switches: { liveTail: true, tableOnlyFields: true, quotaLimit: 0 },
  });
  const startOne = (settings: Readonly<Record<string, string>>) =>
    startTestGateway(kore, { now, settings: { LOG_LEVEL: 'silent', ROUTER_SECRET: routerSecret, ...settings } });
  const shared = await startOne({});
  return {
    kore,
    shared,
    async startAnew() {
      kore.resetCalls();
      return await startOne({ KORE_CALLS_PER_MINUTE: '60' });
    },
    async [Symbol.asyncDispose]() {
      await shared[Symbol.asyncDispose]();
      await kore[Symbol.asyncDispose]();
    },
  };
}

/** An answer as a document shows it: "…" is whatever differs each time, but not null. */
export function asShown(shown: unknown): unknown {
  if (shown === '…') return expect.anything();
  if (Array.isArray(shown)) return shown.map(asShown);
  if (typeof shown !== 'object' || shown === null) return shown;
  return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, asShown(value)]));
}
