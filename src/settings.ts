import type { Config } from './config.ts';
import type { OperationLimits } from './graphql/operations.ts';
import type { HttpSettings } from './server/app.ts';
import type { OverloadSettings } from './server/overload.ts';

/** What an operation may ask, by the settings. */
export function operationLimits(config: Config): OperationLimits {
  return {
    rowsPerOperationMax: config.ROWS_PER_OPERATION,
    valuesPerOperationMax: config.VALUES_PER_OPERATION,
    pageSizeMax: config.PAGE_SIZE_MAX,
    pageSizeDefault: config.PAGE_SIZE_DEFAULT,
    windowDaysMax: config.WINDOW_DAYS_MAX,
    windowDaysDefault: config.WINDOW_DAYS_DEFAULT,
    listItemsMax: config.LIST_ITEMS_MAX,
    filterDepthMax: config.FILTER_DEPTH_MAX,
    nodeIdsMax: config.NODE_IDS_MAX,
    representationsMax: config.REPRESENTATIONS_MAX,
    breakdownGroupsMax: config.BREAKDOWN_GROUPS_MAX,
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

/** How the port behaves, by the settings. */
export function httpSettings(config: Config): HttpSettings {
  return {
    bodyBytesMax: config.QUERY_BODY_BYTES_MAX,
    headersTimeoutMs: config.HTTP_HEADERS_TIMEOUT_MS,
    requestTimeoutMs: config.HTTP_REQUEST_TIMEOUT_MS,
    headerBytesMax: config.HTTP_HEADER_BYTES_MAX,
    keepAliveMs: config.HTTP_KEEP_ALIVE_MS,
    connectionsMax: config.HTTP_CONNECTIONS_MAX,
    corsOrigins: config.CORS_ORIGINS,
    isGraphiqlServed: config.GRAPHIQL,
    tls: tlsSettings(config),
  };
}

function tlsSettings(config: Config): HttpSettings['tls'] {
  if (config.HTTPS_KEY_FILE === '') return null;
  const routerCaFile = config.ROUTER_CA_FILE === '' ? null : config.ROUTER_CA_FILE;
  return { keyFile: config.HTTPS_KEY_FILE, certFile: config.HTTPS_CERT_FILE, routerCaFile };
}
