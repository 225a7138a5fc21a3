import { useCallback, useEffect } from 'react';
import { type Days, windowOf } from '../days.ts';
import { formatCount } from '../format.ts';
import { ask, present } from '../gateway/ask.ts';
import { graphql } from '../graphql/gql.ts';
import { useEndReached } from '../hooks/use-end-reached.ts';
import { usePages } from '../hooks/use-pages.ts';
import { type OrderName, orders } from '../orders.ts';
import { timeZone } from '../settings.ts';
import { ConversationTable } from './conversation-table.tsx';
import { CoverageLine } from './coverage-line.tsx';
import { FailureNote } from './failure-note.tsx';

const conversationPage = graphql(/* GraphQL */ `
  query ConversationPage(
    $window: TimeWindow!
    $filterBy: ConversationFilter
    $orderBy: ConversationOrder
    $first: Int!
    $after: String
  ) {
    conversations(window: $window, filterBy: $filterBy, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      edges {
        node {
          ...ConversationRow
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      coverage {
        ...CoverageLine
      }
    }
  }
`);

const pageSize = 50;

type Props = {
  readonly days: Days;
  readonly agentId: string | null;
  readonly order: OrderName;
  /** Told the agent's name once it is known: rows have it, so nothing else is asked for it. */
  readonly onName: (name: string) => void;
};

/** A connection that grows as it is scrolled through. */
export function ConversationList({ days, agentId, order, onName }: Props) {
  const { from, until } = windowOf(days, timeZone);
  const askPage = useCallback(
    async (after: string | null, signal: AbortSignal) => {
      const filterBy = agentId === null ? null : { agentIds: [agentId] };
      const { orderBy } = orders[order];
      const variables = { window: { from, until }, filterBy, orderBy, first: pageSize, after };
      return present((await ask(conversationPage, variables, signal)).conversations);
    },
    [from, until, agentId, order],
  );
  const { pages, failure, isAsking, againAt, hasRestarted, canGoOn, goOn, askAgain } = usePages(askPage);
  const end = useEndReached(canGoOn, goOn);
  const rows = pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  const partial = pages.find(({ coverage }) => !coverage.complete);
  const last = pages.at(-1);
  const name = rows[0]?.agents.find((agent) => agent.agentId === agentId)?.name ?? null;
  useEffect(() => {
    if (name !== null) onName(name);
  }, [name, onName]);

  return (
    <>
      <CoverageLine
        coverage={(partial ?? last)?.coverage ?? null}
        isAsking={isAsking}
        againAt={failure === null ? againAt : null}
      />
      {hasRestarted && failure === null && (
        <p className="note" role="status">
          The list had changed too much to go on, so it begins anew.
        </p>
      )}
      {last !== undefined && (
        <ConversationTable
          rows={rows}
          totalCount={last.totalCount}
          isPartial={partial !== undefined}
          isBusy={isAsking}
        />
      )}
      {failure !== null && <FailureNote failure={failure} isAsking={isAsking} againAt={againAt} onAgain={askAgain} />}
      <div ref={end} className="list-end">
        {canGoOn && (
          <button type="button" onClick={goOn}>
            Show more
          </button>
        )}
        {isAsking && last !== undefined && 'Reading more …'}
        {last !== undefined && !last.pageInfo.hasNextPage && partial === undefined && rows.length > 0 && (
          <span>That is all: {formatCount(rows.length)} conversations.</span>
        )}
      </div>
    </>
  );
}
