import { formatScore, wordsOf } from '../format.ts';
import { graphql } from '../graphql/gql.ts';
import type { MetricRowFragment, Qualification } from '../graphql/graphql.ts';

graphql(/* GraphQL */ `
  fragment MetricRow on MetricResult {
    metricName
    qualification
    weight
    negativeWeight
    isFatalError
    auditorResponse
  }
`);

const answers: Readonly<Record<Qualification, string>> = {
  YES: 'Adhered',
  NO: 'Did not adhere',
  NA: 'Did not apply',
  PENDING: 'Waits for an answer',
  UNKNOWN: 'Unknown',
};

type Props = { readonly metrics: readonly MetricRowFragment[]; readonly conversationId: string };

/** What each metric of the form said. A form may hold a metric twice, so only the place tells results apart. */
export function MetricTable({ metrics, conversationId }: Props) {
  if (metrics.length === 0) return <p>It had no form, so no metric was asked.</p>;
  return (
    <table className="metrics">
      <caption>Metrics of {conversationId}</caption>
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col">Answer</th>
          <th scope="col">Auditor</th>
          <th scope="col">Weight</th>
          <th scope="col">Lost by failing</th>
        </tr>
      </thead>
      <tbody>
        {[...metrics.entries()].map(([place, metric]) => (
          <tr key={place}>
            <th scope="row">{metric.metricName ?? '–'}</th>
            <td>
              {metric.qualification === null ? wordsOf(null) : answers[metric.qualification]}
              {metric.isFatalError === true && <strong className="badge fatal">fatal</strong>}
            </td>
            <td>{metric.auditorResponse === null ? wordsOf(null) : answers[metric.auditorResponse]}</td>
            <td>{formatScore(metric.weight)}</td>
            <td>{formatScore(metric.negativeWeight)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
