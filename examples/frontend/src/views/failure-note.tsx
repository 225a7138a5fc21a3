import { adviceFor } from '../gateway/advice.ts';
import type { Failure } from '../gateway/failure.ts';
import { useSecondsUntil } from '../hooks/use-seconds-until.ts';

type Props = {
  readonly failure: Failure;
  readonly isAsking: boolean;
  readonly againAt: number | null;
  readonly onAgain: () => void;
};

/** What went wrong, by its code, and what to do. Where the gateway said when to ask again, it is asked then. */
export function FailureNote({ failure, isAsking, againAt, onAgain }: Props) {
  const { what, todo } = adviceFor(failure);
  return (
    <div className="note failure" role="alert">
      <p>
        <strong>{what}</strong> {todo}
      </p>
      {againAt === null ? (
        <button type="button" onClick={onAgain} disabled={isAsking}>
          {isAsking ? 'Asking …' : 'Ask again'}
        </button>
      ) : (
        <Wait atMs={againAt} />
      )}
      <p className="fine">
        {failure.message} (
        {[failure.code, failure.reason, failure.requestId].filter((word) => word !== null).join(', ')})
      </p>
    </div>
  );
}

function Wait({ atMs }: { readonly atMs: number }) {
  return <p aria-hidden="true">Asks again in {useSecondsUntil(atMs)} s.</p>;
}
