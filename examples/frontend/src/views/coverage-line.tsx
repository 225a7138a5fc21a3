import { formatCount, formatMoment } from '../format.ts';
import { graphql } from '../graphql/gql.ts';
import type { CoverageLineFragment } from '../graphql/graphql.ts';
import { useSecondsUntil } from '../hooks/use-seconds-until.ts';
import { useToday } from '../hooks/use-today.ts';

graphql(/* GraphQL */ `
  fragment CoverageLine on Coverage {
    complete
    daysRead
    daysExpected
    conversationsRead
    conversationsExpected
    asOf
    retryAfterSeconds
  }
`);

type Props = {
  readonly coverage: CoverageLineFragment | null;
  readonly isAsking: boolean;
  readonly againAt: number | null;
};

/**
 * What an answer rests on. Always there, for only a live region that is there before its text changes is read out. The seconds stand outside
 * of it: nobody wants to hear them all.
 */
export function CoverageLine({ coverage, isAsking, againAt }: Props) {
  const today = useToday();
  const isPartial = coverage !== null && !coverage.complete;
  return (
    <div className={isPartial ? 'coverage partial' : 'coverage'}>
      {isPartial && (
        <progress aria-label="Days read" max={coverage.daysExpected} value={coverage.daysRead}>
          {coverage.daysRead}
        </progress>
      )}
      <span role="status">
        {coverage === null ? (isAsking ? 'Reading …' : '') : textOf(coverage, againAt, isAsking, today)}
      </span>
      {againAt !== null && (
        <>
          {isPartial ? ', ' : 'Asking '}
          <Countdown atMs={againAt} />
        </>
      )}
      {isPartial && isAsking && ', asking again …'}
    </div>
  );
}

function textOf(coverage: CoverageLineFragment, againAt: number | null, isAsking: boolean, today: string): string {
  const { complete, daysRead, daysExpected, conversationsRead, conversationsExpected, asOf } = coverage;
  if (complete) return asOf === null ? 'Complete' : `Complete, as of ${formatMoment(asOf, today)}`;
  const of = conversationsExpected === null ? '' : ` of ${formatCount(conversationsExpected)}`;
  const known = `Partial: ${daysRead} of ${daysExpected} days read, ${formatCount(conversationsRead)}${of} conversations`;
  return againAt === null && !isAsking ? `${known}. The rest can’t be had for now` : known;
}

function Countdown({ atMs }: { readonly atMs: number }) {
  return <span className="countdown">again in {useSecondsUntil(atMs)} s</span>;
}
