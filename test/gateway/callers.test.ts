import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Issuer, startIssuer } from '../issuer/issuer.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { dayWindow } from './asking.ts';
import { type GatewayUnderTest, startTestGateway } from './harness.ts';

let kore: Simulator;
let issuer: Issuer;
let gateway: GatewayUnderTest;
beforeAll(async () => {
  kore = await startSimulator({ conversationsPerDay: 20, switches: { quotaLimit: 0 } });
  issuer = await startIssuer();
  gateway = await startTestGateway(kore, { settings: issuer.settings });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await issuer[Symbol.asyncDispose]();
  await kore[Symbol.asyncDispose]();
});

const query = `{ conversations(${dayWindow('2026-03-02')}, first: 1) { totalCount } }`;

test('who shows a token of the issuer is answered', async () => {
  const token = await issuer.token({ roles: ['all-conversations'] });
  expect(await gateway.queryAs(token, query)).toEqual({ status: 200, data: { conversations: { totalCount: 20 } } });
});

test('who shows none is asked for one, in the shape of GraphQL', async () => {
  const before = kore.callCount;
  const answer = await gateway.query(query);
  expect(answer).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  expect(answer).not.toHaveProperty('data');
  expect(kore.callCount).toBe(before);
});
