import type { TypedDocumentString } from '../graphql/graphql.ts';
import { graphqlUrl } from '../settings.ts';
import { failureOf, fieldsOf, GatewayError, unreachable } from './failure.ts';

/** The gateway shares its calls equally between clients, which it tells apart by address and this name. */
const clientName = 'scores-example';

/** The gateway answers within its own deadline, 15 s unless set otherwise: after twice that the way to it is broken. */
const giveUpMs = 30_000;

/**
 * Asks one question, and gives its data or throws a GatewayError. Each operation of this page is one reading, so one error is taken for all of
 * it; who asks unrelated fields together would rather keep `data` of those that did answer. The signal ends the request, and the gateway
 * then stops working for it.
 */
export async function ask<TData, TVariables>(
  document: TypedDocumentString<TData, TVariables>,
  variables: TVariables,
  signal: AbortSignal,
): Promise<TData> {
  const body = await send(JSON.stringify({ query: document.toString(), variables }), signal);
  const { data, errors } = fieldsOf(body);
  if (Array.isArray(errors) && errors.length > 0) throw new GatewayError(failureOf(errors[0]));
  if (data === undefined || data === null) throw unreachable('What answered is no GraphQL server');
  // The one place that trusts: the gateway answers by the schema that the types are made from.
  return data as TData;
}

/** Errors have a body too, whatever the status: only what isn't JSON says nothing. */
async function send(body: string, signal: AbortSignal): Promise<unknown> {
  try {
    const response = await fetch(graphqlUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        'apollographql-client-name': clientName,
      },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(giveUpMs)]),
    });
    return await response.json();
  } catch (cause) {
    signal.throwIfAborted();
    throw unreachable('Nothing answered', { cause });
  }
}

/** A field that is null only together with an error, which has been thrown by then. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw unreachable('A field is missing without an error');
  return value;
}
