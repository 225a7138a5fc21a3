import { readFileSync } from 'node:fs';
import { printSubgraphSchema } from '@apollo/subgraph';
import {
  type GraphQLField,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { compareSdl } from '../scripts/schema/compare.ts';
import { buildSchema } from '../src/graphql/schema.ts';

const schema = buildSchema();
/** What federation adds by itself is not ours to describe. */
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !/^_|^federation__|^link__/.test(name));
const ownTypes = types.filter((type) => !isSpecifiedScalarType(type) && !type.name.startsWith('__'));

describe('the schema', () => {
  test('is the text that was reviewed', async () => {
    await expect(`${printSubgraphSchema(schema)}\n`).toMatchFileSnapshot('./schema.snapshot.graphql');
  });

  test('breaks nothing that was released, unless the changelog says so', async () => {
    const released = readFileSync('test/schema.released.graphql', 'utf8');
    const changes = await compareSdl(released, printSubgraphSchema(schema));
    const [, unreleased = ''] = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m);
    const [, breaking = ''] = unreleased.split(/^### Breaking/m);
    const broken = changes.filter(({ severity }) => severity === 'breaking');
    expect(broken.filter(({ message }) => !breaking.includes(message))).toEqual([]);
  });

  test('describes every type, field, argument and enum value', () => {
    expect(ownTypes.flatMap(undescribed)).toEqual([]);
  });

  test('speaks no word of REST', () => {
    const names = ownTypes.flatMap((type) => ('getFields' in type ? Object.keys(type.getFields()) : []));
    expect(names.filter((name) => /^(limit|offset|results|totalResults|page)$/.test(name))).toEqual([]);
  });

  test('has connections in the shape of Relay, with edges, nodes and items that are never null', () => {
    const connections = ownTypes.filter(isObjectType).filter(({ name }) => name.endsWith('Connection'));
    expect(connections.length).toBeGreaterThan(0);
    for (const { name, ...connection } of connections) {
      const noun = name.replace(/Connection$/, '');
      const fields = connections.find((each) => each.name === name)?.getFields() ?? {};
      expect(connection).toBeDefined();
      expect(String(fields['edges']?.type)).toBe(`[${noun}Edge!]!`);
      expect(String(fields['nodes']?.type)).toBe(`[${noun}!]!`);
      expect(String(fields['pageInfo']?.type)).toBe('PageInfo!');
      const edge = schema.getType(`${noun}Edge`);
      const edgeFields = isObjectType(edge) ? edge.getFields() : {};
      expect([String(edgeFields['cursor']?.type), String(edgeFields['node']?.type)]).toEqual(['String!', `${noun}!`]);
    }
  });

  test('gives every field that returns a connection the four arguments of Relay', () => {
    const fields = ownTypes.filter(isObjectType).flatMap((type) => Object.values(type.getFields()));
    const connecting = fields.filter(({ type }) => /Connection!?$/.test(String(type)));
    expect(connecting.length).toBeGreaterThan(0);
    for (const { args } of connecting) {
      const types = new Map(args.map(({ name, type }) => [name, String(type)]));
      expect([types.get('first'), types.get('after'), types.get('last'), types.get('before')]).toEqual([
        'Int',
        'String',
        'Int',
        'String',
      ]);
    }
  });
});

function undescribed(type: GraphQLNamedType): readonly string[] {
  const own = isBlank(type.description) ? [type.name] : [];
  if (isEnumType(type))
    return [
      ...own,
      ...type
        .getValues()
        .filter((value) => isBlank(value.description))
        .map((value) => `${type.name}.${value.name}`),
    ];
  if (isInputObjectType(type)) {
    return [
      ...own,
      ...Object.values(type.getFields())
        .filter((field) => isBlank(field.description))
        .map((field) => `${type.name}.${field.name}`),
    ];
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    const fields = Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'));
    return [...own, ...fields.flatMap((field) => undescribedField(type.name, field))];
  }
  return own;
}

function undescribedField(typeName: string, field: GraphQLField<unknown, unknown>): readonly string[] {
  const bareArguments = field.args
    .filter((argument) => isBlank(argument.description))
    .map(({ name }) => `${typeName}.${field.name}(${name}:)`);
  return [...(isBlank(field.description) ? [`${typeName}.${field.name}`] : []), ...bareArguments];
}

function isBlank(description: string | null | undefined): boolean {
  return (description ?? '').trim() === '';
}
