import type { Config } from './config.ts';
import type { OperationLimits } from './graphql/operations.ts';
import type { HttpSettings } from './server/app.ts';
import type { CallerSettings, TokenCallerSettings } from './server/caller.ts';
import type { DocumentLimits } from './server/document-limits.ts';
import type { IntakeSettings } from './server/intake.ts';
import type { OverloadSettings } from './server/overload.ts';

/** What an operation may ask, by the settings. */
export function operationLimits(config: Config): OperationLimits {
  return {
    rowsPerOperationMax: config.ROWS_PER_OPERATION,
    valuesPerOperationMax: config.VALUES_PER_OPERATION,
    slicesPerOperationMax: config.SLICES_PER_OPERATION,
    pageSizeMax: config.PAGE_SIZE_MAX,
    pageSizeDefault: config.PAGE_SIZE_DEFAULT,
    windowDaysMax: config.WINDOW_DAYS_MAX,
    windowDaysDefault: config.WINDOW_DAYS_DEFAULT,
    listItemsMax: config.LIST_ITEMS_MAX,
    filterDepthMax: config.FILTER_DEPTH_MAX,
    filtersMax: config.FILTERS_MAX,
    filtersPerOperationMax: config.FILTERS_PER_OPERATION,
    filterTextLengthMax: config.FILTER_TEXT_LENGTH_MAX,
    nodeIdsMax: config.NODE_IDS_MAX,
    representationsMax: config.REPRESENTATIONS_MAX,
    breakdownGroupsMax: config.BREAKDOWN_GROUPS_MAX,
    programBytesMax: config.COMPILED_BYTES_MAX,
    keptBytesMax: config.ANSWER_PARTS_BYTES_MAX,
    callsPerOperationMax: config.UPSTREAM_CALLS_PER_OPERATION,
  };
}

/** How much work the gateway takes on, by the settings. */
export function overloadSettings(config: Config): OverloadSettings {
  return {
    operationsMax: config.OPERATIONS_IN_FLIGHT_MAX,
    beginWithinMs: config.OPERATION_BEGIN_WITHIN_MS,
    lateMsMax: config.LOOP_LATE_MS_MAX,
    refusalsMax: config.UNREADY_AFTER_REFUSALS,
  };
}

/** What a request may hold, by the settings. */
export function intakeSettings(config: Config): IntakeSettings {
  return {
    bodyDepthMax: config.BODY_DEPTH_MAX,
    document: documentLimits(config),
  };
}

/** How much a document may hold, by the settings. */
export function documentLimits(config: Config): DocumentLimits {
  return {
    tokensMax: config.QUERY_TOKENS_MAX,
    depthMax: config.QUERY_DEPTH_MAX,
    aliasesMax: config.QUERY_ALIASES_MAX,
    rootFieldsMax: config.QUERY_ROOT_FIELDS_MAX,
    directivesMax: config.QUERY_DIRECTIVES_MAX,
    fragmentsMax: config.QUERY_FRAGMENTS_MAX,
    operationsMax: config.QUERY_OPERATIONS_MAX,
    variablesMax: config.QUERY_VARIABLES_MAX,
    nameLengthMax: config.QUERY_NAME_LENGTH_MAX,
  };
}

/** How the port behaves, by the settings. */
export function httpSettings(config: Config): HttpSettings {
  return {
    bodyBytesMax: config.QUERY_BODY_BYTES_MAX,
    bodyDepthMax: config.BODY_DEPTH_MAX,
    headersTimeoutMs: config.HTTP_HEADERS_TIMEOUT_MS,
    requestTimeoutMs: config.HTTP_REQUEST_TIMEOUT_MS,
    headerBytesMax: config.HTTP_HEADER_BYTES_MAX,
    keepAliveMs: config.HTTP_KEEP_ALIVE_MS,
    taking: {
      withinMs: config.HTTP_ANSWER_TAKEN_WITHIN_MS,
      bytesPerSecondMin: config.HTTP_ANSWER_BYTES_PER_SECOND_MIN,
    },
    connectionsMax: config.HTTP_CONNECTIONS_MAX,
    corsOrigins: config.CORS_ORIGINS,
    keptSecondsMax: config.GET_ANSWERS_KEPT_SECONDS_MAX,
    isGraphiqlServed: config.GRAPHIQL,
    // They count everybody's rows and calls: who sees a part of the conversations could tell from them what he doesn't see.
    isMetricsServed: config.METRICS_PORT === null && config.AUTH === 'none',
    tls: tlsSettings(config),
  };
}

function tlsSettings(config: Config): HttpSettings['tls'] {
  if (config.HTTPS_KEY_FILE === '') return null;
  const routerCaFile = config.ROUTER_CA_FILE === '' ? null : config.ROUTER_CA_FILE;
  return { keyFile: config.HTTPS_KEY_FILE, certFile: config.HTTPS_CERT_FILE, routerCaFile };
}

/** How callers are known, by the settings. */
export function callerSettings(config: Config): CallerSettings {
  if (config.AUTH === 'none') return { kind: 'none' };
  const isShared = config.AUTH_JWT_SECRET !== '';
  const usual = isShared ? ['HS256'] : ['RS256', 'ES256'];
  return {
    kind: 'jwt',
    issuer: config.AUTH_ISSUER,
    audience: config.AUTH_AUDIENCE,
    algorithms: config.AUTH_ALGORITHMS.length === 0 ? usual : config.AUTH_ALGORITHMS,
    lifetimeMaxSeconds: config.AUTH_TOKEN_LIFETIME_MAX_SECONDS,
    toleranceSeconds: config.AUTH_CLOCK_TOLERANCE_SECONDS,
    tokenBytesMax: config.AUTH_TOKEN_BYTES_MAX,
    cachedMax: config.AUTH_CLAIMS_CACHED_MAX,
    rolesClaim: config.AUTH_ROLES_CLAIM,
    agentsClaim: config.AUTH_AGENTS_CLAIM,
    queuesClaim: config.AUTH_QUEUES_CLAIM,
    roleRights: config.AUTH_ROLE_RIGHTS,
    keys: isShared ? { kind: 'secret', secret: config.AUTH_JWT_SECRET } : keySetSettings(config),
  };
}

function keySetSettings(config: Config): TokenCallerSettings['keys'] {
  return {
    kind: 'set',
    url: config.AUTH_JWKS_URL,
    timeoutMs: config.AUTH_JWKS_TIMEOUT_MS,
    bytesMax: config.AUTH_JWKS_BYTES_MAX,
    cooldownMs: config.AUTH_JWKS_COOLDOWN_MS,
    refreshMs: config.AUTH_JWKS_REFRESH_MS,
    keptMs: config.AUTH_JWKS_KEPT_MS,
  };
}
