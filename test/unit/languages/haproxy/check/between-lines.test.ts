import { describe, expect, it } from 'vitest';
import { lintHaproxy } from '../../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../../src/languages/haproxy/subject';
import { APP, DEFAULTS, found, FRONT, inBack, indented, inFront, TIMES } from './small-file';

describe('rules in named defaults', () => {
  const shared = (rule: string, ...users: string[]): string =>
    `defaults site\n mode http\n${TIMES} ${rule}\n${users.join('')}`;
  const front = 'frontend web from site\n bind 10.30.0.5:80\n default_backend app\n';
  const back = 'backend app from site\n server n1 10.30.0.11:80 check\n';
  const other = `defaults plain\n mode http\n${TIMES}backend app from plain\n server n1 10.30.0.11:80 check\n`;

  it.each([
    [
      'a frontend and a backend',
      'http-request set-header X-Real-IP %[src]',
      [front, back],
      ['error HAP011 site'],
    ],
    [
      'tracking counters',
      'tcp-request connection track-sc0 src table rates',
      [front, back],
      ['error HAP044 rates', 'error HAP011 site'],
    ],
    [
      'a listen section',
      'http-response del-header Server',
      ['listen web from site\n bind 10.30.0.5:80\n server n1 10.30.0.11:80 check\n'],
      ['error HAP011 site'],
    ],
    [
      'another defaults section',
      'http-request deny if { src 10.66.0.0/16 }',
      ['defaults more from site\n'],
      ['error HAP011 site'],
    ],
    [
      'a frontend, of rules for answers',
      'tcp-response content accept',
      [front, other],
      ['error HAP011 site'],
    ],
    ['a backend, of rules for connections', 'tcp-request session accept', [back], ['error HAP011 site']],
    ['a frontend alone', 'http-request set-header X-Real-IP %[src]', [front, other], []],
    ['both, without rules', 'option httplog', [front, back], []],
    ['both, a delay only', 'tcp-request inspect-delay 5s', [front, back], []],
  ])('inherited by %s', (_, rule, users, expected) => {
    expect(found(shared(rule, ...users)).filter((line) => line.startsWith('error'))).toEqual(expected);
  });

  it('the frontend is told of the backend above it, and the other way round', () => {
    const text = shared('http-request set-header X-A b', back, front);
    const [finding] = lintHaproxy(readHaproxy(text, '3.4'), 'haproxy.cfg');
    expect(finding?.message).toBe(
      '"web" inherits the rules of "defaults site", as the backend "app" does: HAProxy does not start.',
    );
  });
});

describe('a server that follows another one', () => {
  it.each([
    ['that is checked itself', ['server n2 10.30.0.12:80 check track app/n1'], ['error HAP324 app/n1']],
    ['that does not exist', ['server n2 10.30.0.12:80 track app/n7'], ['error HAP324 app/n7']],
    ['of a backend that does not exist', ['server n2 10.30.0.12:80 track apps/n1'], ['error HAP324 apps/n1']],
    [
      'without a check',
      ['server n0 10.30.0.10:80 no-check', 'server n2 10.30.0.12:80 track n0'],
      ['error HAP324 n0'],
    ],
    [
      'in a circle',
      ['server n2 10.30.0.12:80 track n3', 'server n3 10.30.0.13:80 track n2'],
      ['error HAP324 n3', 'error HAP324 n2'],
    ],
    ['itself', ['server n2 10.30.0.12:80 track n2'], ['error HAP324 n2']],
    ['rightly', ['server n2 10.30.0.12:80 track app/n1'], []],
    [
      'that follows a checked one',
      ['server n2 10.30.0.12:80 track n1', 'server n3 10.30.0.13:80 track n2'],
      [],
    ],
    [
      'of a template',
      ['server-template w 2 10.30.0.20:80 check', 'server n2 10.30.0.12:80 track app/w1'],
      [],
    ],
  ])('%s', (_, lines, expected) => {
    expect(found(inBack(...lines))).toEqual(expected);
  });
});

describe('the port of a check', () => {
  it.each([
    ['server n2 10.30.0.12 check', ['error HAP325 10.30.0.12']],
    ['server n2 10.30.0.12:+100 check', ['error HAP325 10.30.0.12:+100']],
    ['server n2 [fd00::2] check', ['error HAP325 [fd00::2]']],
    ['server n2 10.30.0.12 check addr 10.30.0.13', ['error HAP325 10.30.0.12']],
    ['server n2 10.30.0.12:80 check agent-check', ['error HAP325 n2']],
    ['server n2 app.internal check', ['warning HAP307 app.internal', 'warning HAP325 app.internal']],
    ['server-template n2- 2 10.30.0.12 check', ['error HAP325 10.30.0.12']],
    ['server-template n2- 2 10.30.0.12 agent-check', ['error HAP325 n2-']],
    ['server-template n2- 2 10.30.0.12:80 check', []],
    ['server-template n2- 2 10.30.0.12 check port 80', []],
    ['server n2 fd00::2:0 check', ['error HAP325 fd00::2:0']],
    ['server n2 fd00::2:80 check', []],
    ['server n2 ::1:80 check', []],
    ['server n2 ipv6@::1:80 check', []],
    ['server n2 1:2:3:4:5:6:7:8:80 check', []],
    ['server n2 10.30.0.12 check addr ::1:80', []],
    ['server n2 fd00::2 check', ['error HAP023 fd00::2']],
    ['server n2 fd00::2 check init-addr none', ['warning HAP023 fd00::2']],
    ['server n2 1::2::3:80 check', ['error HAP023 1::2::3:80']],
    ['server n2 [fd00:]:80 check', ['error HAP023 [fd00:]:80']],
    ['server n2 ::ffff:10.0.0.1:80 check', []],
    ['server n2 10.30.0.12 check port 80', []],
    ['server n2 10.30.0.12 check addr 10.30.0.13:81', []],
    ['server n2 unix@/run/app.sock check', []],
    ['server n2 [fd00::2]:80 check', []],
    ['server n2 10.30.0.12:80 check agent-check agent-port 9999', []],
  ])('%s', (line, expected) => {
    expect(found(inBack(line))).toEqual(expected);
  });

  it('is that of the first step', () => {
    expect(
      found(inBack('option tcp-check', 'tcp-check connect port 80', 'server n2 10.30.0.12 check')),
    ).toEqual([]);
  });
});

describe('an option in the wrong kind of section', () => {
  it.each([
    ['3.0', 'warning HAP012 clitcpka'],
    ['3.2', 'error HAP011 clitcpka'],
    ['3.4', 'error HAP011 clitcpka'],
  ])('stops HAProxy %s, or is ignored', (version, expected) => {
    expect(found(inBack('option clitcpka'), version)).toEqual([expected]);
  });

  it('httpchk in a frontend is ignored by every branch', () => {
    for (const version of ['3.0', '3.4']) {
      expect(found(inFront('option httpchk'), version)).toEqual(['warning HAP012 httpchk']);
    }
  });
});

describe('conditions of blocks', () => {
  it.each([
    ['version_atleast 3.0', 1],
    ['version_at_least(3.0)', 1],
    ['streq("$A",a) && awk', 1],
    ['streq(a)', 1],
    ['feature(QUIC', 1],
    ['true', 1],
    ['1 and 1', 1],
    ['(1 || 0', 1],
    ['!', 1],
    ['version_atleast(3.0)', 0],
    ['defined(HOSTNAME)', 0],
    ['strstr("$PATH",bin) || !feature(QUIC)', 0],
    ['!(1 || 0) && enabled(POLL)', 0],
    ['"$CHOICE"', 0],
    ['0', 0],
  ])('%s', (condition, faults) => {
    const text = `global\n .if ${condition}\n nbthread 2\n .endif\n${DEFAULTS}${FRONT}${APP}`;
    expect(found(text).filter((line) => line.includes('HAP027'))).toHaveLength(faults);
  });

  it('nobody reads what stands behind a branch that was taken', () => {
    const text = `global\n .if 1\n .elif awk\n .endif\n${DEFAULTS}${FRONT}${APP}`;
    expect(found(text)).toEqual([]);
  });
});

describe('lines in sections that refuse them', () => {
  it.each([
    [
      'a place for captured values in a backend',
      inBack('declare capture request len 20'),
      ['error HAP011 declare'],
    ],
    [
      'and in defaults',
      `${DEFAULTS} declare capture response len 20\n${FRONT}${APP}`,
      ['error HAP011 declare'],
    ],
    [
      'a value captured by length in a backend',
      inBack('http-request capture req.hdr(host) len 20'),
      ['error HAP055 capture'],
    ],
    ['retry-on in a frontend', inFront('retry-on conn-failure'), ['error HAP011 retry-on']],
    [
      'a backend that sends to itself',
      inBack('use_backend app if TRUE'),
      ['warning HAP012 use_backend', 'error HAP041 app'],
    ],
    ['a place nobody made', inFront('http-request capture req.hdr(host) id 0'), ['error HAP055 0']],
    [
      'a place the defaults made',
      `defaults site\n mode http\n${TIMES} http-request capture path len 9\nfrontend web from site\n bind 10.30.0.5:80\n http-request capture url id 0\n http-request return status 200\n`,
      [],
    ],
    [
      'a place somebody made',
      inFront('declare capture request len 9', 'http-request capture req.hdr(host) id 0'),
      [],
    ],
    ['counters without a table', inFront('http-request track-sc0 src'), ['error HAP044 track-sc0']],
    ['sticking without a table', inBack('stick on src'), ['error HAP044 on']],
    ['sticking in a frontend is ignored', inFront('stick on src'), ['warning HAP012 stick']],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('words that exclude each other', () => {
  it.each([
    ['cookie NODE insert rewrite', ['error HAP052 rewrite']],
    ['cookie NODE prefix insert indirect', ['error HAP052 insert']],
    ['cookie NODE rewrite indirect', ['error HAP052 indirect']],
    ['cookie NODE preserve', ['error HAP052 preserve']],
    ['retry-on none 503', ['error HAP052 none']],
    ['retry-on conn-failure 502 sometimes', ['error HAP019 sometimes']],
    ['cookie NODE insert indirect nocache preserve', []],
    ['retry-on conn-failure 503', []],
  ])('%s', (line, expected) => {
    expect(found(inBack(line))).toEqual(expected);
  });
});

describe('what HAProxy ignores or reads otherwise', () => {
  it.each([
    [
      'steps without their option',
      inBack('tcp-check connect', 'tcp-check expect string OK'),
      ['warning HAP326 tcp-check'],
    ],
    [
      'steps of a check that another one replaces',
      inBack('option httpchk', 'option tcp-check', 'http-check expect status 200'),
      ['warning HAP326 http-check'],
    ],
    [
      'steps of a check that the defaults name',
      `${DEFAULTS} option httpchk\n${FRONT}${APP}${indented(['option tcp-check', 'http-check expect status 200'])}`,
      ['warning HAP326 http-check'],
    ],
    [
      'steps of defaults, in a backend with another check',
      `${DEFAULTS} option httpchk\n http-check expect status 200\n${FRONT}${APP} option tcp-check\n`,
      [],
    ],
    [
      'an external check that another one replaces',
      `${DEFAULTS} option external-check\nlisten l\n bind 10.30.0.5:80\n server n1 10.30.0.11:80 check\n option httpchk GET /up\n`,
      [],
    ],
    [
      'an external check without its leave to start programs',
      `global\n external-check\n${inBack('option external-check', 'external-check command /bin/true')}`,
      ['warning HAP329 external-check'],
    ],
    [
      'a page before its version, in quotes',
      inBack('option httpchk "/up HTTP/1.1"'),
      ['warning HAP327 "/up HTTP/1.1"'],
    ],
    ['steps with it', inBack('option tcp-check', 'tcp-check expect string OK'), []],
    ['a page taken for the method', inBack('option httpchk /up HTTP/1.1'), ['warning HAP327 /up']],
    ['one word of three', inBack('option httpchk "GET /up HTTP/1.1"'), ['warning HAP327 "GET /up HTTP/1.1"']],
    ['a page by its method', inBack('option httpchk GET /up'), []],
    [
      'a frontend without an address',
      `${inFront()}frontend spare\n default_backend app\n`,
      ['warning HAP328 spare'],
    ],
    ['mails to nobody', inBack('email-alert from a@example.com'), ['warning HAP330 from']],
    [
      'mails through nobody',
      inBack('email-alert mailers mta', 'email-alert from a@example.com', 'email-alert to b@example.com'),
      ['error HAP043 mta'],
    ],
    [
      'two conditions in braces',
      inFront('http-request deny if { path_beg /a or path_beg /b }'),
      ['warning HAP053 or'],
    ],
    ['a pattern named or', inFront('http-request deny if { path_beg or and }'), []],
    ['a password with a number sign', inFront('stats auth admin:S3c#ret'), ['warning HAP054 admin:S3c#ret']],
    ['a comment behind a word', inFront('maxconn 500# as measured', 'maxconn 600 # again'), []],
    [
      'flags that are a text',
      inFront('http-request set-header X-1 %[path,regsub(^/a{1,3},b)]'),
      ['error HAP035 b'],
    ],
    ['flags that are flags', inFront('http-request set-header X-1 \'%[path,regsub("^/a{1,3}",b,g)]\''), []],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each(['/up HTTP/1.1', '"/up HTTP/1.1"', '"GET /up HTTP/1.1"', '/up HEAD', '"/a b"'])(
    'option httpchk %s is right once the advice is followed',
    (written) => {
      const [finding] = lintHaproxy(readHaproxy(inBack(`option httpchk ${written}`), '3.0'), 'haproxy.cfg');
      const [, advice = ''] =
        /^Write (option httpchk [A-Z]+ \/[^ ,]*?)[,.]?(?: |$)/.exec(finding?.remedy ?? '') ?? [];
      expect(advice).not.toBe('');
      expect(found(inBack(advice))).toEqual([]);
    },
  );

  it.each([
    ['HAP054', inFront('stats auth admin:S3c#ret')],
    ['HAP054', `global\n setenv PASS S3c#ret\n${inFront()}`],
    ['HAP054', `${inFront()}userlist u\n user a insecure-password S3c#ret\n`],
  ])('%s does not repeat the password of %j', (code, text) => {
    const findings = lintHaproxy(readHaproxy(text, '3.0'), 'haproxy.cfg');
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(findings.filter(({ message, remedy }) => `${message} ${remedy}`.includes('S3c'))).toEqual([]);
  });

  it.each([
    'stats enable',
    'balance uri',
    'balance hdr(host)',
    'option forwarded',
    'option originalto',
    'option http-buffer-request',
    'option checkcache',
    'source 0.0.0.0 usesrc hdr_ip(x-forwarded-for)',
    'server n9 10.30.0.19:80 check cookie n9',
  ])('%s in TCP mode', (line) => {
    const text = `defaults\n mode tcp\n${TIMES}listen l\n bind 10.30.0.5:81\n server n1 10.30.0.11:80 check\n ${line}\n`;
    expect(found(text).map((one) => one.slice(0, 14))).toEqual(['warning HAP320']);
  });
});

describe('values that are read in a way of their own', () => {
  it.each([
    [
      'calculating with a text',
      inFront('http-request set-var(txn.n) int(1),add(many)'),
      ['error HAP035 many'],
    ],
    ['calculating with a variable', inFront('http-request set-var(txn.n) int(1),add(txn.m)'), []],
    ['a network that is none', inFront('option forwardfor except 10.0.0.0/40'), ['error HAP019 10.0.0.0/40']],
    ['a network', inFront('option forwardfor except fd00::/8'), []],
    ['a name for one', inFront('option forwardfor except localhost'), ['warning HAP019 localhost']],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    [
      'a condition in glued braces',
      'http-request deny if {path_beg /a}',
      'Put spaces inside the braces: { fetch pattern … }.',
    ],
    [
      'two joined by a word',
      'http-request deny if TRUE and FALSE',
      'Remove it: conditions side by side must all hold.',
    ],
    ['a negated one', 'http-request deny if not FALSE', 'Write "!" before the name: !name.'],
    ['a no-break space', 'maxconn\u00a0500', 'Write a plain space.'],
  ])('%s gets advice that helps', (_, line, remedy) => {
    const findings = lintHaproxy(readHaproxy(inFront(line), '3.0'), 'haproxy.cfg');
    expect(findings.map((finding) => finding.remedy)).toEqual([remedy]);
  });
});

describe('what is right', () => {
  it.each([
    ['the ring that is always there', `global\n log ring@buf0 local0\n${DEFAULTS}${FRONT}${APP}`],
    [
      'an address from a header before the request',
      inFront('tcp-request session set-src hdr_ip(x-forwarded-for)'),
    ],
    [
      'a backend whose servers are counted',
      `${inFront('acl up nbsrv(probe) gt 0', 'http-request deny if !up')}backend probe\n server p1 10.30.0.21:80 check\n`,
    ],
  ])('%s', (_, text) => {
    expect(lintHaproxy(readHaproxy(text, '3.0'), 'haproxy.cfg')).toEqual([]);
  });
});
