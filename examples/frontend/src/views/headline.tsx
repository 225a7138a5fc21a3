import { formatCount, formatScore, formatShare } from '../format.ts';
import { graphql } from '../graphql/gql.ts';
import type { HeadlineFragment } from '../graphql/graphql.ts';

graphql(/* GraphQL */ `
  fragment Headline on ScoreSummary {
    conversationCount
    scoredCount
    averageScore
    medianScore: scorePercentile
    fatalConversationCount
    passRate
  }
`);

type Props = { readonly summary: HeadlineFragment; readonly isPartial: boolean };

/** The figures of everyone together. Of a part each says so itself: a figure is copied without what stands around it. */
export function Headline({ summary, isPartial }: Props) {
  const figures: readonly (readonly [name: string, figure: string])[] = [
    ['Conversations', formatCount(summary.conversationCount)],
    ['Scored', formatCount(summary.scoredCount)],
    ['Average score', formatScore(summary.averageScore)],
    ['Median score', formatScore(summary.medianScore)],
    ['With a fatal error', formatCount(summary.fatalConversationCount)],
    ['Pass rate', formatShare(summary.passRate)],
  ];
  return (
    <dl className="headline">
      {figures.map(([name, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {figure}
            {isPartial && <small> so far</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
