import { lineAfter, onLine, withMisspelt, type Mistake } from './mistake';

/** A slip can make another word that HAProxy knows. */
const never = (): boolean => false;

/** Lines whose section loses its meaning with a fault in its first line. */
const FOLLOWS = ['HAP303', 'HAP306', 'HAP321'];

/** What goes wrong in haproxy.cfg. */
export const HAPROXY_MISTAKES: readonly Mistake[] = [
  {
    kind: 'haproxy: a keyword misspelt',
    language: 'haproxy',
    alsoSays: FOLLOWS,
    seed: onLine(
      /^ {4}(balance|bind|mode|retries|server|maxconn|default_backend|monitor-uri|http-request|tcp-check|default-server) /,
      (line, [, word = ''], pick) => withMisspelt(line, word, pick, never),
    ),
  },
  {
    kind: 'haproxy: an option misspelt',
    language: 'haproxy',
    seed: onLine(
      /^ {4}option (dontlognull|redispatch|pgsql-check|tcp-check|httpchk|httplog|forwardfor)/,
      (line, [, word = ''], pick) => withMisspelt(line, word, pick, never),
    ),
  },
  {
    kind: 'haproxy: a timeout misspelt',
    language: 'haproxy',
    seed: onLine(/^ {4}timeout (connect|client|server|check|http-request)/, (line, [, word = ''], pick) =>
      withMisspelt(line, word, pick, never),
    ),
  },
  {
    kind: 'haproxy: a unit of time that is none',
    language: 'haproxy',
    seed: onLine(/^ {4}timeout \S+ (\d+)(ms|s|m|h)\s*$/, (line, [, number = '']) =>
      // The value stays: HAProxy warns of what follows the unit and goes by the unit.
      line.replace(
        /\d+(ms|s|m|h)\s*$/,
        (_, unit: string) => `${number}${{ ms: 'msec', s: 'sec', m: 'min' }[unit] ?? 'hours'}`,
      ),
    ),
  },
  {
    kind: 'haproxy: a backend that is not there',
    language: 'haproxy',
    alsoSays: FOLLOWS,
    seed: onLine(/^ {4}default_backend (\S+)/, (line, [, name = '']) => line.replace(name, `${name}_old`)),
  },
  {
    kind: 'haproxy: an ACL that is not there',
    language: 'haproxy',
    seed: lineAfter(/^ {4}mode http\s*$/, () => '    http-request deny if is_forbidden_path'),
  },
  {
    kind: 'haproxy: a port out of range',
    language: 'haproxy',
    alsoSays: ['HAP307'],
    seed: onLine(/^ {4}(?:server \S+|bind) \S*:(\d+)/, (line, [, port = '']) =>
      line.replace(`:${port}`, `:${70_000 + Number(port)}`),
    ),
  },
  {
    kind: 'haproxy: two servers of one name',
    language: 'haproxy',
    seed: onLine(/^ {4}server node([23]) /, (line) => line.replace(/server node\d/, 'server node1')),
  },
  {
    kind: 'haproxy: two sections of one name',
    language: 'haproxy',
    alsoSays: FOLLOWS,
    seed: (text, pick) => {
      const names = [...text.matchAll(/^(backend|frontend|listen) (\S+)/gm)];
      const chosen = names[pick(Math.max(names.length, 1))];
      if (chosen === undefined) return undefined;
      const [, word = '', name = ''] = chosen;
      const lines = text.replace(/\n*$/, '\n').split('\n');
      const line = lines.length - 1;
      lines.splice(line, 0, `${word} ${name}`);
      return { text: lines.join('\n'), line };
    },
  },
  {
    kind: 'haproxy: a server without its address',
    language: 'haproxy',
    seed: onLine(/^ {4}server (\S+) \S+/, (line) => line.replace(/(server \S+) .*/, '$1')),
  },
  {
    kind: 'haproxy: a parameter of a server misspelt',
    language: 'haproxy',
    alsoSays: ['HAP301'],
    seed: onLine(/^ {4}server \S+ \S+ (check)\b/, (line, [, word = ''], pick) =>
      withMisspelt(line, word, pick, never),
    ),
  },
  {
    kind: 'haproxy: a quote that is not closed',
    language: 'haproxy',
    seed: onLine(/^[^"']*"[^"']*"\s*$/, (line) => line.replace(/"\s*$/, '')),
  },
  {
    kind: 'haproxy: a directive that was removed',
    language: 'haproxy',
    seed: lineAfter(/^ {4}mode http\s*$/, (_, pick) => {
      const removed = [
        '    reqadd X-Proto:\\ https',
        '    reqdel X-Old',
        '    rspadd X-New:\\ 1',
        '    block if TRUE',
      ];
      return removed[pick(removed.length)] ?? '';
    }),
  },
  {
    kind: 'haproxy: a balance that does not exist',
    language: 'haproxy',
    seed: onLine(/^ {4}balance (\S+)/, (line, [, word = '']) => line.replace(word, 'leastconns')),
  },
  {
    kind: 'haproxy: a mode that does not exist',
    language: 'haproxy',
    seed: onLine(/^ {4}mode (tcp|http)\s*$/, (line) => line.replace(/mode \w+/, 'mode https')),
    // The sections that inherit it are judged as what they were not meant to be.
    alsoSays: ['HAP300', 'HAP320', 'HAP013'],
  },
  {
    kind: 'haproxy: a brace lost in a condition',
    language: 'haproxy',
    seed: onLine(/ (?:if|unless) \{ .* \}\s*$/, (line) => line.replace(/ \}\s*$/, '')),
  },
  {
    kind: 'haproxy: an action that does not exist',
    language: 'haproxy',
    seed: onLine(
      /^ {4}http-(?:request|response) (set-header|return|deny|redirect)\b/,
      (line, [, word = ''], pick) => withMisspelt(line, word, pick, never),
    ),
  },
  {
    kind: 'haproxy: a section misspelt',
    language: 'haproxy',
    // HAProxy reads its lines as those of the section before, and whoever names it finds nothing.
    alsoSays: [
      'HAP019',
      'HAP300',
      'HAP041',
      'HAP204',
      'HAP010',
      'HAP011',
      'HAP012',
      'HAP016',
      'HAP020',
      'HAP021',
      'HAP022',
      'HAP027',
      ...FOLLOWS,
    ],
    seed: onLine(/^(frontend|backend|listen|defaults)\b/, (line, [, word = ''], pick) =>
      withMisspelt(line, word, pick, never),
    ),
  },
];
