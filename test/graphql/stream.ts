import fc from 'fast-check';
import { identityOf } from '../../src/model/conversation.ts';
import { conversation } from '../selection/arbitraries.ts';
import { dayCount, dayLength, firstDay } from './desk.ts';
import type { Contact } from './readings.ts';

/** Contacts of five days in which everything happens that can; no two of them are the same row of one day. */
export const contacts: fc.Arbitrary<readonly Contact[]> = fc
  .array(fc.record({ at: fc.nat(dayCount * dayLength - 1).map((second) => firstDay + second), conversation }), {
    maxLength: 40,
  })
  .map((all) => {
    const keyOf = (contact: Contact) => JSON.stringify([dayOf(contact), contact.conversation]);
    return all.filter((each, at) => all.findIndex((other) => keyOf(other) === keyOf(each)) === at);
  });

/** Which of the days a contact is of. */
export function dayOf({ at }: Contact): number {
  return Math.floor((at - firstDay) / dayLength);
}

/** Rows as a scan lists them without an order: by day, conversationId, identity, then as they came. */
export function listed(all: readonly Contact[]): readonly Contact[] {
  const keyOf = (contact: Contact) => [
    String(dayOf(contact)),
    contact.conversation.conversationId,
    identityOf(contact.conversation),
    JSON.stringify(contact.conversation),
  ];
  return all.toSorted((one, other) => {
    const [keys, others] = [keyOf(one), keyOf(other)];
    const at = keys.findIndex((key, index) => key !== others[index]);
    return at < 0 ? 0 : (keys[at] ?? '') < (others[at] ?? '') ? -1 : 1;
  });
}
