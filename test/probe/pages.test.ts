import fc from 'fast-check';
import { expect, test } from 'vitest';
import { usualAsk } from '../../scripts/probe/opening.ts';
import { judgePages } from '../../scripts/probe/pages.ts';
import { askPages } from '../../scripts/probe/paging.ts';
import { createTalk } from '../../scripts/probe/talk.ts';
import type { Clock } from '../../src/model/ports.ts';
import { anyDrift, type List, placesFrom, senderOf, studyOf } from './made-up.ts';
import { nowMs } from './tenant.ts';

async function answersOf(list: List): Promise<Readonly<Record<string, string>>> {
  const study = await studyOf(list);
  const pages = await askPages(study);
  if (pages === null) throw new Error('half a page is refused');
  return Object.fromEntries(judgePages(study, pages).map(({ topic, answer }) => [topic, answer]));
}

test('dates in ISO form that mean another window are told, though both windows count the same', async () => {
  const answers = await answersOf(({ form, offset, limit }) => ({
    rows: placesFrom((form === 'iso' ? 500 : 0) + offset, limit, 10_000),
    total: 5_000,
  }));
  expect(answers).toMatchObject({ dateForms: 'blank and ISO, read differently', offset: 'rows', seams: 'fit' });
});

test('offsets that count pages are told', async () => {
  const answers = await answersOf(({ offset, limit }) => ({
    rows: placesFrom(offset * limit, limit, 7_000),
    total: 7_000,
  }));
  expect(answers).toMatchObject({ offset: 'not rows', dateForms: 'blank and ISO' });
});

test('rows that come while pages are read are growth, not repeats and not a lie', async () => {
  // The newest rows first: each call finds two more, which move all others.
  const answers = await answersOf(({ offset, limit }, callIndex) => {
    const total = 1_000 + 2 * callIndex;
    return { rows: placesFrom(offset, limit, total).map((place) => total - place), total };
  });
  expect(answers).toMatchObject({ totals: 'grew by 6', offset: 'rows', seams: 'fit' });
});

test('a few rows on one page leave open what only more could tell', async () => {
  const answers = await answersOf(({ offset, limit }) => ({ rows: placesFrom(offset, limit, 12), total: 12 }));
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
        const talk = createTalk(sender, anyDrift(), clock, {
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
