import { useId, useState } from 'react';
import type { Days } from '../days.ts';
import type { Place } from '../place.ts';
import { ConversationList } from './conversation-list.tsx';
import { Link } from './link.tsx';
import { type OrderName, orders } from './orders.ts';

type Props = { readonly days: Days; readonly span: Place['span']; readonly agentId: string | null };

/** The drill-down: conversations of one agent, or of all, in a chosen order. */
export function Conversations({ days, span, agentId }: Props) {
  const [order, setOrder] = useState<OrderName>('lowest');
  const [name, setName] = useState<string | null>(null);
  const orderId = useId();
  return (
    <>
      <p>
        <Link to={{ span, view: { kind: 'leaderboard' } }}>← Leaderboard</Link>
      </p>
      <div className="title">
        <h2>{agentId === null ? 'All conversations' : `Conversations of ${name ?? agentId}`}</h2>
        <span>
          <label htmlFor={orderId}>Order</label>{' '}
          <select id={orderId} value={order} onChange={({ target }) => setOrder(orderNamed(target.value))}>
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

function orderNamed(value: string): OrderName {
  return value === 'highest' || value === 'listed' ? value : 'lowest';
}
