import type { Clock } from '../model/ports.ts';
import type { CallKind } from '../model/sharing.ts';
import { createLedger, type Ledger } from './ledger.ts';

/** How many calls of a window each kind may take, of so many. What works in the background takes no more than half, and counts as a scan too. */
export function callsMaxOf(kind: CallKind, callsMax: number, keptForDirect: number): number {
  const scanMax = callsMax - Math.min(keptForDirect, Math.floor(callsMax / 4));
  if (kind === 'direct') return callsMax;
  return kind === 'scan' ? scanMax : Math.min(scanMax, Math.max(1, Math.floor(callsMax / 2)));
}

/** The calls of a window by their kinds. A call counts for its own kind, and for those that have more. */
export type Kinds = {
  isOpenTo(kind: CallKind, callsMax: number): boolean;
  /** When a call of this kind could begin, after `ahead` others, by Clock.elapsed. */
  freeAt(kind: CallKind, callsMax: number, ahead: number): number;
  /** Counts a call that begins now; the function that is returned notes its end. */
  begin(kind: CallKind): () => void;
  /** All calls, whatever kind they are of. */
  readonly all: Pick<Ledger, 'count' | 'inFlightCount' | 'emptyAt'>;
};

/** No call counts yet. */
export function createKinds(
  { windowMs, keptForDirect }: { readonly windowMs: number; readonly keptForDirect: number },
  clock: Clock,
): Kinds {
  const ledgers = {
    direct: createLedger(windowMs, clock),
    scan: createLedger(windowMs, clock),
    background: createLedger(windowMs, clock),
  };
  return {
    all: ledgers.direct,
    isOpenTo: (kind, callsMax) =>
      countedAs[kind].every((each) => ledgers[each].count() < callsMaxOf(each, callsMax, keptForDirect)),
    freeAt: (kind, callsMax, ahead) =>
      Math.max(
        ...countedAs[kind].map((each) => ledgers[each].freeAt(callsMaxOf(each, callsMax, keptForDirect), ahead)),
      ),
    begin(kind) {
      const ends = countedAs[kind].map((each) => ledgers[each].begin());
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

const countedAs: Readonly<Record<CallKind, readonly CallKind[]>> = {
  direct: ['direct'],
  scan: ['direct', 'scan'],
  background: ['direct', 'scan', 'background'],
};
