/** Whose conversations somebody sees: a conversation with one of these agents, or in one of these queues. Two empty sets see none. */
export type Sight = { readonly agentIds: ReadonlySet<string>; readonly queueIds: ReadonlySet<string> };

/** What a caller may be allowed, beside the conversations that he sees. */
export const rights = [
  /** Sees every conversation, whatever agents and queues are his. */
  'all-conversations',
  /** Sees who audited. */
  'auditors',
  /** Sees custom fields. */
  'custom-fields',
  /** May ask for the schema by introspection. */
  'introspection',
  /** May ask for the state of the upstream, and for the trace and the plan of an operation. */
  'upstream',
] as const;

export type Right = (typeof rights)[number];

/** Who asks, and what he may. */
export type Caller = {
  /** The same for all requests of one caller, and of nobody else: for a fair share, never shown. */
  readonly id: string;
  readonly rights: ReadonlySet<Right>;
  /** Null: every conversation. */
  readonly sight: Sight | null;
};
