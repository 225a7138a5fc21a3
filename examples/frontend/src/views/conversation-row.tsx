import { memo, useId, useState } from 'react';
import { formatScore, wordsOf } from '../format.ts';
import { graphql } from '../graphql/gql.ts';
import type { ConversationRowFragment, UnscoredReason } from '../graphql/graphql.ts';
import { MetricTable } from './metric-table.tsx';

// Metrics come along, though few rows are opened: the gateway holds them with the row, so they cost no upstream call, and opening a row
// neither waits nor fails.
graphql(/* GraphQL */ `
  fragment ConversationRow on Conversation {
    id
    conversationId
    koreEvaluationScore
    unscoredReason
    fatalErrorCount
    channel
    agents {
      agentId
      name
    }
    queues {
      queueId
      name
    }
    audit {
      status
      statusLabel
      auditor
    }
    metrics {
      ...MetricRow
    }
  }
`);

export const columnTitles: readonly string[] = ['Conversation', 'Score', 'Agents', 'Queues', 'Channel', 'Audit'];

const reasons: Readonly<Record<UnscoredReason, string>> = {
  BELOW_THRESHOLD: 'Too short to be scored',
  DURATION_UNAVAILABLE: 'Not scored: duration unknown',
  ALL_METRICS_NOT_APPLICABLE: 'Not scored: no metric applied',
  NOT_EVALUATED: 'Not evaluated',
};

/** One conversation, which opens to show its metrics. Rows don't change, so those that are there already aren't rendered for each new page. */
export const ConversationRow = memo(function ConversationRow({ row }: { readonly row: ConversationRowFragment }) {
  const [isOpen, setOpen] = useState(false);
  const detailsId = useId();
  return (
    <>
      <tr data-id={row.id}>
        <th scope="row">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={isOpen ? detailsId : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            {row.conversationId}
          </button>
        </th>
        <td>
          <Score row={row} />
        </td>
        <td>{namesOf(row.agents.map(({ agentId, name }) => name ?? agentId))}</td>
        <td>{namesOf(row.queues.map(({ queueId, name }) => name ?? queueId))}</td>
        <td>{wordsOf(row.channel)}</td>
        <td>
          {row.audit.statusLabel ?? wordsOf(row.audit.status)}
          {row.audit.auditor !== null && <small> by {row.audit.auditor}</small>}
        </td>
      </tr>
      {isOpen && (
        <tr id={detailsId} className="details">
          <td colSpan={columnTitles.length}>
            <MetricTable metrics={row.metrics} conversationId={row.conversationId} />
          </td>
        </tr>
      )}
    </>
  );
});

/** Null is not zero: a row without a score says why it has none, and a zero says what it is mostly from. */
function Score({ row }: { readonly row: ConversationRowFragment }) {
  const { koreEvaluationScore, unscoredReason, fatalErrorCount } = row;
  if (koreEvaluationScore === null) return unscoredReason === null ? 'Score unreadable' : reasons[unscoredReason];
  return (
    <>
      {formatScore(koreEvaluationScore)}
      {fatalErrorCount !== null && fatalErrorCount > 0 && (
        <strong className="badge fatal">{fatalErrorCount} fatal</strong>
      )}
    </>
  );
}

function namesOf(names: readonly string[]): string {
  return names.length === 0 ? '–' : names.join(', ');
}
