import { defineConfig } from '@graphql-mesh/compose-cli';
import { loadJSONSchemaSubgraph } from '@omnigraph/json-schema';

// The endpoint as a subgraph of its own: its body and its answer as JSON Schemas, nothing mapped. `mesh-compose` makes the supergraph of it that Hive Gateway serves.

const text = { type: ['string', 'null'] } as const;
const number = { type: ['number', 'null'] } as const;
const flag = { type: ['boolean', 'null'] } as const;
const integer = { type: 'integer' } as const;
const given = { type: 'string' } as const;
const list = <Items extends object>(items: Items) => ({ type: 'array', items }) as const;
const object = <Properties extends object>(title: string, properties: Properties) =>
  ({ type: 'object', title, properties }) as const;

const row = object('Row', {
  conversationId: given,
  customConversationId: text,
  Queues: list(object('RowQueue', { 'Queue ID': text, 'Queue Name': text })),
  Agents: list(object('RowAgent', { 'Agent ID': text, 'Agent Name': text })),
  koreEvalutionScore: number,
  fatalErrorCount: { type: ['integer', 'null'] } as const,
  Language: text,
  duration_status: text,
  notApplicableScoringTreatment: text,
  Metrics: list(
    object('RowMetric', {
      'Metric ID': text,
      'Metric Name': text,
      'Metric Weight': number,
      'Metric Negative Weight': number,
      Qualification: text,
      isFatalError: flag,
      'Auditor Response': text,
    }),
  ),
  contactDirection: text,
  AuditStatus: text,
  AuditDate: text,
  AuditScore: number,
  AuditorName: text,
  Disposition: list(
    object('RowDisposition', {
      setId: text,
      setName: text,
      code: list(object('RowDispositionCode', { id: text, name: text, colour: text })),
    }),
  ),
  custom_fields: { type: 'object', title: 'CustomFields', additionalProperties: true } as const,
  evaluation_status: text,
  channel: text,
  is_direction_defaulted: flag,
  evaluatedAt: text,
});

export const composeConfig = defineConfig({
  subgraphs: [
    {
      sourceHandler: loadJSONSchemaSubgraph('scores', {
        endpoint: '{env.KORE_BASE_URL}',
        operationHeaders: {
          auth: '{env.KORE_TOKEN}',
          accountId: '{env.KORE_ACCOUNT_ID}',
          orgId: '{env.KORE_ORG_ID}',
          'content-type': 'application/json',
        },
        operations: [
          {
            type: 'Query',
            field: 'scores',
            method: 'POST',
            path: '/qualityai/api/v1/public/qualitymanagement/app/{env.KORE_STREAM_ID}/scorereporting',
            requestSchema: object('PageRequest', {
              startDate: given,
              endDate: given,
              offset: integer,
              limit: integer,
            }),
            responseSchema: object('Page', {
              results: list(row),
              totalResults: integer,
              totalPages: integer,
              hasMore: flag,
            }),
          },
        ],
      }),
    },
  ],
});
