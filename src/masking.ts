import type { Config } from './config.ts';
import { parseRedisAddress } from './redis/address.ts';

const jwt = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g;
const masked = '[redacted]';

/** What an error that nobody foresaw may say in the log: its texts, masked. */
export function maskedError(error: unknown, config: Config): object {
  if (!(error instanceof Error)) return { message: maskedText(String(error), config) };
  const { name, message, stack } = error;
  return { type: name, message: maskedText(message, config), stack: maskedText(stack ?? '', config) };
}

/** A text without the secrets that were set, and without tokens. */
export function maskedText(text: string, config: Config): string {
  const { password = '' } = parseRedisAddress(config.STORE_URL) ?? {};
  const secrets = [
    config.KORE_CLIENT_SECRET,
    config.AUTH_JWT_SECRET,
    ...config.CURSOR_SECRET,
    ...config.ROUTER_SECRET,
    // As it is said to the server, and as it stands in the setting.
    password,
    encodeURIComponent(password),
  ];
  return secrets
    .filter((secret) => secret !== '')
    .reduce((rest, secret) => rest.replaceAll(secret, masked), text)
    .replaceAll(jwt, masked);
}
