import type { ConversationOrder, OrderDirection, SummaryOrder, SummaryOrderField } from './graphql/graphql.ts';

export type OrderName = 'lowest' | 'highest' | 'listed';

/** The orders to choose from. Null is the gateway's own, which costs least: only it is read page by page, the others read all days first. */
export const orders: Readonly<
  Record<OrderName, { readonly title: string; readonly orderBy: ConversationOrder | null }>
> = {
  lowest: { title: 'Lowest score first', orderBy: { field: 'KORE_EVALUATION_SCORE', direction: 'ASC' } },
  highest: { title: 'Highest score first', orderBy: { field: 'KORE_EVALUATION_SCORE', direction: 'DESC' } },
  listed: { title: 'As listed by Kore.ai', orderBy: null },
};

export const orderNameDefault: OrderName = 'lowest';

/** The order of that name; of any other the default. */
export function orderNamed(name: string | null): OrderName {
  return name === 'highest' || name === 'listed' ? name : orderNameDefault;
}

/** The figures to order agents by, and from which end first: the interesting one. */
const firstDirections: Readonly<Record<SummaryOrderField, OrderDirection>> = {
  NAME: 'ASC',
  AVERAGE_SCORE: 'DESC',
  MEDIAN_SCORE: 'DESC',
  SCORED_COUNT: 'DESC',
  CONVERSATION_COUNT: 'DESC',
  FATAL_CONVERSATION_COUNT: 'DESC',
  PASS_RATE: 'DESC',
};

export const agentOrderDefault: SummaryOrder = { field: 'AVERAGE_SCORE', direction: 'DESC' };

/** The order that choosing a column stands for, while rows are shown in another or in this one: then the other way round. */
export function orderByColumn(field: SummaryOrderField, shown: SummaryOrder): SummaryOrder {
  if (field !== shown.field) return { field, direction: firstDirections[field] };
  return { field, direction: shown.direction === 'ASC' ? 'DESC' : 'ASC' };
}

/** An order as text in an address: `PASS_RATE.ASC`. */
export function textOfOrder({ field, direction }: SummaryOrder): string {
  return `${field}.${direction}`;
}

/** Reads such a text; what names no order stands for the default. */
export function agentOrderOf(text: string | null): SummaryOrder {
  return agentOrders.find((order) => textOfOrder(order) === text) ?? agentOrderDefault;
}

const agentOrders: readonly SummaryOrder[] = Object.keys(firstDirections)
  .filter(isField)
  .flatMap((field): readonly SummaryOrder[] => [
    { field, direction: 'ASC' },
    { field, direction: 'DESC' },
  ]);

function isField(name: string): name is SummaryOrderField {
  return Object.hasOwn(firstDirections, name);
}
