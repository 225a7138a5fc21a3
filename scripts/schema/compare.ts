import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';

/** What a change does to clients and to the supergraph: `breaking` stops something, `dangerous` may surprise somebody, `safe` does neither. */
export type Severity = 'breaking' | 'dangerous' | 'safe';

export type SchemaChange = {
  readonly severity: Severity;
  /** Where: a schema coordinate, such as `Query.agents.first`. */
  readonly path: string;
  readonly message: string;
};

const severities: Readonly<Record<CriticalityLevel, Severity>> = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
};

/** From worst to best. */
export const severityOrder: readonly Severity[] = ['breaking', 'dangerous', 'safe'];

/**
 * What has changed from an earlier SDL to the current one, worst first. Both may be with or without the definitions of federation, which are no change of
 * ours; a key that is taken away breaks the subgraphs that refer by it, and a type that isn't shared any more those that share it. Throws a GraphQLError for what is no SDL.
 */
export async function compareSdl(earlier: string, current: string): Promise<readonly SchemaChange[]> {
  const changes = (await diff(schemaOf(earlier), schemaOf(current))).filter(({ path = '' }) => !isOfFederation(path));
  const added = new Set(changes.filter(({ type }) => type.endsWith('ADDED')).map(({ path = '' }) => path));
  return changes
    .map((change) => ({ change, severity: severityOf(change, added) }))
    .filter(({ change, severity }) => severity !== 'safe' || !comesWithMore(change, added))
    .map(({ change, severity }) => ({ severity, path: change.path ?? '', message: messageOf(change) }))
    .sort((one, other) => severityOrder.indexOf(one.severity) - severityOrder.indexOf(other.severity));
}

/** What comes with something that is new need not be told by itself. */
function comesWithMore({ path = '', type }: Change, added: ReadonlySet<string>): boolean {
  const parts = path.split('.');
  return type.endsWith('ADDED') && parts.some((_, count) => 0 < count && added.has(parts.slice(0, count).join('.')));
}

/** A description is as long as it likes. */
function messageOf({ path = '', message, type }: Change): string {
  return type.includes('DESCRIPTION') ? `The description of '${path}' changed` : message;
}

function schemaOf(sdl: string): GraphQLSchema {
  return buildASTSchema(parse(sdl), { assumeValidSDL: true });
}

/** What a directive of federation does when it comes, and when it goes. What it says may be changed as if it went. */
const federationDirectives: Readonly<Record<string, { readonly added: Severity; readonly removed: Severity }>> = {
  // Composition rests on keys, and on what is shared.
  key: { added: 'safe', removed: 'breaking' },
  shareable: { added: 'safe', removed: 'breaking' },
  inaccessible: { added: 'breaking', removed: 'safe' },
  override: { added: 'dangerous', removed: 'dangerous' },
  tag: { added: 'safe', removed: 'dangerous' },
  cost: { added: 'safe', removed: 'dangerous' },
  listSize: { added: 'safe', removed: 'dangerous' },
};

/** Of their definitions, which come with the specification. */
function isOfFederation(path: string): boolean {
  const [, directive = ''] = /^@(\w+)/.exec(path) ?? [];
  return directive in federationDirectives || /^(\.?@?(federation__|link\b|link__))|(^|\.)_/.test(path);
}

function severityOf({ criticality: { level }, type, path = '' }: Change, added: ReadonlySet<string>): Severity {
  const [, usage = '', name = '', argument] = /^(.*@(\w+))(\.\w+)?$/.exec(path) ?? [];
  const directive = type.startsWith('DIRECTIVE_USAGE') ? federationDirectives[name] : undefined;
  if (directive === undefined) return severities[level];
  const isNew = argument === undefined ? type.endsWith('ADDED') : type.endsWith('ADDED') && added.has(usage);
  return isNew ? directive.added : directive.removed;
}
