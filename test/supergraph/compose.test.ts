import { print } from 'graphql';
import { describe, expect, test } from 'vitest';
import { publishedSdl } from '../../src/graphql/published.ts';
import { readSdl } from '../../src/graphql/schema.ts';
import { appliedDirectives } from './applied.ts';
import { type Composed, composers, printApi, scoresSdl, sidesOf, supergraphOf } from './compose.ts';
import { namingSdl, peopleSdl } from './people/subgraph.ts';

const both = Object.entries(composers);

describe.for(both)('composed by %s', ([, compose]) => {
  test('the two sides are a supergraph without a hint', () => {
    expect(supergraphOf(compose(sidesOf())).hints).toEqual([]);
  });

  test('so is our side alone', () => {
    expect(supergraphOf(compose(sidesOf().slice(0, 1))).hints).toEqual([]);
  });

  test('a client sees fields of both on one type, and nothing that serves the router alone', () => {
    const { api } = supergraphOf(compose(sidesOf()));
    expect(fieldsOf(api, 'Agent')).toEqual(['agentId', 'conversations', 'email', 'id', 'name', 'summary', 'team']);
    expect(fieldsOf(api, 'Conversation')).toEqual(expect.arrayContaining(['koreEvaluationScore', 'crmCase']));
    expect(fieldsOf(api, 'Query')).toEqual(expect.arrayContaining(['agents', 'teams', 'upstream']));
    for (const absent of ['node', 'nodes', '_service', '_entities'])
      expect(fieldsOf(api, 'Query')).not.toContain(absent);
  });

  test('tags, costs and sizes of lists reach the supergraph, each where it stood', () => {
    const names = ['tag', 'cost', 'listSize'];
    const published = appliedDirectives(scoresSdl, names);
    expect(published.length).toBeGreaterThan(30);
    expect(appliedDirectives(supergraphOf(compose(sidesOf())).sdl, names)).toEqual(published);
  });

  test('another side may have a node of its own, which it could not beside ours', () => {
    const withNode = peopleSdl.replace('type Query {', 'type Query {\n  node(id: ID!): Node\n').concat(nodeSdl);
    const { api } = supergraphOf(compose(sidesOf(scoresSdl, withNode)));
    expect(fieldsOf(api, 'Query')).toContain('node');
    expect(refusalOf(compose(sidesOf(print(readSdl()), withNode)))).toMatch(
      /Non-shareable field "Query\.node" is resolved from multiple subgraphs/,
    );
  });

  test('another side may own a field of ours that is left out, which it could not beside ours', () => {
    const owning = peopleSdl.replace('type Query {', 'type Query {\n  agent(agentId: ID!): Agent\n');
    const left = publishedSdl(readSdl(), ['Query.agent']);
    const { api } = supergraphOf(compose(sidesOf(left, owning)));
    expect(fieldsOf(api, 'Query')).toContain('agent');
    expect(refusalOf(compose(sidesOf(scoresSdl, owning)))).toMatch(
      /Non-shareable field "Query\.agent" is resolved from multiple subgraphs/,
    );
  });

  test("an agent's name can be taken over by the other side, and only by saying so", () => {
    const { hints, sdl } = supergraphOf(compose(sidesOf(scoresSdl, namingSdl)));
    expect(sdl).toMatch(/override: "scores"/);
    // Ours is asked for it no more, and may as well take it out of its schema: that is all that there is to say.
    expect(hints.map(({ code }) => code)).toEqual(
      compose === composers.apollo ? ['OVERRIDDEN_FIELD_CAN_BE_REMOVED'] : [],
    );
    const silent = namingSdl.replace(' @override(from: "scores")', '').replace('"@override", ', '');
    expect(refusalOf(compose(sidesOf(scoresSdl, silent)))).toMatch(
      /Non-shareable field "Agent\.name" is resolved from multiple subgraphs/,
    );
  });
});

test('both composers show clients the same schema', () => {
  const [apollo, theGuild] = both.map(([, compose]) => printApi(supergraphOf(compose(sidesOf())).api));
  expect(theGuild).toBe(apollo);
});

test("a field that was taken over keeps our description by Apollo, and has its new owner's by The Guild; all else is the same", () => {
  const [apollo, theGuild] = both.map(([, compose]) =>
    printApi(supergraphOf(compose(sidesOf(scoresSdl, namingSdl))).api),
  );
  const described = /\n {2}"""\n {2}The name as last seen: [^"]+"""(?=\n {2}name: String\n\n {2}"""\n {2}A summary)/;
  expect(apollo).toMatch(described);
  expect(theGuild?.replaceAll(/\n\n/g, '\n')).toBe(apollo?.replace(described, '').replaceAll(/\n\n/g, '\n'));
});

const nodeSdl = '\ninterface Node {\n  id: ID!\n}\n\ntype Note implements Node @key(fields: "id") {\n  id: ID!\n}\n';

function fieldsOf(api: ReturnType<typeof supergraphOf>['api'], typeName: string): readonly string[] {
  const type = api.getType(typeName);
  return type !== undefined && 'getFields' in type ? Object.keys(type.getFields()).toSorted() : [];
}

function refusalOf(composed: Composed): string {
  return composed.kind === 'refused' ? composed.messages.join('\n') : 'composed';
}
