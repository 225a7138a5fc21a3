/** What the second subgraph holds. It knows agents, queues and conversations by their ids alone. */
export type People = {
  readonly teams: readonly Team[];
  readonly cases: readonly CrmCase[];
  readonly persons: readonly Person[];
  readonly ownerByQueue: ReadonlyMap<string, Person>;
};

export type Person = { readonly email: string; readonly fullName: string };
export type Team = {
  readonly teamId: string;
  readonly title: string;
  readonly lead: Person | null;
  readonly agentIds: readonly string[];
};
export type CrmCase = {
  readonly caseId: string;
  readonly subject: string;
  readonly isOpen: boolean;
  readonly conversationIds: readonly string[];
};

/** Ids that no row of the upstream bears. */
export const unknownAgentIds: readonly string[] = ['a-left-in-spring', 'a-left-in-autumn'];
export const unknownConversationId = 'c-of-another-year';

const teamCount = 6;
const subjects = ['Parcel lost', 'Invoice wrong', 'Line down', 'Refund asked for', 'Address changed'];

/**
 * People for a tenant: six teams, and one of agents that the upstream never lists; every third conversation belongs to a case, one to four to
 * a case, and the last but one of the third case is unknown upstream. The same ids give the same people.
 */
export function makePeople(ids: {
  readonly agentIds: readonly string[];
  readonly queueIds: readonly string[];
  readonly conversationIds: readonly string[];
}): People {
  const persons = Array.from({ length: teamCount }, (_, index) => ({
    email: `lead-${index}@people.example`,
    fullName: `Lead ${index}`,
  }));
  const teams = Array.from({ length: teamCount }, (_, index) => ({
    teamId: `t-${index}`,
    title: `Team ${index}`,
    lead: persons[index] ?? null,
    agentIds: ids.agentIds.filter((_, place) => place % teamCount === index),
  }));
  const former = { teamId: `t-${teamCount}`, title: 'Former', lead: null, agentIds: unknownAgentIds };
  const owners = ids.queueIds.flatMap((queueId, place): readonly (readonly [string, Person])[] => {
    const owner = persons[place % (teamCount + 1)];
    return owner === undefined ? [] : [[queueId, owner]];
  });
  return { teams: [...teams, former], persons, ownerByQueue: new Map(owners), cases: casesOf(ids.conversationIds) };
}

function casesOf(conversationIds: readonly string[]): readonly CrmCase[] {
  const filed = [...new Set(conversationIds.filter((_, place) => place % 3 === 0))];
  const cases: CrmCase[] = [];
  for (let begin = 0; begin < filed.length; ) {
    const size = 1 + (cases.length % 4);
    const own = filed.slice(begin, begin + size);
    cases.push({
      caseId: `case-${String(cases.length).padStart(4, '0')}`,
      subject: subjects[cases.length % subjects.length] ?? '',
      isOpen: cases.length % 2 === 0,
      conversationIds: cases.length === 2 ? [...own.slice(0, -1), unknownConversationId, ...own.slice(-1)] : own,
    });
    begin += size;
  }
  return cases;
}

/** The address of an agent's mailbox; null for an agent of no team. */
export function emailOf({ teams }: People, agentId: string): string | null {
  return teams.some(({ agentIds }) => agentIds.includes(agentId)) ? `${agentId}@people.example` : null;
}
