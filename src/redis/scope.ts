import { createHash } from 'node:crypto';

const lengthMax = 20;

/** Who shares what. */
export type Scope = {
  /** Whose quota it is: where the upstream is, and the account there. */
  readonly account: string;
  /** Whose rows: the account, and all that limits what it may read. */
  readonly whole: string;
};

/**
 * What names of keys begin with that all gateways of an account share. It has a hash tag, so that a cluster holds all keys of an account in one slot, where scripts
 * can use them together; and it says nothing of the account.
 */
export function accountPrefixOf({ account }: Scope): string {
  return `{kore:${keyOf(account)}}`;
}

/** What names of keys begin with that only gateways of the same scope share. In the slot of its account. */
export function keyPrefixOf(scope: Scope): string {
  return `${accountPrefixOf(scope)}:${keyOf(scope.whole)}`;
}

/** A short word for a text, of letters and digits: always the same, and it says nothing of it to those who can't guess it. */
export function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, lengthMax);
}
