import type { ConversationOrder } from '../graphql/graphql.ts';

export type OrderName = 'lowest' | 'highest' | 'listed';

/** The orders to choose from. Null is the gateway's own, which costs least: only it is read page by page, the others read all days first. */
export const orders: Readonly<
  Record<OrderName, { readonly title: string; readonly orderBy: ConversationOrder | null }>
> = {
  lowest: { title: 'Lowest score first', orderBy: { field: 'KORE_EVALUATION_SCORE', direction: 'ASC' } },
  highest: { title: 'Highest score first', orderBy: { field: 'KORE_EVALUATION_SCORE', direction: 'DESC' } },
  listed: { title: 'As listed by Kore.ai', orderBy: null },
};
