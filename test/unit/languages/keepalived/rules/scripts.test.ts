import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../../src/finding/finding';
import { lintKeepalived } from '../../../../../src/languages/keepalived/lint';
import { readKeepalived } from '../../../../../src/languages/keepalived/subject';
import { rulePages } from '../../core/rules/rule-pages';

const GOOD = rulePages('KAD', 'keepalived').find(({ id }) => id === 'KAD001')?.good.text ?? '';

const lint = (text: string): Finding[] => lintKeepalived(readKeepalived(text), 'keepalived.conf');

/** The good file with one place changed. */
function changed(from: string | RegExp, to: string): string {
  const text = GOOD.replace(from, to);
  expect(text).not.toBe(GOOD);
  return text;
}

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
