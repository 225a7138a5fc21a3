import { formatCount } from '../format.ts';
import type { ConversationRowFragment } from '../graphql/graphql.ts';
import { ConversationRow, columnTitles } from './conversation-row.tsx';

type Props = {
  readonly rows: readonly ConversationRowFragment[];
  readonly totalCount: number | null;
  readonly isPartial: boolean;
  readonly isBusy: boolean;
};

/** The rows that have been read so far. Nothing is virtual: some thousand rows are no burden, and the browser's own search finds them. */
export function ConversationTable({ rows, totalCount, isPartial, isBusy }: Props) {
  if (rows.length === 0) {
    if (isBusy) return null;
    return (
      <p className="note">{isPartial ? 'None has been read yet.' : 'There are no conversations in these days.'}</p>
    );
  }
  return (
    <div className={isPartial ? 'scrolls partial' : 'scrolls'} aria-busy={isBusy}>
      <table className="conversations">
        <caption>
          {formatCount(rows.length)}
          {totalCount !== null && ` of ${formatCount(totalCount)}`} conversations
          {isPartial && <strong className="badge">Partial: others may belong between these</strong>}
        </caption>
        <thead>
          <tr>
            {columnTitles.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ConversationRow key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
