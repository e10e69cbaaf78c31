import { describe, expect, it } from 'vitest';
import { changed, lint } from './good-file';

describe('one failed check moves the address (KAD081)', () => {
  const once = (command: string): string =>
    changed('    fall 2\n', '').replace(/script "[^"]*"/, `script "${command}"`);

  it.each([
    ['a server may be slow to answer', '/usr/bin/curl -sf http://127.0.0.1:8404/', 'warning'],
    ['a port may, too', 'nc -z 127.0.0.1 443', 'warning'],
    ['a process is there or not', '/usr/bin/killall -0 haproxy', 'information'],
    ['nobody knows what it does', '/etc/keepalived/check.sh', 'information'],
  ])('%s: %s', (_, command, severity) => {
    const found = lint(once(command)).filter(({ code }) => code === 'KAD081');
    expect(found.map((finding) => finding.severity)).toEqual([severity]);
  });
});

describe('scripts that may run as root (KAD083)', () => {
  const insecure = (command: string, user: string): string =>
    changed('    enable_script_security\n', '')
      .replace('    script_user nobody\n', user)
      .replace(/script "[^"]*"/, `script "${command}"`);

  it.each([
    ['anyone may write it', '/tmp/check.sh', '', 'warning'],
    ['a user may write it', '/home/deploy/check.sh', '', 'warning'],
    ['a shell reads it', '/bin/sh /srv/check.sh', '    script_user root\n', 'warning'],
    ['only root may', '/usr/bin/curl -sf http://127.0.0.1/', '', 'information'],
    ['it does not run as root', '/tmp/check.sh', '    script_user nobody\n', 'information'],
  ])('%s', (_, command, user, severity) => {
    const found = lint(insecure(command, user)).filter(({ code }) => code === 'KAD083');
    expect(found.map((finding) => finding.severity)).toEqual([severity]);
  });

  it('does not speak of root when another user runs them', () => {
    const messages = lint(insecure('/tmp/check.sh', '    script_user nobody\n')).map(
      ({ message }) => message,
    );
    expect(messages).toContain(
      'Keepalived runs scripts, and "enable_script_security" is not set: it does not look who may write a script.',
    );
  });
});

describe('a command that is written for a shell', () => {
  const command = (text: string) =>
    lint(changed(/script "[^"]*"/, `script ${text}`)).filter(({ code }) => code === 'KAD086');

  it.each([
    ['"/bin/check | grep -q ok"', '|', 'hands it to the program as an argument, with all that follows'],
    ['"/bin/check || exit 1"', '||', 'hands it to the program as an argument, with all that follows'],
    ['"/bin/check && /bin/other"', '&&', 'hands it to the program as an argument, with all that follows'],
    ['"/bin/check > /dev/null 2>&1"', '>', 'hands it to the program as an argument, with all that follows'],
    [
      '"/bin/check 2>/dev/null"',
      '2>/dev/null',
      'hands it to the program as an argument, with all that follows',
    ],
    ['"/bin/check a; exit 1"', 'a;', 'hands it to the program as an argument, with all that follows'],
    ['"/bin/check &"', '&', 'hands it to the program as an argument, with all that follows'],
    ['/bin/check || exit 1', '||', 'hands it to the program as an argument, with all that follows'],
    ['"/bin/true; exit 1"', '/bin/true;', 'looks for a program of this name and does not run the script'],
    [
      '"if /bin/check; then exit 0; fi"',
      'if',
      'looks for a program of this name and does not run the script',
    ],
    ['"$(which check) -q"', '$(which', 'looks for a program of this name and does not run the script'],
    ['"FOO=1 /bin/check"', 'FOO=1', 'looks for a program of this name and does not run the script'],
    ['"cd /tmp"', 'cd', 'looks for a program of this name and does not run the script'],
    ['"/bin/check `hostname`"', '`hostname`', 'hands it over as it is, and puts nothing in its place'],
  ])('%s', (text, word, instead) => {
    const found = command(text);
    expect(found.map(({ message }) => message)).toEqual([
      `"${word}" is for a shell, and keepalived runs none: it ${instead}.`,
    ]);
  });

  it.each([
    `"/bin/sh -c '/bin/check | grep -q ok'"`,
    `"/usr/bin/bash -c '/bin/check || exit 1'"`,
    `"/usr/bin/env bash -c 'a && b'"`,
    `"/usr/bin/timeout 3 sh -c '/bin/check | grep -q ok'"`,
    String.raw`"/usr/bin/timeout 3 sh -c \"/bin/check | grep -q ok\""`,
    String.raw`"/usr/bin/curl -w \"a | b\" http://127.0.0.1/"`,
    '"/usr/bin/nice -n 5 /bin/bash -ec /bin/check && /bin/other"',
    '"[ -f /run/x ]"',
    '"/usr/bin/test ! -f /run/x"',
    `"/usr/bin/curl -w '%{http_code} | x' http://127.0.0.1/?a=1&b=2"`,
    '"/usr/bin/pgrep -f haproxy|nginx"',
    '"/usr/bin/killall -0 haproxy"',
    '"{{ check_command }}"',
  ])('is none: %s', (text) => {
    expect(command(text)).toEqual([]);
  });

  it('is told of every command', () => {
    const notify = lint(changed('    nopreempt', '    nopreempt\n    notify_master "/bin/a && /bin/b"'));
    expect(notify.map(({ code }) => code)).toEqual(['KAD086']);
  });
});
