import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';

/**
 * Ends with 0 where the gateway of this container is ready, by the settings that it was started with. Its certificate is another host's, and nothing
 * is told to it: so it isn't checked.
 */
const { PORT = '4000', HTTPS_KEY_FILE = '' } = process.env;
const request = HTTPS_KEY_FILE === '' ? requestPlain : requestTls;

request({ host: '127.0.0.1', port: PORT === '' ? '4000' : PORT, path: '/ready', rejectUnauthorized: false })
  .once('response', ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1))
  .once('error', () => process.exit(1))
  .end();
