import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ask } from '../../scripts/probe/ask.ts';
import { usualAsk } from '../../scripts/probe/opening.ts';
import { judgePages } from '../../scripts/probe/pages.ts';
import { askPages } from '../../scripts/probe/paging.ts';
import type { Received } from '../../scripts/probe/reply.ts';
import type { Sender } from '../../scripts/probe/sender.ts';
import { createTalk, isPage } from '../../scripts/probe/talk.ts';
import { createDrift } from '../../src/kore/drift.ts';
import type { Clock } from '../../src/model/ports.ts';
import { configFor, nowMs } from './tenant.ts';

/** Numbers of the rows that a call gets, and how many there are. What the simulator has no switch for is made up here. */
type List = (ask: Ask, callIndex: number) => { readonly rows: readonly number[]; readonly total: number };

function senderOf(list: List, onSend: () => void = () => undefined): Sender {
  let callIndex = 0;
  return {
    send: async (ask): Promise<Received> => {
      onSend();
      const { rows, total } = list(ask, callIndex++);
      const results = rows.map((row) => ({ conversationId: `c-${row}`, Agents: [], Queues: [], Metrics: [] }));
      const text = JSON.stringify({ results, totalResults: total, hasMore: ask.offset + rows.length < total });
      return { status: 200, headers: {}, text, byteCount: text.length, tookMs: 1, atMs: nowMs, isTooLarge: false };
    },
    close: async () => undefined,
  };
}

const rowsFrom = (from: number, limit: number, total: number) =>
  Array.from({ length: Math.max(0, Math.min(limit, total - from)) }, (_, index) => from + index);

const stillClock: Clock = { now: () => nowMs, elapsed: () => 0, wait: async () => undefined };
const drift = () => createDrift({ entriesMax: 100, now: () => nowMs, onFirst: () => undefined });
const noPace = { callsMax: 100, windowMs: 1 };

async function answersOf(list: List): Promise<Readonly<Record<string, string>>> {
  const talk = createTalk(senderOf(list), drift(), stillClock, {
    usual: usualAsk(nowMs, null),
    callsMax: 30,
    pace: noPace,
  });
  const whole = await talk.ask({});
  if (!isPage(whole)) throw new Error('the first page is refused');
  const account = { accountId: 'a', orgId: 'o', streamId: 's', clientId: 'c', clientSecret: 'secret' };
  const config = configFor({ url: 'http://127.0.0.1:1', account });
  const study = { talk, whole, config, nowMs, isGiven: false, isCoarse: false, changes: [] };
  const pages = await askPages(study);
  if (pages === null) throw new Error('half a page is refused');
  return Object.fromEntries(judgePages(study, pages).map(({ topic, answer }) => [topic, answer]));
}

test('dates in ISO form that mean another window are told, though both windows count the same', async () => {
  const answers = await answersOf(({ form, offset, limit }) => ({
    rows: rowsFrom((form === 'iso' ? 500 : 0) + offset, limit, 10_000),
    total: 5_000,
  }));
  expect(answers).toMatchObject({ dateForms: 'blank and ISO, read differently', offset: 'rows', seams: 'fit' });
});

test('offsets that count pages are told', async () => {
  const answers = await answersOf(({ offset, limit }) => ({
    rows: rowsFrom(offset * limit, limit, 7_000),
    total: 7_000,
  }));
  expect(answers).toMatchObject({ offset: 'not rows', dateForms: 'blank and ISO' });
});

test('rows that come while pages are read are growth, not repeats and not a lie', async () => {
  // The newest rows first: each call finds two more, which move all others.
  const answers = await answersOf(({ offset, limit }, callIndex) => {
    const total = 1_000 + 2 * callIndex;
    return { rows: rowsFrom(offset, limit, total).map((place) => total - place), total };
  });
  expect(answers).toMatchObject({ totals: 'grew by 6', offset: 'rows', seams: 'fit' });
});

test('a few rows on one page leave open what only more could tell', async () => {
  const answers = await answersOf(({ offset, limit }) => ({ rows: rowsFrom(offset, limit, 12), total: 12 }));
  expect(answers).toMatchObject({ limit: 'obeyed', seams: '', offsetReach: '', surplus: '' });
});

test('no more calls are sent than the pace allows in any window', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 60_000 }),
      async (callsMax, windowMs) => {
        let elapsed = 0;
        const clock: Clock = {
          now: () => nowMs + elapsed,
          elapsed: () => elapsed,
          wait: async (waitMs) => {
            elapsed += waitMs;
          },
        };
        const sentAt: number[] = [];
        const sender = senderOf(
          () => ({ rows: [1], total: 1 }),
          () => sentAt.push(elapsed),
        );
        const talk = createTalk(sender, drift(), clock, {
          usual: usualAsk(nowMs, null),
          callsMax: 30,
          pace: { callsMax, windowMs },
        });
        for (let call = 0; call < 30; call++) await talk.ask({});
        for (const at of sentAt) {
          expect(sentAt.filter((other) => at <= other && other < at + windowMs).length).toBeLessThanOrEqual(callsMax);
        }
      },
    ),
    { seed: 20_261_126, numRuns: 100 },
  );
});
