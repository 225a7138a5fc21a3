import { formatCount, formatScore, formatShare } from '../format.ts';
import { graphql } from '../graphql/gql.ts';
import type { AgentRowFragment, SummaryOrder, SummaryOrderField } from '../graphql/graphql.ts';
import { orderByColumn } from '../orders.ts';
import { conversationsView, type Place } from '../place.ts';
import { Link } from './link.tsx';

graphql(/* GraphQL */ `
  fragment AgentRow on AgentEdge {
    node {
      agentId
      name
    }
    summary {
      conversationCount
      scoredCount
      averageScore
      medianScore: scorePercentile
      fatalConversationCount
      passRate
    }
  }
`);

type Summary = AgentRowFragment['summary'];
type Column = {
  readonly field: SummaryOrderField;
  readonly title: string;
  readonly text: (summary: Summary) => string;
};

const columns: readonly Column[] = [
  { field: 'AVERAGE_SCORE', title: 'Average score', text: ({ averageScore }) => formatScore(averageScore) },
  { field: 'MEDIAN_SCORE', title: 'Median', text: ({ medianScore }) => formatScore(medianScore) },
  { field: 'SCORED_COUNT', title: 'Scored', text: ({ scoredCount }) => formatCount(scoredCount) },
  { field: 'CONVERSATION_COUNT', title: 'Conversations', text: (summary) => formatCount(summary.conversationCount) },
  { field: 'FATAL_CONVERSATION_COUNT', title: 'Fatal', text: (summary) => formatCount(summary.fatalConversationCount) },
  { field: 'PASS_RATE', title: 'Pass rate', text: ({ passRate }) => formatShare(passRate) },
];

type Props = {
  readonly edges: readonly AgentRowFragment[];
  readonly totalCount: number | null;
  readonly isPartial: boolean;
  /** Of the rows that are here, which another that is being asked for isn't yet. */
  readonly orderBy: SummaryOrder;
  readonly span: Place['span'];
  readonly onOrder: (orderBy: SummaryOrder) => void;
};

/** The gateway orders, for the page holds only the first of them; other orders of the same days cost no upstream call. */
export function AgentTable({ edges, totalCount, isPartial, orderBy, span, onOrder }: Props) {
  if (edges.length === 0) {
    return <p className="note">{isPartial ? 'Nobody has been read yet.' : 'Nobody took part in these days.'}</p>;
  }
  return (
    <div className="scrolls">
      <table className="agents">
        <caption>
          {totalCount === null ? `${edges.length} agents` : `${edges.length} of ${formatCount(totalCount)} agents`}
          {isPartial && <strong className="badge">Partial: ranks and figures will change</strong>}
        </caption>
        <thead>
          <tr>
            <OrderHeader field="NAME" title="Agent" orderBy={orderBy} onOrder={onOrder} />
            {columns.map(({ field, title }) => (
              <OrderHeader key={field} field={field} title={title} orderBy={orderBy} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {edges.map(({ node: { agentId, name }, summary }) => (
            <tr key={agentId}>
              <th scope="row">
                <Link to={{ span, view: conversationsView(agentId) }}>{name ?? agentId}</Link>
              </th>
              {columns.map(({ field, text }) => (
                <td key={field}>{text(summary)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type HeaderProps = Pick<Props, 'orderBy' | 'onOrder'> & { readonly field: SummaryOrderField; readonly title: string };

/** A column to order by: at first from its interesting end, then the other way round. */
function OrderHeader({ field, title, orderBy, onOrder }: HeaderProps) {
  const sort = orderBy.direction === 'ASC' ? 'ascending' : 'descending';
  return (
    <th scope="col" aria-sort={orderBy.field === field ? sort : undefined}>
      <button type="button" onClick={() => onOrder(orderByColumn(field, orderBy))}>
        {title}
      </button>
    </th>
  );
}
