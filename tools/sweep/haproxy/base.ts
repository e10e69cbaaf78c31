/** The configuration every generated file starts from: accepted without a warning by each covered branch. */

export type Mode = 'http' | 'tcp';

/** Where a generated line stands: a section of the base, or one of a kind the base does not have. */
export type Place =
  | 'global'
  | 'defaults'
  | 'named defaults'
  | 'frontend'
  | 'backend'
  | 'listen'
  | 'resolvers'
  | 'userlist'
  | 'cache'
  | 'peers'
  | 'mailers'
  | 'http-errors'
  | 'ring'
  | 'log-forward'
  | 'fcgi-app';

export const PROXY_PLACES: readonly Place[] = ['defaults', 'named defaults', 'frontend', 'backend', 'listen'];

export const OTHER_PLACES: readonly Place[] = [
  'resolvers',
  'userlist',
  'cache',
  'peers',
  'mailers',
  'http-errors',
  'ring',
  'log-forward',
  'fcgi-app',
];

/** One file to be judged. */
export interface Case {
  /** What it varies, to tell differences of one kind together. */
  readonly group: string;
  /** What was varied, in a few words. */
  readonly name: string;
  readonly text: string;
}

const TIMEOUTS = ['timeout connect 5s', 'timeout client 30s', 'timeout server 30s'];

/** Sections in the order of the file, with what stands in them; the generated lines come behind. */
function sections(mode: Mode, named: boolean): [place: Place | undefined, header: string, lines: string[]][] {
  return [
    ['global', 'global', ['localpeer lb1']],
    ['defaults', 'defaults', [`mode ${mode}`, ...TIMEOUTS]],
    ['resolvers', 'resolvers r', ['nameserver dns1 10.0.0.53:53']],
    ['userlist', 'userlist u', ['user alice insecure-password secret']],
    ['cache', 'cache c', ['total-max-size 4']],
    ['peers', 'peers p', ['peer lb1 127.0.0.1:10000', 'peer lb2 127.0.0.2:10000']],
    ['mailers', 'mailers m', ['mailer m1 10.0.0.25:25']],
    ['http-errors', 'http-errors e', ['errorfile 503 e503.http']],
    ['ring', 'ring g', ['size 32768', 'maxlen 1024', 'server log1 10.0.0.60:6514']],
    ['log-forward', 'log-forward lf', ['bind 127.0.0.1:1514', 'log 10.0.0.60:514 local0']],
    ['fcgi-app', 'fcgi-app a', ['docroot /var/www']],
    [
      undefined,
      'backend t',
      ['stick-table type ip size 1k expire 1m store gpc0,conn_rate(10s),http_req_rate(10s)'],
    ],
    ...(named
      ? [['named defaults', 'defaults n', [`mode ${mode}`, ...TIMEOUTS]] as [Place, string, string[]]]
      : []),
    ['frontend', named ? 'frontend f from n' : 'frontend f', ['bind 127.0.0.1:8080', 'default_backend b']],
    // The defaults named are the frontend's alone, as those with rules must be.
    ...(named
      ? [[undefined, 'defaults', [`mode ${mode}`, ...TIMEOUTS]] as [undefined, string, string[]]]
      : []),
    ['backend', 'backend b', ['server s1 10.0.0.1:80 check']],
    ['listen', 'listen l', ['bind 127.0.0.1:8081', 'server s1 10.0.0.1:80 check']],
  ];
}

/** The base with these lines at the end of a section, and whole sections behind it. */
export function configuration(
  place: Place,
  lines: readonly string[],
  { mode = 'http', behind = [] }: { mode?: Mode; behind?: readonly string[] } = {},
): string {
  const text: string[] = [];
  for (const [at, header, own] of sections(mode, place === 'named defaults')) {
    text.push(header, ...own.map(indented));
    if (at === place) text.push(...lines.map(indented));
  }
  return [...text, ...behind, ''].join('\n');
}

function indented(line: string): string {
  return `    ${line}`;
}

/** A case in a section of the base. */
export function caseOf(
  group: string,
  place: Place,
  line: string | readonly string[],
  options: { mode?: Mode; behind?: readonly string[] } = {},
): Case {
  const lines = typeof line === 'string' ? [line] : line;
  const mode = options.mode ?? 'http';
  return {
    group,
    name: `${place} (${mode}): ${lines.join(' ⏎ ')}`,
    text: configuration(place, lines, options),
  };
}

/** Items by what they have in common, in their order. */
export function groupedBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}
