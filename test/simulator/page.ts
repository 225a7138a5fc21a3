import { corruptRow } from './corrupt.ts';
import { hash, hex } from './hash.ts';
import type { RowRef } from './layout.ts';
import { countRows, type Order, type Selection, sliceRows } from './listing.ts';
import { makeOverlay } from './overlay.ts';
import type { Answer } from './refusal.ts';
import type { Question } from './request.ts';
import type { Switches } from './switches.ts';
import { spellRow } from './wire.ts';
import { classesFor, rowOf, textOf, type World } from './world.ts';

/** The answer to a question as contract 2.2 has it, with whatever lies the switches ask for. `callIndex` seeds shuffles and drift. */
export function answerQuestion(world: World, question: Question, callIndex: number, nowMs: number): Answer {
  const { switches } = world;
  const selection = selectionOf(world, question, nowMs);
  const honest = countRows(world.data, selection);
  const order = orderOf(switches, hash(world.layout.seed, callIndex, 1001));
  const before = question.offset > 0 ? Math.min(switches.duplicates, question.offset) : 0;
  const offset = question.offset - before;
  const limit = question.limit + before + switches.surplusRows;
  const rows = switches.emptyPages ? [] : sliceRows(world.data, selection, order, offset, limit);
  const texts = rows.map((row, index) => spell(world, row, offset + index));
  const total = totalOf(world, selection, honest, callIndex);
  const hasMore = hasMoreOf(switches, question.offset + question.limit < total);
  const totalPages = total === 0 ? switches.totalPagesWhenEmpty : Math.ceil(total / question.limit);
  const body = `{"results":[${texts.join(',')}],"totalResults":${total},"hasMore":${hasMore},"totalPages":${totalPages}}`;
  return {
    status: 200,
    headers: { 'content-type': switches.contentType },
    body: switches.encrypted ? encrypt(world, callIndex, body.length) : body,
    outcome: 'answered',
    rowCount: rows.length,
  };
}

function selectionOf(world: World, question: Question, nowMs: number): Selection {
  const { ignoreDates, ignoreDirection, ignoreThreshold, liveTail } = world.switches;
  const window = ignoreDates ? { fromMs: 0, untilMs: 8.64e15 } : question;
  return {
    fromMs: window.fromMs,
    untilMs: liveTail ? Math.min(window.untilMs, nowMs) : window.untilMs,
    classIndexes: classesFor(world, {
      direction: ignoreDirection ? null : question.direction,
      includeBelowThreshold: ignoreThreshold || question.includeBelowThreshold,
    }),
  };
}

// The order that the switches ask for; the request key is what reshuffles from call to call.
function orderOf({ order, tieSeconds }: Switches, requestKey: number): Order {
  switch (order) {
    case 'ascending':
    case 'descending':
      return { kind: order };
    case 'ties-shuffled':
      return { kind: order, tieMs: tieSeconds * 1000, requestKey };
    case 'shuffled':
      return { kind: order, requestKey };
  }
}

// Places count from 1, so that every 100th row is the last of a page of a hundred.
function spell(world: World, row: RowRef, place: number): string {
  const { corrupt } = world.switches;
  if (corrupt === null || (place + 1) % corrupt.every !== 0) return textOf(world, row);
  return corruptRow(spellRow(rowOf(world, row), world.switches), corrupt.kind);
}

function totalOf(world: World, selection: Selection, honest: number, callIndex: number): number {
  const { totals, driftBy } = world.switches;
  switch (totals) {
    case 'honest':
      return honest;
    case 'drift':
      return Math.max(0, honest + (callIndex % 2 === 0 ? driftBy : -driftBy));
    case 'stale':
      return countRows({ ...world.data, overlay: makeOverlay(world.layout) }, selection);
  }
}

function hasMoreOf({ hasMore, emptyPages }: Switches, honest: boolean): boolean {
  if (emptyPages || hasMore === 'endless') return true;
  return hasMore === 'never' ? false : honest;
}

// The format is not published (contract 4.4): an envelope that has no `results` and looks like ciphertext.
function encrypt({ layout }: World, callIndex: number, size: number): string {
  const bytes = (count: number, kind: number) =>
    Buffer.from(hex(count * 2, layout.seed, callIndex, kind), 'hex').toString('base64');
  return JSON.stringify({
    data: bytes(Math.min(size, 4096), 1),
    protectedKey: bytes(256, 2),
    iv: bytes(12, 3),
    authTag: bytes(16, 4),
  });
}
