import { expect, test } from 'vitest';
import { ask, day } from './ask.ts';
import { makeQuota } from './quota.ts';
import { startSimulator } from './simulator.ts';
import { defaultSwitches, type Switches } from './switches.ts';

/** At which of these seconds a call passes. */
function passed(switches: Partial<Switches>, seconds: readonly number[]): readonly boolean[] {
  const quota = makeQuota();
  return seconds.map((second) => quota({ ...defaultSwitches, ...switches }, second * 1000) === null);
}

test.for<[string, Partial<Switches>, readonly number[], readonly boolean[]]>([
  ['rolling', { quotaLimit: 2 }, [30, 59, 61, 89, 90, 118, 119], [true, true, false, false, true, false, true]],
  ['fixed', { quotaLimit: 2, quotaKind: 'fixed' }, [30, 59, 59, 60, 61, 62], [true, true, false, true, true, false]],
  ['off', { quotaLimit: 0 }, [1, 1, 1], [true, true, true]],
  ['shared with another user', { quotaLimit: 3, hiddenCalls: 2 }, [1, 2, 61], [true, false, true]],
  [
    'refused calls count too',
    { quotaLimit: 1, quotaCountsRefused: true },
    [1, 50, 62, 123],
    [true, false, false, true],
  ],
])('so many calls pass in a minute: %s', ([, switches, seconds, expected]) =>
  expect(passed(switches, seconds)).toEqual(expected),
);

test('the sixty-first call of a minute is refused, and the next minute is free', async () => {
  let nowMs = 0;
  await using simulator = await startSimulator({ now: () => nowMs, dayCount: 1000 });
  const body = { ...day, limit: 1 };
  for (let call = 0; call < 60; call++) expect((await ask(simulator, body)).status).toBe(200);
  const { status, text, headers } = await ask(simulator, body);
  expect([status, headers.get('retry-after')]).toEqual([429, null]);
  expect(text).toBe(
    `{"errors":[{"msg":"You've exceeded the per-minute rate limit. Wait for sometime before retrying.","code":429}]}`,
  );
  expect(simulator.calls.at(-1)).toMatchObject({ status: 429, outcome: 'refused-quota' });
  nowMs = 60_000;
  expect((await ask(simulator, body)).status).toBe(200);
});

test.for<[string, Partial<Switches>, { status: number; retryAfter: string | null; type: string }]>([
  ['as data', { quotaStatus: 200 }, { status: 200, retryAfter: null, type: 'application/json; charset=utf-8' }],
  [
    'with seconds',
    { quotaRetryAfter: 'honest' },
    { status: 429, retryAfter: '60', type: 'application/json; charset=utf-8' },
  ],
  [
    'with garbage',
    { quotaRetryAfter: '-5, later', quotaStatus: 503 },
    { status: 503, retryAfter: '-5, later', type: 'application/json; charset=utf-8' },
  ],
  [
    'in plain text',
    { errorEnvelope: 'plain', quotaStatus: 403 },
    { status: 403, retryAfter: null, type: 'text/plain; charset=utf-8' },
  ],
  [
    'in a page',
    { errorEnvelope: 'html', quotaStatus: 400 },
    { status: 400, retryAfter: null, type: 'text/html; charset=utf-8' },
  ],
  [
    'under message',
    { errorEnvelope: 'message' },
    { status: 429, retryAfter: null, type: 'application/json; charset=utf-8' },
  ],
  [
    'at the top',
    { errorEnvelope: 'top-level', errorStatus: 200 },
    { status: 200, retryAfter: null, type: 'application/json; charset=utf-8' },
  ],
])('a refusal always holds the sentence: %s', async ([, switches, expected]) => {
  await using simulator = await startSimulator({ now: () => 0, dayCount: 1, switches: { ...switches, quotaLimit: 1 } });
  await ask(simulator);
  const { status, headers, text } = await ask(simulator);
  expect({ status, retryAfter: headers.get('retry-after'), type: headers.get('content-type') }).toEqual(expected);
  expect(text).toContain("You've exceeded the per-minute rate limit.");
});
