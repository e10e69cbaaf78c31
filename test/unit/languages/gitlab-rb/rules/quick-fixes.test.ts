import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../../src/finding/finding';
import { offsetAt, textLines } from '../../../../../src/finding/text-lines';
import { lintGitlabRb } from '../../../../../src/languages/gitlab-rb/lint';
import { readGitlabRb } from '../../../../../src/languages/gitlab-rb/subject';
import { loadParser } from '../../../../../tools/fuzz/parser';
import { rulePages } from '../../core/rules/rule-pages';

const parser = await loadParser();
const lint = (text: string, version: string | undefined): Finding[] =>
  lintGitlabRb(readGitlabRb(parser, text, 'gitlab.rb', version), 'gitlab.rb');

function repaired(text: string, { fix }: Finding): string {
  const lines = textLines(text);
  const places = (fix?.edits ?? []).map(({ range, newText }) => ({
    start: offsetAt(lines, range.start),
    end: offsetAt(lines, range.end),
    newText,
  }));
  return places
    .sort((a, b) => b.start - a.start)
    .reduce((left, { start, end, newText }) => left.slice(0, start) + newText + left.slice(end), text);
}

const REPAIRABLE = rulePages('GLR', 'ruby').flatMap(({ id, bad }) => {
  const [finding] = lint(bad.text, bad.version);
  return finding?.fix === undefined ? [] : [[id, finding.fix.title, bad, finding] as const];
});

describe('the quick fix of a page', () => {
  it.each(REPAIRABLE)('%s: %s', (id, _, bad, finding) => {
    const left = lint(repaired(bad.text, finding), bad.version);
    // A page may show the same fault more than once; each fix repairs one.
    expect(left.filter(({ code }) => code === id)).toHaveLength(bad.marked.length - 1);
    // Whatever the fix puts in is Ruby.
    expect(left.filter(({ code }) => code === 'GLR011')).toEqual([]);
  });
});

describe('a line is not added where a later statement would drop it', () => {
  const missing = (text: string): Finding | undefined =>
    lint(text, '19.3').find(({ code }) => code === 'GLR079');

  it('but elsewhere it is', () => {
    expect(missing("roles ['patroni_role']\n")?.fix?.title).toBe(
      "Write gitlab_rails['auto_migrate'] = false",
    );
  });

  it.each(["gitlab_rails 'x'", "gitlab_rails({ 'time_zone' => 'UTC' })"])('%s', (later) => {
    const finding = missing(`roles ['patroni_role']\n${later}\n`);
    expect(finding).toBeDefined();
    expect(finding?.fix).toBeUndefined();
  });
});

describe('a value is not rewritten where it is not the value of this key alone', () => {
  it.each([
    [
      'GLR068',
      "roles ['patroni_role']\npatroni['ttl'] = patroni['loop_wait'] = 20\npatroni['retry_timeout'] = 5\n",
    ],
    ['GLR233', "gitlab_sshd['trusted_user_ca_keys'] ['ssh-ed25519 AAAA']\n"],
    [
      'GLR096',
      "roles ['pgbouncer_role']\nconsul['watchers'] = %w[postgresql]\npgbouncer['admin_users'] = roles %w[pgbouncer_role]\n",
    ],
  ])('%s', (id, text) => {
    const finding = lint(text, '19.3').find(({ code }) => code === id);
    expect(finding).toBeDefined();
    expect(finding?.fix).toBeUndefined();
  });
});
