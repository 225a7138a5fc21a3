import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answered, referenceCounts, requestCount } from '../supergraph/asked.ts';
import { crossings } from '../supergraph/crossings.ts';
import { holdLaw } from '../supergraph/hold.ts';
import { unknownConversationId } from '../supergraph/people/data.ts';
import { dayArgument, routerSecret, weekArgument } from '../supergraph/sides.ts';
import { programNames } from './programs.ts';
import { openStage, type Stage } from './stage.ts';

/** By gateway. More of them, or the same again: SUPERGRAPH_QUERIES, SUPERGRAPH_SEED. */
const queryCount = Number(process.env['SUPERGRAPH_QUERIES'] ?? 200);
const seed = Number(process.env['SUPERGRAPH_SEED'] ?? randomInt(0x7fff_ffff));

describe.for(programNames)('before us stands the gateway of %s', (name) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(name);
  }, 120_000);
  afterAll(async () => {
    await stage[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    stage.scores.forget();
    stage.people.forget();
    stage.sides.kore.resetCalls();
  });

  test.for(crossings)('it batches as it should: %s', async ([, question, cost]) => {
    const answer = await stage.program.ask(question);
    expect(answer.errors).toBeUndefined();
    const asked = [...stage.scores.requests, ...stage.people.requests];
    const requests = [requestCount(asked, 'scores'), requestCount(asked, 'people')];
    const references = { scores: referenceCounts(asked, 'scores'), people: referenceCounts(asked, 'people') };
    const { callCount } = stage.sides.kore;
    process.stdout.write(
      `${name}: ${JSON.stringify({ calls: callCount, requests, references })} ${question.slice(0, 60)}\n`,
    );
    expect({ requests, references }).toEqual({ requests: cost.requests, references: cost.references });
    expect(callCount, 'what is held costs nothing').toBeLessThanOrEqual(cost.calls);
  });

  test(`it answers as the sides do, asked for one object at a time, seed ${seed}`, async () => {
    const { sides, api, program } = stage;
    const { fault, tally } = await holdLaw({ sides, api, ask: program.ask }, { queryCount, seed });
    process.stdout.write(`${name}: ${JSON.stringify(tally)}\n`);
    expect(fault).toBeNull();
    expect(tally.queries).toBe(queryCount);
  });

  test('a conversation that is not found is null in its place, and the error says why', async () => {
    const { data, errors } = await stage.program.ask(
      '{ case(caseId: "case-0002") { subject conversations { id conversationId crmCase { caseId } } } }',
    );
    const ids = stage.sides.people.cases[2]?.conversationIds ?? [];
    const conversations = ids.map((conversationId) =>
      conversationId === unknownConversationId
        ? null
        : { id: expect.any(String), conversationId, crmCase: { caseId: 'case-0002' } },
    );
    expect(data).toEqual({ case: { subject: 'Line down', conversations } });
    expect(extensionsOf({ errors })).toEqual([
      { code: 'NOT_LOCATED', retryable: true, requestId: expect.any(String), serviceName: 'scores' },
    ]);
  });

  test('it asks for more objects at once than we take, and is refused', async () => {
    const answer = await stage.program.ask('{ cases(first: 60) { caseId conversations { koreEvaluationScore } } }');
    expect(referenceCounts(stage.scores.requests, 'scores').map((count) => count > 100)).toEqual([true]);
    expect(new Set(extensionsOf(answer).map(({ code }) => code))).toEqual(new Set(['QUERY_LIMIT_EXCEEDED']));
    expect(answer.data?.['cases']).toHaveLength(60);
    expect(stage.sides.kore.callCount).toBe(0);
  });

  test('it tells us the secret and nobody else, and hands on what the client says of itself', async () => {
    const headers = {
      authorization: 'Bearer of-the-client',
      'x-request-id': 'r-1',
      'apollographql-client-name': 'a page',
    };
    await stage.program.ask('{ team(teamId: "t-0") { members(first: 1) { name } } }', headers);
    expect(stage.scores.requests.map((each) => each.headers)).toEqual([
      expect.objectContaining({ ...headers, 'router-authorization': routerSecret }),
    ]);
    expect(stage.people.requests.map((each) => each.headers)).toEqual([expect.objectContaining(headers)]);
    expect(stage.people.requests[0]?.headers).not.toHaveProperty('router-authorization');
  });

  test('it asks once, also where it is refused', async () => {
    stage.scores.refuseNext();
    const answer = await stage.program.ask('{ metric(metricId: "em-1") { metricId } team(teamId: "t-0") { title } }');
    expect(stage.scores.requests).toHaveLength(1);
    expect(answer.data).toEqual({ metric: null, team: { title: 'Team 0' } });
    expect(answer.errors).toHaveLength(1);
  });

  test('its clients see nothing of what serves routers', async () => {
    for (const query of ['{ _service { sdl } }', '{ _entities(representations: []) { __typename } }'])
      expect((await stage.program.ask(query)).errors).toHaveLength(1);
    expect(stage.scores.requests).toEqual([]);
  });
});

test.for(programNames)('the client learns when to ask again through the gateway of %s', async (name) => {
  await using stage = await openStage(name, { KORE_CALLS_PER_MINUTE: '1' });
  await stage.program.ask(`{ conversations(${weekArgument}, first: 1) { totalCount } }`);
  const answer = await stage.program.ask(
    `{ team(teamId: "t-0") { title } conversations(${dayArgument}, first: 1) { nodes { crmCase { caseId } } } }`,
  );
  expect(answer.data).toEqual({ team: { title: 'Team 0' }, conversations: null });
  expect(extensionsOf(answer)).toEqual([
    {
      code: 'UPSTREAM_BUDGET_EXHAUSTED',
      reason: expect.any(String),
      retryable: true,
      retryAfterSeconds: expect.any(Number),
      requestId: expect.any(String),
      serviceName: 'scores',
    },
  ]);
});

function extensionsOf({ errors = [] }: Pick<Answered, 'errors'>) {
  return errors.map(({ extensions = {} }) => extensions);
}
