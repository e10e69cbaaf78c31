import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { RespParser } from '../../../../src/services/redis/resp';

/** What the services of one node answer, in their own protocols: a cluster of one node that is well. */
export interface PlainServices {
  readonly ports: Readonly<Record<'consul' | 'patroni' | 'redis' | 'sentinel', number>>;
  close(): void;
}

const ADDRESS = '127.0.0.1';
const base64 = (value: string): string => Buffer.from(value).toString('base64');

const MEMBER = {
  conn_url: `postgres://${ADDRESS}:5432/postgres`,
  role: 'primary',
  state: 'running',
  timeline: 1,
  version: '4.0.7',
};

function consul(scope: string) {
  const key = (name: string, value: string) => ({
    Key: `service/${scope}/${name}`,
    Value: base64(value),
  });
  const keys = [key('leader', 'a-member'), key('members/a-member', JSON.stringify(MEMBER))];
  const server = {
    Name: 'db1.example.com',
    Address: `${ADDRESS}:8300`,
    SerfStatus: 'alive',
    Voter: true,
    Leader: true,
    Healthy: true,
  };
  const answers: readonly (readonly [string, unknown])[] = [
    ['/v1/status/leader', `${ADDRESS}:8300`],
    ['/v1/operator/autopilot/health', { Servers: [server], FailureTolerance: 0 }],
    [`/v1/kv/service/${scope}/leader`, keys.slice(0, 1)],
    [`/v1/kv/service/${scope}/?recurse`, keys],
    ['/v1/health/state/any', []],
  ];
  return (request: IncomingMessage, response: ServerResponse): void => {
    const url = request.url ?? '';
    // A blocking query waits for a change that does not come.
    if (url.includes('index=7')) return;
    const found = answers.find(([path]) => url.startsWith(path));
    response.statusCode = found ? 200 : 404;
    response.setHeader('X-Consul-Index', '7');
    response.end(JSON.stringify(found?.[1] ?? null));
  };
}

function patroni(_: IncomingMessage, response: ServerResponse): void {
  response.end(JSON.stringify({ role: 'primary', state: 'running', timeline: 1, server_version: 170006 }));
}

const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

/** Speaks the Redis protocol; refuses everything until the password was given. */
function speaking(password: string, answer: (words: readonly string[]) => string | undefined) {
  return (socket: Socket): void => {
    const parser = new RespParser();
    let trusted = false;
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      for (const value of parser.push(chunk)) {
        const words = value as readonly string[];
        if (words[0] === 'HELLO') trusted = words.at(-1) === password;
        if (!trusted) socket.write('-WRONGPASS invalid username-password pair\r\n');
        else if (words[0] === 'HELLO') socket.write('%0\r\n');
        else socket.write(answer(words) ?? '');
      }
    });
  };
}

const redis = ([name, part]: readonly string[]): string | undefined =>
  name === 'INFO'
    ? bulk(part === 'server' ? 'redis_version:8.0.2\r\n' : 'role:master\r\nconnected_slaves:0\r\n')
    : undefined;

const sentinel =
  (masterName: string) =>
  (words: readonly string[]): string | undefined => {
    if (words.join(' ') !== `SENTINEL MASTER ${masterName}`) return undefined;
    const fields = { ip: ADDRESS, flags: 'master', 'config-epoch': '0', 'num-other-sentinels': '0' };
    const items = Object.entries(fields).flat();
    return `*${items.length}\r\n${items.map(bulk).join('')}`;
  };

const STATS = '# pxname,svname,status,scur\npg,db1,UP,0\npg,BACKEND,UP,0\n';

function haproxy(socket: Socket): void {
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    socket.write(chunk.toString() === 'show stat\n' ? `${STATS}\n> ` : '\n> ');
  });
}

/** Starts them all; HAProxy at a socket, the others at free ports. */
export async function startServices(options: {
  readonly scope: string;
  readonly masterName: string;
  readonly password: string;
  readonly socket: string;
}): Promise<PlainServices> {
  const { scope, masterName, password, socket } = options;
  const servers: Server[] = [];
  const listen = async (server: Server, at: number | string): Promise<number> => {
    servers.push(server);
    if (typeof at === 'string') server.listen(at);
    else server.listen(at, ADDRESS);
    await once(server, 'listening');
    return typeof at === 'string' ? 0 : (server.address() as AddressInfo).port;
  };
  await listen(createServer(haproxy), socket);
  const ports = {
    consul: await listen(createHttp(consul(scope)), 0),
    patroni: await listen(createHttp(patroni), 0),
    redis: await listen(createServer(speaking(password, redis)), 0),
    sentinel: await listen(createServer(speaking(password, sentinel(masterName))), 0),
  };
  return { ports, close: () => servers.forEach((server) => server.close()) };
}
