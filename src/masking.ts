import type { Config } from './config.ts';
import { parseRedisAddress } from './redis/address.ts';

const jwt = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g;
const masked = '[redacted]';
/** The password of a store's address, in whatever spelling the operator has chosen: signs may be percent-encoded that needn't be, in either case. */
const writtenPassword = /^[a-z-]+:\/\/[^:@/?#]*:([^@/?#]*)@/;

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
    // As it is said to the server, as others would spell it in an address, and as it stands in the setting.
    password,
    encodeURIComponent(password),
    writtenPassword.exec(config.STORE_URL)?.[1] ?? '',
  ];
  return secrets
    .filter((secret) => secret !== '')
    .reduce((rest, secret) => rest.replaceAll(secret, masked), text)
    .replaceAll(jwt, masked);
}
