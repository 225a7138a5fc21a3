import fc from 'fast-check';
import { startTestGateway } from '../gateway/harness.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { timed } from '../timed.ts';
import { trialSettings, wires } from './triple.ts';
import { listOf, scanOf, summaryOf, truthOf } from './truth.ts';

/** One gateway that lives for as long as all trials last, and is asked afresh through one fault after another: what it takes and does not give back adds up. */
export type Resident = {
  /** A round of a seed; what was wrong, in words. */
  round(seed: number): Promise<readonly string[]>;
  readonly askedCount: number;
  readonly completeCount: number;
  [Symbol.asyncDispose](): Promise<void>;
};

const dates = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'];
const limitMs = Number(trialSettings.OPERATION_DEADLINE_MS) + 100;

/** Opens it. What it holds is bound to little, so that it is full soon. */
export async function openResident(): Promise<Resident> {
  const kore = await startSimulator({ conversationsPerDay: 130, switches: { quotaLimit: 0 } });
  const settings = { ...trialSettings, LOG_LEVEL: 'silent', STORE_BYTES_MAX: '4000000' };
  const gateway = await startTestGateway(kore, { settings });
  let [askedCount, completeCount] = [0, 0];

  const check = async (query: string, date: string): Promise<string | null> => {
    const work = () => gateway.query(query, undefined, { 'cache-control': 'no-cache' });
    const { value, isInTime } = await timed(limitMs, work);
    askedCount += 1;
    if (!isInTime) return 'answered late';
    if (value.errors !== undefined) return null;
    const { ids } = truthOf(kore, date);
    const list = value.data?.['conversations'];
    const isComplete = (list ?? summaryOf(value)).coverage.complete;
    if (!isComplete) return null;
    completeCount += 1;
    const seen = list?.nodes.map(({ conversationId }) => conversationId).toSorted() ?? ids.toSorted();
    const count = list?.totalCount ?? summaryOf(value).conversationCount;
    const isRight = count === ids.length && seen.join() === ids.toSorted().join();
    return isRight ? null : `called whole, and is not: ${JSON.stringify(value).slice(0, 1_000)}`;
  };

  return {
    async round(seed) {
      const drawn = fc.tuple(fc.constantFrom(...wires), fc.constantFrom(...dates), fc.integer({ min: 1, max: 4 }));
      const [[fault, date, times] = missing()] = fc.sample(drawn, { seed, numRuns: 1 });
      kore.clearFaults();
      kore.fault({ ...fault, times });
      kore.insert({ startMs: Date.parse(`${date}T00:00:00Z`) + (seed % 86_400) * 1_000 });
      kore.remove(truthOf(kore, date).ids[seed % 100] ?? '');
      const found = [await check(listOf(date), date), await check(scanOf(date), date)];
      return found.flatMap((text) => (text === null ? [] : [`the resident, seed ${seed}, ${fault.kind}: ${text}`]));
    },
    get askedCount() {
      return askedCount;
    },
    get completeCount() {
      return completeCount;
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await kore[Symbol.asyncDispose]();
    },
  };
}

function missing(): never {
  throw new Error('nothing was drawn');
}
