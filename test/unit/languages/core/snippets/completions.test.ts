import { describe, expect, it } from 'vitest';
import { positionAt, textLines } from '../../../../../src/finding/text-lines';
import { gitlabRbLanguage } from '../../../../../src/languages/gitlab-rb/language';
import { loadParser } from '../../../../../tools/fuzz/parser';
import { KEEPALIVED_LANGUAGE } from '../../../../../src/languages/keepalived/language';
import {
  snippetCompletions,
  type SnippetContext,
} from '../../../../../src/languages/core/snippets/completions';
import { GITLAB_RB_SNIPPETS } from '../../../../../src/languages/gitlab-rb/snippets/items';
import { HAPROXY_SNIPPETS } from '../../../../../src/languages/haproxy/snippets/items';
import { features, open } from '../../haproxy/editor/editor';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
const prefixes = (items: readonly { label: string }[]): string[] => items.map(({ label }) => label);

const offered = (context: SnippetContext) => snippetCompletions(HAPROXY_SNIPPETS, 'haproxy', context);

describe('snippets are offered', () => {
  it('at the top level: whole sections only', () => {
    expect(prefixes(offered({ range, top: true }))).toEqual(
      HAPROXY_SNIPPETS.filter(({ place }) => place === 'top').map(({ prefix }) => prefix),
    );
  });

  it('within a section: the lines it may have', () => {
    const lines = prefixes(offered({ range, top: false, within: 'frontend' }));
    expect(lines).toContain('rate-limit-clients');
    expect(lines).not.toContain('check-gitlab');
    expect(offered({ range, top: false, within: 'resolvers' })).toEqual([]);
  });

  it('as snippets that replace what is typed', () => {
    const [first] = snippetCompletions(GITLAB_RB_SNIPPETS, 'ruby', { range, top: true });
    expect(first).toMatchObject({
      label: 'ha_consul_server',
      detail: 'Consul server',
      insertTextFormat: 2,
      textEdit: { range },
    });
    expect(JSON.stringify(first?.documentation)).toContain("'10.0.0.11', # this node");
  });
});

describe('completion in gitlab.rb has snippets', () => {
  it.each([
    ['where a line begins', 'ha_‸', true],
    ['behind a line', "external_url 'http://a.example'\nha_con‸", true],
    ['not among keys', "patroni['ha_‸']", false],
    ['not among values', 'patroni = ha_‸', false],
    ['not in comments', '# ha_‸', false],
  ])('%s', async (_, marked, wanted) => {
    const language = gitlabRbLanguage(await loadParser());
    const at = marked.indexOf('‸');
    const text = marked.replace('‸', '');
    const items = language.features.completion(
      language.read(text, { path: 'gitlab.rb' }),
      positionAt(textLines(text), at),
    );
    const item = items.find(({ label }) => label === 'ha_consul_server');
    expect(item !== undefined).toBe(wanted);
    if (item !== undefined) expect(item.insertTextFormat).toBe(2);
  });
});

describe('completion in Keepalived files has snippets', () => {
  it.each([
    ['blocks in the file itself', 'vrr‸\n', ['vrrp-instance', 'check-haproxy'], ['unicast']],
    [
      'lines in their block',
      'vrrp_instance a {\n  uni‸\n}\n',
      ['unicast', 'track-script'],
      ['vrrp-instance'],
    ],
    ['nothing elsewhere', 'global_defs {\n  rou‸\n}\n', [], ['unicast', 'vrrp-instance']],
    ['nothing behind a keyword', 'vrrp_instance a {\n  state ‸\n}\n', [], ['unicast', 'vrrp-instance']],
    ['nothing in comments', '# ‸\n', [], ['vrrp-instance']],
  ])('%s', (_, marked, wanted, unwanted) => {
    const at = marked.indexOf('‸');
    const text = marked.replace('‸', '');
    const subject = KEEPALIVED_LANGUAGE.read(text, { path: 'keepalived.conf' });
    const position = positionAt(textLines(text), at);
    const labels = prefixes(KEEPALIVED_LANGUAGE.features.completion(subject, position));
    expect(labels).toEqual(expect.arrayContaining(wanted));
    expect(labels.filter((label) => unwanted.includes(label))).toEqual([]);
  });
});

describe('completion in HAProxy files has snippets', () => {
  const offered = (marked: string): string[] => {
    const { subject, position } = open(marked);
    return features
      .completion(subject, position)
      .filter(({ kind }) => kind === 15)
      .map(({ label }) => label);
  };

  it.each([
    ['sections at the margin', 'global\n\ngit‸', 'gitlab-https-passthrough', true],
    ['no sections where a line is indented', 'listen a\n    git‸', 'gitlab-https-passthrough', false],
    ['lines of backends', 'backend a\n    ‸', 'check-gitlab', true],
    ['no lines of backends in frontends', 'frontend a\n    ‸', 'check-gitlab', false],
    ['nothing behind a keyword', 'frontend a\n    bind ‸', 'rate-limit-clients', false],
  ])('%s', (_, marked, prefix, wanted) => {
    expect(offered(marked).includes(prefix)).toBe(wanted);
  });
});
