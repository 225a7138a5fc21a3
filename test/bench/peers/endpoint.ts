import { createHmac } from 'node:crypto';

// The endpoint that all of them ask, by the settings that ours has. The token is good for any number of calls, so it is signed once.
const {
  KORE_BASE_URL = '',
  KORE_ACCOUNT_ID = '',
  KORE_ORG_ID = '',
  KORE_STREAM_ID = '',
  KORE_CLIENT_ID = '',
  KORE_CLIENT_SECRET = '',
} = process.env;

/** Scheme, host and port of the upstream. */
export const origin = KORE_BASE_URL;

/** The path of the stream's scores. */
export const path = `/qualityai/api/v1/public/qualitymanagement/app/${KORE_STREAM_ID}/scorereporting`;

/** What each call is sent with. */
export const headers = {
  auth: tokenOf(KORE_CLIENT_ID, KORE_CLIENT_SECRET),
  accountId: KORE_ACCOUNT_ID,
  orgId: KORE_ORG_ID,
  'content-type': 'application/json',
};

/** The port to listen on. */
export const port = Number(process.env['PORT'] ?? 0);

/** The most rows that a call answers with. */
export const pageRowsMax = 100;

/** A half-open span of time, as RFC 3339. */
export type Window = { readonly from: string; readonly until: string };

/** The body of a call. Its `endDate` is the last second that still belongs to the window. */
export function bodyOf({ from, until }: Window, offset: number, limit: number) {
  return { startDate: wireDate(Date.parse(from)), endDate: wireDate(Date.parse(until) - 1000), offset, limit };
}

function wireDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

function tokenOf(appId: string, secret: string): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ appId })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
