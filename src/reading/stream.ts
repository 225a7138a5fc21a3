import { pageSize } from './geometry.ts';
import { createProfile, type Profile } from './profile.ts';
import type { Response } from './proof.ts';

/** What was learned of a stream: how it may be read. It is forgotten after a while, for an upstream may be mended. */
export type Stream = {
  /** Whether pages may be joined by offsets, as far as is known. */
  isJoinable(nowMs: number): boolean;
  /** Offsets are capped, or rows of equal time change places: from now on this stream is split by time. */
  distrust(nowMs: number): void;
  /** Takes note of a first page: a response that leaves rows out shows how many it can hold. */
  see(first: Response): void;
  /** How many rows a response holds at most. */
  responseSize(): number;
  readonly profile: Profile;
  /** As text to be kept, and whether it has changed since it was last asked for. */
  save(): { readonly text: string; readonly isChanged: boolean };
};

type Memory = {
  readonly version: 1;
  readonly distrustedAtMs: number | null;
  readonly largest: number;
  readonly responseSize: number | null;
  readonly weights: readonly number[];
};

/** What is known of a stream from `text`, if that is readable; otherwise nothing is. Distrust lasts `distrustMs`. */
export function createStream(text: string | undefined, { distrustMs }: { readonly distrustMs: number }): Stream {
  const memory = parse(text);
  const profile = createProfile(memory?.weights);
  let distrustedAtMs = memory?.distrustedAtMs ?? null;
  let largest = memory?.largest ?? 0;
  let responseSize = memory?.responseSize ?? null;
  let saved = text;
  return {
    profile,
    isJoinable: (nowMs) => responseSize === null && (distrustedAtMs === null || distrustedAtMs + distrustMs <= nowMs),
    distrust: (nowMs) => {
      distrustedAtMs = nowMs;
    },
    see({ table: { rowCount }, total }) {
      // Fewer rows than it counts, and as many as the largest response had, is all that it can hold. Fewer than another had contradict themselves.
      const isCut = rowCount < total && rowCount !== pageSize && 0 < rowCount && largest <= rowCount;
      if (isCut) responseSize = rowCount;
      else if (responseSize !== null && responseSize < rowCount) responseSize = null;
      largest = Math.max(largest, rowCount);
    },
    responseSize: () => responseSize ?? pageSize,
    save() {
      const next: Memory = { version: 1, distrustedAtMs, largest, responseSize, weights: profile.weights() };
      const nextText = JSON.stringify(next);
      const isChanged = nextText !== saved;
      saved = nextText;
      return { text: nextText, isChanged };
    },
  };
}

function parse(text: string | undefined): Memory | undefined {
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1
    ? (value as Memory)
    : undefined;
}
