import { identityOf, type Row } from '../../src/model/conversation.ts';
import type { HeldPage } from '../../src/model/ports.ts';
import { tableOf } from '../../src/model/tabulate.ts';
import { offsetOfPage, pageSize } from '../../src/reading/geometry.ts';
import { conversationOf } from '../model/sample.ts';

/** What happens to the list at some moment: rows come or go near a row, or at a fraction of the list. */
export type Change = {
  readonly kind: 'insert' | 'delete';
  /** Rows from the row that `near` names; null: at `fraction` of the list. */
  readonly distance: number | null;
  /** From 0 (the beginning) to 1 (the end). */
  readonly fraction: number;
  readonly count: number;
};

/** A list of the upstream, as a plain array: rows come and go, and those that stay keep their order. */
export class MovingList {
  readonly #ids: string[];
  readonly #initial: readonly string[];
  readonly #gone = new Set<string>();
  #insertCount = 0;

  constructor(rowCount: number) {
    this.#ids = Array.from({ length: rowCount }, (_, index) => `row-${index}`);
    this.#initial = [...this.#ids];
  }

  get ids(): readonly string[] {
    return this.#ids;
  }

  /** Rows that have been there all the time, in the list's order. */
  get stayed(): readonly string[] {
    return this.#initial.filter((id) => !this.#gone.has(id));
  }

  change({ kind, distance, fraction, count }: Change, near: string | null): void {
    const nearAt = near === null ? -1 : this.#ids.indexOf(near);
    const place = nearAt === -1 || distance === null ? Math.round(fraction * this.#ids.length) : nearAt + distance;
    const at = Math.min(Math.max(place, 0), this.#ids.length);
    if (kind === 'insert') {
      this.#ids.splice(at, 0, ...Array.from({ length: count }, () => `new-${this.#insertCount++}`));
      return;
    }
    const from = Math.max(0, Math.min(at, this.#ids.length - count));
    for (const id of this.#ids.splice(from, count)) this.#gone.add(id);
  }

  read(index: number, sequence: number): HeldPage {
    return pageOf(this.#ids, index, sequence);
  }
}

/** A page as one response would bring it. */
export function pageOf(ids: readonly string[], index: number, sequence: number): HeldPage {
  const offset = offsetOfPage(index);
  return {
    index,
    table: tableOf(ids.slice(offset, offset + pageSize).map(rowOf)),
    total: ids.length,
    readAt: sequence,
    sequence,
  };
}

function rowOf(id: string): Row {
  const conversation = conversationOf({ conversationId: id });
  return { identity: identityOf(conversation), conversation };
}

/** The id of a row that `pageOf` has made, or the identity of one that could not be read. */
export function idOf({ identity }: Row): string {
  return identity.split('\u0001')[0] ?? '';
}
