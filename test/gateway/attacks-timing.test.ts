import { expect, test } from 'vitest';
import { startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { askAs, operator } from './asking-as.ts';
import { startTestGateway } from './harness.ts';
import { loadSdk } from './spans.ts';
import { tokenSettings } from './tokens.ts';

/**
 * Time tells what two answers have cost, so what must not be told apart has to be done by the same steps. Clocks are too coarse to hold that on a busy machine; spans aren't: they name each
 * step, and a step more is a span more.
 */
const spans = loadSdk();
const now = () => Date.parse('2026-03-20T12:00:00Z');
const day = dayWindow('2026-03-02');
const span = { fromMs: Date.parse('2026-03-02T00:00:00Z'), untilMs: Date.parse('2026-03-03T00:00:00Z') };

test('A83 what is hidden is looked for by the same steps as what isn’t there, held or not', async () => {
  await using kore = await startSimulator({ conversationsPerDay: 150, switches: { quotaLimit: 0 }, now });
  const { rows } = kore.list(span);
  const own = rows[0]?.agents[0]?.id ?? '';
  const isHis = ({ agents }: (typeof rows)[number]) => agents.some(({ id }) => id === own);
  const hidden = rows.find((row) => !isHis(row))?.conversationId ?? '';
  const query = `query ($id: ID!) { conversation(conversationId: $id, ${day}) { id koreEvaluationScore } }`;

  /** What is asked of a gateway that holds nothing, and again when it holds the day. */
  const stepsOf = async (id: string) => {
    await using gateway = await startTestGateway(kore, { now, settings: tokenSettings });
    const asked = Object.assign(gateway, { nowMs: now() });
    const look = async () => {
      spans.forget();
      kore.resetCalls();
      const { data } = await askAs(asked, { agents: [own] }, query, { variables: { id } });
      const steps = spans
        .all()
        .map(({ name, attributes }) => [
          name,
          Object.entries(attributes).filter(([key]) => !key.endsWith('waited_ms')),
        ]);
      return { isFound: data?.['conversation'] !== null, calls: kore.callCount, steps };
    };
    const cold = await look();
    await askAs(asked, operator, `{ scoreSummary(${day}) { conversationCount } }`);
    return { cold, held: await look() };
  };

  const absent = await stepsOf('c-nobody');
  expect([absent.cold.calls, absent.held.calls]).toEqual([2, 0]);
  expect(Math.min(absent.cold.steps.length, absent.held.steps.length)).toBeGreaterThan(1);
  expect(await stepsOf(hidden)).toEqual(absent);
  const found = await stepsOf(rows.find(isHis)?.conversationId ?? '');
  expect([found.cold.isFound, found.held.isFound, absent.cold.isFound]).toEqual([true, true, false]);
});
