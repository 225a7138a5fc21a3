import type { HeldPage } from '../../src/model/ports.ts';
import type { Range, RangeAnswer } from '../../src/model/range.ts';
import type { Progress } from '../../src/reading/collect.ts';
import { isDoubtful, stepRange } from '../../src/reading/direct.ts';
import { type ViewedPage, viewPage } from '../../src/reading/view.ts';

export type Outcome =
  | { readonly kind: 'done'; readonly answer: RangeAnswer }
  | { readonly kind: 'gone' | 'reordered' | 'unstable' | 'moving' };

/** The bounds that the gateway has by default. */
export const limits = { anchorSearchPagesMax: 8, stepsMax: 40, restartsMax: 2 } as const;

/**
 * Reads ranges of one list by the steps of `stepRange`, as an operation of the gateway does, but with no promise and no port between. `read` is
 * one call; with `isHolding`, what one operation has read is good enough for the next.
 */
export class Reader {
  readonly #read: (index: number, sequence: number) => HeldPage;
  readonly #isHolding: boolean;
  readonly #held = new Map<number, HeldPage>();
  #sequence = 0;
  callCount = 0;

  constructor(read: (index: number, sequence: number) => HeldPage, isHolding: boolean) {
    this.#read = read;
    this.#isHolding = isHolding;
  }

  /** One operation. */
  range(range: Range): Outcome {
    const view = new Map<number, ViewedPage>();
    const begunAt = this.#sequence;
    const load = (index: number, newerThan: number) => {
      const page = this.#page(index, newerThan);
      view.set(index, viewPage(page, begunAt < page.sequence));
    };
    let progress: Progress | null = null;
    let restartCount = 0;
    for (let stepCount = 0; stepCount < limits.stepsMax; stepCount++) {
      const step = stepRange(range, progress, view, limits);
      if (step.kind !== 'need' && step.kind !== 'restart') return step;
      if (step.kind === 'restart' && isDoubtful(step.need, view)) restartCount += 1;
      if (limits.restartsMax < restartCount) return { kind: 'unstable' };
      for (const index of step.need.pages) load(index, this.#isHolding ? 0 : begunAt);
      for (const index of step.need.afresh) load(index, view.get(index)?.sequence ?? 0);
      progress = step.kind === 'restart' ? null : step.progress;
    }
    return { kind: 'moving' };
  }

  #page(index: number, newerThan: number): HeldPage {
    const held = this.#held.get(index);
    if (held !== undefined && newerThan < held.sequence) return held;
    this.callCount += 1;
    this.#sequence += 1;
    const page = this.#read(index, this.#sequence);
    this.#held.set(index, page);
    return page;
  }
}
