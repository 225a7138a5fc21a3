import fc from 'fast-check';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { createExecutor, type Executor } from '../../../src/graphql/executing/executor.ts';
import { Output } from '../../../src/graphql/executing/output.ts';
import { sayFigures } from '../../figures.ts';
import { askedBy } from './asked.ts';
import { createPace } from './pace.ts';
import { nulledPlaces, type Operation, type Told, toldByOracle, toldCompiled } from './told.ts';
import { createWorld, schema } from './world.ts';

/** Whatever is asked and whatever resolvers do, compiled programs answer as graphql-js does: by the same bytes, with the same errors, and after the same calls. */
const seed = 20_261_127;
const documentCount = 5_000;

const asked = fc.record({
  document: fc.nat(),
  world: fc.nat(),
  sizeMax: fc.integer({ min: 1, max: 10 }),
  troublePercent: fc.constantFrom<number[]>(0, 1, 3, 3, 8, 20),
  laterPercent: fc.constantFrom<number[]>(0, 0, 10, 40),
});
type Asked = typeof asked extends fc.Arbitrary<infer Value> ? Value : never;

type Answered = { readonly told: Told | null; readonly calls: readonly string[] };
type Answering = (operation: Operation, parts: Asked, isAtOnce: boolean) => Promise<Answered>;

const byOracle: Answering = async (operation, parts, isAtOnce) => {
  const pace = createPace(parts.world, isAtOnce);
  const world = createWorld({ ...parts, seed: parts.world }, pace);
  return { told: await toldByOracle(schema, operation, { world }, pace), calls: world.calls };
};

const by =
  (executor: Executor): Answering =>
  async (operation, parts, isAtOnce) => {
    const pace = createPace(parts.world, isAtOnce);
    const world = createWorld({ ...parts, seed: parts.world }, pace);
    return { told: await toldCompiled(executor, operation, { world }, pace), calls: world.calls };
  };

function operationsOf({ document: number, sizeMax }: Asked): readonly [Operation, Operation] {
  const { text, operationName, variables } = askedBy(number, sizeMax);
  const document = parse(text);
  const [one, other] = variables;
  return [
    { document, operationName, variables: one },
    { document, operationName, variables: other },
  ];
}

test('what is compiled answers as graphql-js does, at first, again, and with a program that is not kept', {
  timeout: 600_000,
}, async () => {
  const output = new Output();
  const keeping = by(createExecutor(schema, { programBytesMax: 20_000_000, keptBytesMax: 1_000_000 }, output));
  const forgetting = by(createExecutor(schema, { programBytesMax: 1, keptBytesMax: 1_000_000 }));
  const tally = { answers: 0, left: 0, errors: 0, nulls: 0, bytes: 0, calls: 0 };
  await fc.assert(
    fc.asyncProperty(asked, async (parts) => {
      const [one, other] = operationsOf(parts);
      const [expected, expectedOther] = [await byOracle(one, parts, false), await byOracle(other, parts, false)];
      for (const [operation, answering, wanted] of [
        [one, keeping, expected],
        [other, keeping, expectedOther],
        [one, keeping, expected],
        [other, forgetting, expectedOther],
      ] as const) {
        const answer = await answering(operation, parts, false);
        expect(output.length).toBe(0);
        if (answer.told === null) {
          // Variables that don't fit: nothing was begun.
          expect([answer.calls, wanted.calls, wanted.told?.data]).toEqual([[], [], 'null']);
          tally.left += 1;
          continue;
        }
        expect(answer).toEqual(wanted);
        tally.answers += 1;
        tally.errors += answer.told.errors.length;
        tally.nulls += answer.told.data === 'null' ? 1 : 0;
        tally.bytes += answer.told.data?.length ?? 0;
        tally.calls += answer.calls.length;
      }
    }),
    { seed, numRuns: documentCount },
  );
  sayFigures('both ways', { seed, documents: documentCount, ...tally });
  expect(tally.left).toBeGreaterThan(0);
  expect(tally.errors).toBeGreaterThan(documentCount);
  expect(tally.nulls).toBeLessThan(tally.answers / 2);
});

/**
 * Where several things come at the same moment, who of them is first is decided by how many promises each goes through, which nobody promises: then only the places that
 * errors have made null are the same, and the data, and the calls but for their order.
 */
test('where all comes at once data, calls and what failed are the same', async () => {
  const answering = by(createExecutor(schema, { programBytesMax: 20_000_000, keptBytesMax: 1_000_000 }));
  await fc.assert(
    fc.asyncProperty(asked, async (parts) => {
      const often = { ...parts, laterPercent: 60 };
      const [operation] = operationsOf(parts);
      const [expected, answer] = [await byOracle(operation, often, true), await answering(operation, often, true)];
      if (answer.told === null || expected.told === null) return;
      expect(answer.told.data).toBe(expected.told.data);
      expectSamePlaces(answer.told, expected.told);
      expect(answer.calls.toSorted()).toEqual(expected.calls.toSorted());
    }),
    { seed, numRuns: 500 },
  );
});

test('operations that are executed at once do not mix, in whatever order things come', async () => {
  const output = new Output();
  const executor = createExecutor(schema, { programBytesMax: 20_000_000, keptBytesMax: 1_000_000 }, output);
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 2, maxLength: 6 }), fc.nat(), async (all, order) => {
      const some = all.map((parts) => ({ ...parts, laterPercent: 40 }));
      const expected: Answered[] = [];
      for (const parts of some) expected.push(await byOracle(operationsOf(parts)[0], parts, false));
      const pace = createPace(order, false);
      const answers = await Promise.all(
        some.map(async (parts) => {
          const world = createWorld({ ...parts, seed: parts.world }, pace);
          const told = await toldCompiled(executor, operationsOf(parts)[0], { world }, pace);
          return { told, calls: world.calls };
        }),
      );
      expect(output.length).toBe(0);
      for (const [index, { told, calls }] of answers.entries()) {
        const wanted = expected[index];
        if (told === null || wanted === undefined || wanted.told === null) continue;
        expect(told.data).toBe(wanted.told.data);
        expectSamePlaces(told, wanted.told);
        expect(calls.toSorted()).toEqual(wanted.calls.toSorted());
      }
    }),
    { seed, numRuns: 200 },
  );
});

function expectSamePlaces(told: Told, expected: Told): void {
  const [places, expectedPlaces] = [nulledPlaces(told), nulledPlaces(expected)];
  if (places !== null && expectedPlaces !== null) expect(places).toEqual(expectedPlaces);
}
