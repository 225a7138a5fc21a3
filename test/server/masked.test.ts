import { ApolloServer } from '@apollo/server';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import type { Context } from '../../src/graphql/context.ts';
import { createApp } from '../../src/server/app.ts';
import { mountGraphql } from '../../src/server/endpoint.ts';

const settings = {
  bodyBytesMax: 1_000,
  bodyDepthMax: 10,
  corsOrigins: [],
  keptSecondsMax: 0,
  isGraphiqlServed: false,
  isMetricsServed: false,
  headersTimeoutMs: 1_000,
  requestTimeoutMs: 1_000,
  headerBytesMax: 8_000,
  keepAliveMs: 0,
  taking: { withinMs: 15_000, bytesPerSecondMin: 32_000 },
  connectionsMax: 10,
  tls: null,
};

test.for(['the intake', 'the caller', 'the context'])(
  'A74 what %s throws is told to the operator, and not to the client',
  async (where) => {
    const bugs: unknown[] = [];
    const fail = (place: string) => {
      if (place === where) throw new Error('canary');
    };
    const app = createApp({
      settings,
      isReady: () => true,
      isClosing: () => false,
      metrics: async () => ({ contentType: 'text/plain', text: '' }),
      onRequest: () => undefined,
      onRefusal: () => undefined,
      onUntaken: () => undefined,
      onBug: (error) => bugs.push(error),
    });
    const parts = {
      overload: {
        enter: (_: string, __: unknown, { begin }: { readonly begin: () => void }) => begin(),
        isHeavy: () => false,
        state: () => ({ inFlight: 0, waiting: 0 }),
        close: () => undefined,
      },
      apollo: new ApolloServer<Context>({ schema: buildSchema('type Query { a: Int }') }),
      intake: () => {
        fail('the intake');
        return { method: 'POST' as const, query: '{ a }', operationName: undefined, variables: undefined };
      },
      reports: {
        traced: async <T>(_: object, work: () => Promise<T>) => await work(),
        refused: () => undefined,
        turnedAway: () => undefined,
      },
      identify: async () => {
        fail('the caller');
        return { kind: 'caller' as const, caller: { id: '', rights: new Set<never>(), sight: null } };
      },
    };
    await mountGraphql(app, parts, settings, () => {
      fail('the context');
      throw new Error('not reached');
    });
    const { statusCode, body, headers } = await app.inject({
      method: 'POST',
      url: '/graphql',
      payload: { query: '{ a }' },
    });
    await app.close();
    expect(statusCode).toBe(500);
    expect(JSON.parse(body)).toEqual({
      errors: [
        {
          message: 'Something went wrong in this gateway',
          extensions: { code: 'INTERNAL_SERVER_ERROR', retryable: false, requestId: headers['x-request-id'] },
        },
      ],
    });
    expect(bugs).toEqual([new Error('canary')]);
  },
);
