/** Where a Redis or Valkey is: one server, or the nodes by which a cluster is found. */
export type RedisAddress = {
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly isCluster: boolean;
  readonly isTls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: number;
};

const shape = /^(rediss?)(-cluster)?:\/\/(?:([^@/?#]*)@)?([^/?#@]+)(?:\/(\d{1,4})?)?$/;
const node = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?$/;
const portDefault = 6379;

/**
 * Reads `redis://[user:password@]host[:port][/database]`; `rediss` for TLS; `redis-cluster://host:port,host:port` and `rediss-cluster` for a cluster, which
 * has no databases. User and password are percent-encoded. Null: it is none of these.
 */
export function parseRedisAddress(url: string): RedisAddress | null {
  const [, scheme, cluster, userInfo, hosts = '', database = '0'] = shape.exec(url) ?? [];
  const isCluster = cluster !== undefined;
  const nodes = hosts.split(',').map(readNode);
  const known = nodes.filter((each) => each !== null);
  const user = readUser(userInfo);
  if (scheme === undefined || known.length < nodes.length || user === null) return null;
  if (isCluster ? database !== '0' : nodes.length > 1) return null;
  return { nodes: known, isCluster, isTls: scheme === 'rediss', database: Number(database), ...user };
}

function readNode(text: string): { host: string; port: number } | null {
  const [, host, port] = node.exec(text) ?? [];
  if (host === undefined) return null;
  const number = port === undefined ? portDefault : Number(port);
  return 0 < number && number < 65_536 ? { host: host.replace(/^\[|\]$/g, ''), port: number } : null;
}

function readUser(info: string | undefined): Pick<RedisAddress, 'username' | 'password'> | null {
  if (info === undefined) return { username: undefined, password: undefined };
  const [username = '', ...rest] = info.split(':');
  try {
    const password = rest.length === 0 ? undefined : decodeURIComponent(rest.join(':'));
    return { username: username === '' ? undefined : decodeURIComponent(username), password };
  } catch {
    return null; // A percent sign that encodes nothing.
  }
}
