import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { addResolversToSchema } from '@graphql-tools/schema';
import { type GraphQLSchema, parse } from 'graphql';
import { type CrmCase, emailOf, type People, type Team } from './data.ts';

/** The SDL of the second subgraph as it is written. */
export const peopleSdl = readFileSync(new URL('people.graphql', import.meta.url), 'utf8');

/** The same, but it says who an agent is called, instead of ours. */
export const namingSdl = peopleSdl
  .replace('"@key", ', '"@key", "@override", ')
  .replace('  email: String\n  team', '  name: String @override(from: "scores")\n  email: String\n  team');

/** The second subgraph made runnable. */
export function buildPeopleSchema(people: People, sdl = peopleSdl): GraphQLSchema {
  const { Agent, ...rest } = resolversOf(people);
  const name = ({ agentId }: AgentRef) => nameOf(people, agentId);
  return addResolversToSchema({
    schema: buildSubgraphSchema(parse(sdl)),
    resolvers: { ...rest, Agent: sdl === namingSdl ? { ...Agent, name } : Agent },
    updateResolversInPlace: true,
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
}

type AgentRef = { readonly agentId: string };
type QueueRef = { readonly queueId: string };
type ConversationRef = { readonly conversationId: string };

/** What the side that overrides the name calls an agent; null for one that it doesn't know. */
export function nameOf(people: People, agentId: string): string | null {
  return emailOf(people, agentId) === null ? null : `Known to people as ${agentId}`;
}

function resolversOf(people: People) {
  const { teams, cases, persons, ownerByQueue } = people;
  const teamOf = (teamId: string) => teams.find((team) => team.teamId === teamId) ?? null;
  const caseOf = (caseId: string) => cases.find((each) => each.caseId === caseId) ?? null;
  const personOf = (email: string) => persons.find((person) => person.email === email) ?? null;
  const conversation = (conversationId: string): ConversationRef => ({ conversationId });
  return {
    Query: {
      teams: (_: unknown, { first, after }: { readonly first: number; readonly after?: string }) =>
        pageOf(teams, first, after),
      team: (_: unknown, { teamId }: Pick<Team, 'teamId'>) => teamOf(teamId),
      cases: (_: unknown, { first }: { readonly first: number }) => cases.slice(0, first),
      case: (_: unknown, { caseId }: Pick<CrmCase, 'caseId'>) => caseOf(caseId),
      person: (_: unknown, { email }: { readonly email: string }) => personOf(email),
    },
    Person: { __resolveReference: ({ email }: { readonly email: string }) => personOf(email) },
    Team: {
      __resolveReference: ({ teamId }: Pick<Team, 'teamId'>) => teamOf(teamId),
      members: ({ agentIds }: Team, { first }: { readonly first: number }) =>
        agentIds.slice(0, first).map((agentId): AgentRef => ({ agentId })),
    },
    Agent: {
      __resolveReference: (reference: AgentRef) => reference,
      email: ({ agentId }: AgentRef) => emailOf(people, agentId),
      team: ({ agentId }: AgentRef) => teams.find(({ agentIds }) => agentIds.includes(agentId)) ?? null,
    },
    Queue: {
      __resolveReference: (reference: QueueRef) => reference,
      owner: ({ queueId }: QueueRef) => ownerByQueue.get(queueId) ?? null,
    },
    CrmCase: {
      __resolveReference: ({ caseId }: Pick<CrmCase, 'caseId'>) => caseOf(caseId),
      conversations: ({ conversationIds }: CrmCase) => conversationIds.map(conversation),
    },
    Conversation: {
      __resolveReference: (reference: ConversationRef) => reference,
      crmCase: ({ conversationId }: ConversationRef) =>
        cases.find(({ conversationIds }) => conversationIds.includes(conversationId)) ?? null,
    },
  };
}

function pageOf(teams: readonly Team[], first: number, after: string | undefined) {
  const begin = after === undefined ? 0 : teams.findIndex(({ teamId }) => teamId === after) + 1;
  const nodes = teams.slice(begin, begin + first);
  return {
    nodes,
    edges: nodes.map((node) => ({ cursor: node.teamId, node })),
    pageInfo: {
      hasNextPage: begin + nodes.length < teams.length,
      hasPreviousPage: begin > 0,
      startCursor: nodes[0]?.teamId ?? null,
      endCursor: nodes.at(-1)?.teamId ?? null,
    },
  };
}
