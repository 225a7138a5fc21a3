import { use, useId, useState } from 'react';
import type { Days } from '../days.ts';
import { type OrderName, orderNamed, orders } from '../orders.ts';
import { leaderboardView, type Place } from '../place.ts';
import { ConversationList } from './conversation-list.tsx';
import { GoContext, Link } from './link.tsx';

type Props = {
  readonly days: Days;
  readonly span: Place['span'];
  readonly agentId: string | null;
  readonly order: OrderName;
};

/** The drill-down: conversations of one agent, or of all, in a chosen order. */
export function Conversations({ days, span, agentId, order }: Props) {
  const go = use(GoContext);
  const [name, setName] = useState<string | null>(null);
  const orderId = useId();
  const onOrder = (name: string) => go({ span, view: { kind: 'conversations', agentId, order: orderNamed(name) } });
  return (
    <>
      <p>
        <Link to={{ span, view: leaderboardView }}>← Leaderboard</Link>
      </p>
      <div className="title">
        <h2>{agentId === null ? 'All conversations' : `Conversations of ${name ?? agentId}`}</h2>
        <span>
          <label htmlFor={orderId}>Order</label>{' '}
          <select id={orderId} value={order} onChange={({ target }) => onOrder(target.value)}>
            {Object.entries(orders).map(([value, { title }]) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        </span>
      </div>
      <ConversationList key={order} days={days} agentId={agentId} order={order} onName={setName} />
    </>
  );
}
