import type { Simulator } from '../simulator/simulator.ts';

/** The settings by which a gateway asks this simulator, as the account that it knows, and lets everybody in. */
export function environmentOf({ url, account }: Pick<Simulator, 'url' | 'account'>): Record<string, string> {
  return {
    AUTH: 'none',
    KORE_BASE_URL: url,
    KORE_ALLOW_INSECURE: 'true',
    KORE_ACCOUNT_ID: account.accountId,
    KORE_ORG_ID: account.orgId,
    KORE_STREAM_ID: account.streamId,
    KORE_CLIENT_ID: account.clientId,
    KORE_CLIENT_SECRET: account.clientSecret,
  };
}
