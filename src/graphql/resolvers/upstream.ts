import { metered } from '../context.ts';
import type { UpstreamResolvers, WireDriftResolvers } from '../generated.ts';

export const Upstream: UpstreamResolvers = {
  drift: ({ drift }, _, context, info) => metered(context, info, drift),
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
