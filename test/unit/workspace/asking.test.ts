import { describe, expect, test } from 'vitest';
import { createWorkspace } from '../../../src/workspace/create/create-workspace';
import { answersFrom, completed } from '../../../src/workspace/create/questions';
import { modelOf } from '../../../src/workspace/workspace';
import { loadParser } from '../../../tools/fuzz/parser';

const NODES = ['gl1', 'gl2', 'gl3'];
const LIST = /^gitlab_rails\['monitoring_whitelist'\] = .*$/m;
const CHECK = /^ *option httpchk GET \/-\/readiness\n *http-check expect status 200\n/m;

interface Given {
  /** Of all nodes' lists, as written; undefined: none is. */
  readonly list?: string | undefined;
  /** Nodes that have the list; others keep a good one. */
  readonly nodes?: readonly string[];
  /** Lines of the pool in place of its check. */
  readonly check?: readonly string[];
  /** Words at the end of the pool's servers. */
  readonly words?: string;
  readonly more?: string;
  /** Before all pools. */
  readonly defaults?: string;
  readonly haproxy?: (text: string) => string;
  readonly cluster?: (text: string) => string;
}

const LOCAL = "['127.0.0.0/8']";

function replaced(text: string, what: RegExp | string, by: string): string {
  if (text.search(what) < 0) throw new Error(`Nothing to replace: ${String(what)}`);
  return text.replace(what, () => by);
}

function filesOf(given: Given): Map<string, string> {
  const answers = answersFrom(completed({ nodes: NODES.join(' '), subnet: '10.20.0.0/24' }, 'own'));
  if ('problem' in answers) throw new Error(String(answers.problem));
  const files = new Map(createWorkspace(answers).files);
  const change = (path: string, by: (text: string) => string): void => {
    files.set(path, by(files.get(path) ?? ''));
  };
  for (const node of given.nodes ?? NODES) {
    const line = 'list' in given ? given.list : LOCAL;
    const written = line === undefined ? '' : `gitlab_rails['monitoring_whitelist'] = ${line}`;
    change(`nodes/${node}/gitlab.rb`, (text) => `${replaced(text, LIST, written)}\n${given.more ?? ''}\n`);
  }
  change('haproxy/haproxy.cfg', (text) => {
    let made = text;
    if (given.check !== undefined)
      made = replaced(made, CHECK, given.check.map((line) => `    ${line}\n`).join(''));
    if (given.defaults !== undefined)
      made = replaced(made, /^defaults\n/m, `defaults\n    ${given.defaults}\n`);
    if (given.words !== undefined) made = made.replace(/:80 check$/gm, `:80 check ${given.words}`);
    return given.haproxy?.(made) ?? made;
  });
  change('cluster.yaml', given.cluster ?? ((text) => text));
  return files;
}

/** What the rules say of who may ask for health in an own cluster with the whole stack, after changes of its files. */
async function findingsWith(given: Given): Promise<readonly string[]> {
  const files = filesOf(given);
  const model = await modelOf(files, loadParser);
  return model
    .evaluate()
    .findings.filter(({ code }) => code === 'WSP016')
    .map(({ severity, file, range, message, remedy }) => {
      const line = files.get(file)?.split('\n')[range.start.line] ?? '';
      const place = line.slice(range.start.character, range.end.character);
      return `${severity} ${file} ${place}: ${message} → ${remedy}`;
    });
}

const ADDRESSES = '10.20.0.11, 10.20.0.12, 10.20.0.13';
const QUOTED = "'10.20.0.11', '10.20.0.12', '10.20.0.13'";

function refused(node: string, place = LOCAL, uri = '/-/readiness'): string {
  return `error nodes/${node}/gitlab.rb ${place}: HAProxy of gl1, gl2, gl3 asks ${node} for ${uri} ("gitlab") from ${ADDRESSES}, which this list leaves out: it gets 404 and takes ${node} out. → Add ${QUOTED}.`;
}

function fromElsewhere(node: string, address: string): string {
  return refused(node, "['10.20.0.0/24']").replaceAll(ADDRESSES, address).replaceAll(QUOTED, `'${address}'`);
}

const ALL = NODES.map((node) => refused(node));

describe('HAProxy may ask the nodes for their health', () => {
  test('in a new workspace', async () => {
    expect(await findingsWith({ nodes: [] })).toEqual([]);
  });

  test.each<[what: string, given: Given, expected: readonly string[]]>([
    ['each node has the machine itself alone', {}, ALL],
    ['one node has', { nodes: ['gl2'] }, [refused('gl2')]],
    [
      'the virtual address is on it: nobody asks from there',
      { list: "['127.0.0.0/8', '10.20.0.100']", nodes: ['gl1'] },
      [refused('gl1', "['127.0.0.0/8', '10.20.0.100']")],
    ],
    [
      'networks of IPv6 hold no address of IPv4',
      { list: '%w[127.0.0.0/8 ::/0]', nodes: ['gl1'] },
      [refused('gl1', '%w[127.0.0.0/8 ::/0]')],
    ],
    [
      'some nodes are on it',
      { list: "['127.0.0.0/8', '10.20.0.12/31']", nodes: ['gl3'] },
      [
        `warning nodes/gl3/gitlab.rb ['127.0.0.0/8', '10.20.0.12/31']: HAProxy of gl1 asks gl3 for /-/readiness ("gitlab") from 10.20.0.11, which this list leaves out: it gets 404 and takes gl3 out. → Add '10.20.0.11'.`,
      ],
    ],
    [
      'HAProxy has an address of its own to ask from',
      { list: "['10.20.0.0/24']", defaults: 'source 192.0.2.7' },
      NODES.map((node) => fromElsewhere(node, '192.0.2.7')),
    ],
    [
      'the servers have',
      { list: "['10.20.0.0/24']", words: 'source 192.0.2.8:0' },
      NODES.map((node) => fromElsewhere(node, '192.0.2.8')),
    ],
    [
      'no list is written, and no role says that it is a machine of GitLab',
      {
        list: undefined,
        nodes: ['gl1'],
        more: "roles ['redis_replica_role']\nexternal_url 'http://gitlab.example.net'",
      },
      [
        `error nodes/gl1/gitlab.rb ['redis_replica_role']: HAProxy of gl1, gl2, gl3 asks gl1 for /-/readiness ("gitlab") from ${ADDRESSES}, which the list in force, 127.0.0.0/8 and ::1/128, leaves out: it gets 404 and takes gl1 out. → Write gitlab_rails['monitoring_whitelist'] = ['127.0.0.0/8', '::1/128', ${QUOTED}].`,
      ],
    ],
  ])('not where %s', async (_, given, expected) => {
    expect(await findingsWith(given)).toEqual(expected);
  });

  const page = (uri: string): readonly string[] => NODES.map((node) => refused(node, LOCAL, uri));
  test.each<[check: string, given: Given, uri: string]>([
    ['what HAProxy is content with by itself', { check: ['option httpchk GET /-/liveness'] }, '/-/liveness'],
    ['a page alone', { check: ['option httpchk /-/health'] }, '/-/health'],
    ['metrics', { check: ['option httpchk GET /-/metrics'] }, '/-/metrics'],
    ['all dependencies', { check: ['option httpchk GET /-/readiness?all=1'] }, '/-/readiness?all=1'],
    [
      'a line of its own for the request',
      { check: ['option httpchk', 'http-check send meth GET uri /-/liveness ver HTTP/1.1 hdr Host x'] },
      '/-/liveness',
    ],
    [
      'headers by a line of their own',
      { check: ['option httpchk GET /-/health', 'http-check send hdr Host gitlab.example.net'] },
      '/-/health',
    ],
    [
      'a port by a step',
      {
        check: ['option httpchk', 'http-check connect port 80', 'http-check send uri /-/health'],
        haproxy: (text) => text.replace(/:80 check$/gm, ':2222 check'),
      },
      '/-/health',
    ],
    [
      'the second of two requests',
      {
        check: [
          'option httpchk',
          'http-check connect',
          'http-check send uri /',
          'http-check expect status 200,302',
          'http-check connect',
          'http-check send uri /-/liveness',
          'http-check expect rstatus ^2',
        ],
      },
      '/-/liveness',
    ],
    [
      '404 by its name',
      { check: ['option httpchk GET /-/health', 'http-check expect ! status 404'] },
      '/-/health',
    ],
    [
      '404 that only drains',
      {
        check: ['option httpchk GET /-/health', 'http-check disable-on-404', 'http-check expect status 404'],
      },
      '/-/health',
    ],
    ['what defaults say', { check: [], defaults: 'option httpchk GET /-/health' }, '/-/health'],
    [
      'an address of the server for checks',
      { words: 'port 80', haproxy: (text) => text.replace(/:80 check/g, ':9999 check') },
      '/-/readiness',
    ],
    [
      'Puma itself',
      { more: "puma['listen'] = '0.0.0.0'", haproxy: (text) => text.replace(/:80 check/g, ':8080 check') },
      '/-/readiness',
    ],
    [
      'Workhorse itself',
      {
        more: "gitlab_workhorse['listen_network'] = 'tcp'\ngitlab_workhorse['listen_addr'] = '0.0.0.0:8181'",
        haproxy: (text) => text.replace(/:80 check/g, ':8181 check'),
      },
      '/-/readiness',
    ],
  ])('is told of %s', async (_, given, uri) => {
    expect(await findingsWith(given)).toEqual(page(uri));
  });

  test.each<[what: string, given: Given]>([
    ['their network is on the list', { list: "['10.20.0.0/24']" }],
    ['everybody is', { list: "['0.0.0.0/0']" }],
    ['each is by itself', { list: `[${QUOTED}]` }],
    ['a name may be theirs', { list: "['127.0.0.0/8', 'haproxy.example.net']" }],
    ['a template fills it in', { list: "['127.0.0.0/8', '{{ haproxy }}']" }],
    ['only the machine knows it', { list: "ENV['LIST'].split(',')" }],
    ['GLR048 tells that there is no list', { list: undefined }],
    ['a file that is not read may have it', { list: undefined, more: "from_file '/etc/gitlab/more.rb'" }],
    ['404 is expected', { check: ['option httpchk GET /-/health', 'http-check expect status 404'] }],
    [
      '404 is within what is',
      { check: ['option httpchk GET /-/health', 'http-check expect status 200-299,400-499'] },
    ],
    ['all but errors are', { check: ['option httpchk GET /-/health', 'http-check expect ! rstatus ^5'] }],
    ['a text is expected', { check: ['option httpchk GET /-/health', 'http-check expect string Not'] }],
    ['another page is asked for', { check: ['option httpchk GET /users/sign_in'] }],
    ['a token lets anybody in', { check: ['option httpchk GET /-/readiness?token=abc'] }],
    ['a header does', { check: ['option httpchk GET /-/readiness', 'http-check send hdr TOKEN abc'] }],
    [
      'steps of the pool leave out what defaults ask for',
      { check: ['http-check send hdr Host x'], defaults: 'option httpchk GET /-/health' },
    ],
    ['a check of another kind comes later', { check: ['option httpchk GET /-/health', 'option tcp-check'] }],
    ['the check is switched off', { check: ['option httpchk GET /-/health', 'no option httpchk'] }],
    ['the environment decides the page', { check: ['option httpchk GET "${PAGE}"'] }],
    ['the environment decides the address', { defaults: 'source "${ADDRESS}"' }],
    ['the address is that of an interface', { defaults: 'source 0.0.0.0 interface eth1' }],
    ['servers are not checked', { haproxy: (text) => text.replace(/:80 check$/gm, ':80') }],
    ['they are at rest', { words: 'disabled' }],
    ['they are checked elsewhere', { words: 'addr 192.0.2.1' }],
    [
      'steps are made elsewhere',
      { check: ['option httpchk', 'http-check connect addr 192.0.2.1', 'http-check send uri /-/health'] },
    ],
    ['the port is none of GitLab', { words: 'port 8404' }],
    [
      'Puma listens on the machine itself alone',
      { haproxy: (text) => text.replace(/:80 check/g, ':8080 check') },
    ],
    ['the node serves no GitLab', { more: "puma['enable'] = false" }],
    [
      'a comment of the file silences it',
      {
        more: '# ha-lab: ignore-file WSP016 checked by hand',
      },
    ],
  ])('nothing is told where %s', async (what, given) => {
    const found = await findingsWith(given);
    if (!what.startsWith('a comment')) expect(found).toEqual([]);
    else {
      const model = await modelOf(filesOf(given), loadParser);
      expect(model.between().filter(({ code }) => code === 'WSP016')).toEqual([]);
    }
  });
});
