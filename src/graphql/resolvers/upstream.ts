import type { UpstreamResolvers, WireDriftResolvers } from '../generated.ts';

export const Upstream: UpstreamResolvers = {
  quota: ({ quota: { callsMax, remaining, resetAt, queuedCalls } }) => ({
    callsPerMinute: callsMax,
    remaining,
    resetAt,
    queuedCalls,
  }),
};

export const WireDrift: WireDriftResolvers = {
  example: ({ example }) => example ?? null,
};
