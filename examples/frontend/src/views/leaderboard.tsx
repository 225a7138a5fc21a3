import { use, useCallback, useState } from 'react';
import { type Days, windowOf } from '../days.ts';
import { ask, present } from '../gateway/ask.ts';
import { graphql } from '../graphql/gql.ts';
import type { LeaderboardQuery, SummaryOrder } from '../graphql/graphql.ts';
import { useQuestion } from '../hooks/use-question.ts';
import { conversationsView, type Place } from '../place.ts';
import { timeZone } from '../settings.ts';
import { AgentTable } from './agent-table.tsx';
import { CoverageLine } from './coverage-line.tsx';
import { FailureNote } from './failure-note.tsx';
import { Headline } from './headline.tsx';
import { GoContext, Link } from './link.tsx';
import { Trend } from './trend.tsx';

/** One reading of the window for all three fields, so the coverage of one is that of all. */
const leaderboard = graphql(/* GraphQL */ `
  query Leaderboard($window: TimeWindow!, $orderBy: SummaryOrder!, $first: Int!) {
    scoreSummary(window: $window) {
      ...Headline
    }
    scoreBreakdown(window: $window, by: [WINDOW_DAY]) {
      ...Trend
    }
    agents(window: $window, orderBy: $orderBy, first: $first) {
      totalCount
      edges {
        ...AgentRow
      }
      pageInfo {
        hasNextPage
      }
      coverage {
        ...CoverageLine
      }
    }
  }
`);

const agentsAtFirst = 25;
/** The gateway's own bound of a page. */
const agentsMax = 500;

/** An answer with the order of its rows: while another is asked for, or when that fails, they stay in sight, and so must the order that they are in. */
type Ordered = LeaderboardQuery & { readonly orderBy: SummaryOrder };

const coverageOf = ({ agents }: Ordered) => present(agents).coverage;

type Props = { readonly days: Days; readonly span: Place['span']; readonly orderBy: SummaryOrder };

/** Everyone who took part in conversations of the days, with figures; the figures of all; the trend by day. */
export function Leaderboard({ days, span, orderBy: { field, direction } }: Props) {
  const go = use(GoContext);
  const [first, setFirst] = useState(agentsAtFirst);
  const { from, until } = windowOf(days, timeZone);
  const askOnce = useCallback(
    async (signal: AbortSignal): Promise<Ordered> => {
      const orderBy = { field, direction };
      return { ...(await ask(leaderboard, { window: { from, until }, orderBy, first }, signal)), orderBy };
    },
    [from, until, field, direction, first],
  );
  const { answer, failure, isAsking, againAt, askAgain } = useQuestion(askOnce, coverageOf);
  const onOrder = (orderBy: SummaryOrder) => {
    const isChosen = orderBy.field === field && orderBy.direction === direction;
    // It was asked for already: choosing it again is no other question, but where it failed and nothing is to be waited for, it is asked again.
    if (!isChosen) go({ span, view: { kind: 'leaderboard', orderBy } });
    else if (failure !== null && !isAsking && againAt === null) askAgain();
  };

  return (
    <>
      <div className="title">
        <h2>Leaderboard</h2>
        <Link to={{ span, view: conversationsView(null) }}>All conversations of these days</Link>
      </div>
      <CoverageLine
        coverage={answer === null ? null : coverageOf(answer)}
        isAsking={isAsking}
        againAt={failure === null ? againAt : null}
      />
      {failure !== null && <FailureNote failure={failure} isAsking={isAsking} againAt={againAt} onAgain={askAgain} />}
      {answer !== null && (
        <Answered
          answer={answer}
          days={days}
          span={span}
          isAsking={isAsking}
          onOrder={onOrder}
          // Not the next page, but a longer first one: it costs no call, and is one answer as of one moment.
          onMore={first < agentsMax ? () => setFirst(Math.min(agentsMax, first * 2)) : null}
        />
      )}
    </>
  );
}

type AnsweredProps = Pick<Props, 'days' | 'span'> & {
  readonly answer: Ordered;
  readonly isAsking: boolean;
  readonly onOrder: (orderBy: SummaryOrder) => void;
  readonly onMore: (() => void) | null;
};

function Answered({ answer, days, span, isAsking, onOrder, onMore }: AnsweredProps) {
  const agents = present(answer.agents);
  const isPartial = !agents.coverage.complete;
  return (
    <div className={isPartial ? 'partial' : undefined} aria-busy={isAsking}>
      <Headline summary={present(answer.scoreSummary)} isPartial={isPartial} />
      <Trend breakdown={present(answer.scoreBreakdown)} days={days} isPartial={isPartial} />
      <AgentTable
        edges={agents.edges}
        totalCount={agents.totalCount}
        isPartial={isPartial}
        orderBy={answer.orderBy}
        span={span}
        onOrder={onOrder}
      />
      {agents.pageInfo.hasNextPage && agents.edges.length > 0 && onMore !== null && (
        <button type="button" onClick={onMore} disabled={isAsking}>
          Show more agents
        </button>
      )}
    </div>
  );
}
