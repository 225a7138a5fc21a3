import { lazy, Suspense, useMemo } from 'react';
import { type Days, eachDay } from '../days.ts';
import { formatCount, formatScore } from '../format.ts';
import { graphql } from '../graphql/gql.ts';
import type { TrendFragment } from '../graphql/graphql.ts';
import type { TrendPoint } from './trend-chart.tsx';

graphql(/* GraphQL */ `
  fragment Trend on ScoreBreakdown {
    groups {
      period
      summary {
        scoredCount
        averageScore
      }
    }
  }
`);

/** The chart's library is by far the biggest thing here: the table doesn't wait for it. */
const TrendChart = lazy(async () => ({ default: (await import('./trend-chart.tsx')).TrendChart }));

type Props = { readonly breakdown: TrendFragment; readonly days: Days; readonly isPartial: boolean };

/** The average score of each day, as a chart and as the table that it is drawn from. A day without a score, or not read yet, is a gap. */
export function Trend({ breakdown, days, isPartial }: Props) {
  const points = useMemo(() => pointsOf(breakdown, days), [breakdown, days]);
  return (
    <figure className="trend">
      <figcaption>
        Average score by day
        {isPartial && <strong className="badge">Partial: days without a point may not have been read</strong>}
      </figcaption>
      <Suspense fallback={<div className="chart" />}>
        <TrendChart points={points} />
      </Suspense>
      <details>
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Average score</th>
              <th scope="col">Scored</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ day, averageScore, scoredCount }) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                <td>{formatScore(averageScore)}</td>
                <td>{formatCount(scoredCount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function pointsOf({ groups }: TrendFragment, days: Days): readonly TrendPoint[] {
  const byDay = new Map(groups.map(({ period, summary }) => [period, summary]));
  return eachDay(days).map((day) => {
    const { averageScore = null, scoredCount = null } = byDay.get(day) ?? {};
    return { day, averageScore, scoredCount };
  });
}
