import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SECTION_NAMES } from '../../../src/languages/haproxy/syntax/document';
import { snippetFile } from '../../../src/languages/core/snippets/snippet-file';
import { HAPROXY_SNIPPETS } from '../../../src/languages/haproxy/snippets/items';
import { KEEPALIVED_SNIPPETS } from '../../../src/languages/keepalived/snippets/items';
import { grammar } from './tokenize';

const colours = new Map<string, (text: string) => string[]>();
beforeAll(async () => {
  for (const language of ['haproxy', 'keepalived'] as const) colours.set(language, await grammar(language));
});
const tokens = (language: string, text: string): string[] => colours.get(language)?.(text) ?? [];

describe('the grammar of HAProxy colours', () => {
  it.each([
    [
      'sections',
      'backend app from base # why',
      'backend=keyword.control.section app=entity.name.section from=keyword.other base=entity.name.section # why=comment.line.number-sign',
    ],
    [
      'keywords and what they are about',
      '  timeout client 30s',
      'timeout=keyword.other client=support.function 30s=constant.numeric',
    ],
    [
      'negations',
      '  no option httpclose',
      'no=keyword.operator.word option=keyword.other httpclose=support.function',
    ],
    [
      'servers',
      '  server node1 10.0.0.1:80 check inter 2s',
      'server=keyword.other node1=entity.name.tag.server 10.0.0.1:80=constant.numeric.address 2s=constant.numeric',
    ],
    [
      'ACLs',
      '  acl api path_beg -i /api',
      'acl=keyword.other api=entity.name.function.acl -i=keyword.operator.flag /api=string.unquoted.path',
    ],
    [
      'conditions',
      '  use_backend app if api !{ src 10.0.0.0/8 } or x',
      'use_backend=keyword.other app=entity.name.section if=keyword.control.condition !=keyword.operator.logical {=punctuation.section.braces 10.0.0.0/8=constant.numeric.address }=punctuation.section.braces or=keyword.control.condition',
    ],
    [
      'expressions',
      '  http-request set-header X %[req.hdr(host),lower]',
      'http-request=keyword.other set-header=support.function %[=meta.embedded.expression req.hdr=support.function.sample (=meta.embedded.expression host=support.function.sample )=meta.embedded.expression ,=punctuation.separator lower=support.function.sample ]=meta.embedded.expression',
    ],
    ['aliases of log formats', '  log-format %ci', 'log-format=keyword.other %ci=variable.other.log-format'],
    [
      'variables of the environment',
      '  bind "${ADDRESS}:80"',
      'bind=keyword.other "=string.quoted.double ${ADDRESS}=variable.other.environment :80=string.quoted.double "=string.quoted.double',
    ],
    [
      'escapes',
      '  log-format a\\ \\#b',
      'log-format=keyword.other \\=constant.character.escape \\#=constant.character.escape',
    ],
    [
      'conditional blocks',
      '.if version_atleast(3.0)',
      '.if=keyword.control.directive version_atleast=support.function.sample 3.0=constant.numeric',
    ],
  ])('%s', (_, text, expected) => {
    expect(tokens('haproxy', text).join(' ')).toBe(expected);
  });

  it.each([
    'log-format "a',
    "log-format 'a",
    'http-request set-header X %[src,x(',
    'server a\\',
    '.if "a',
    'backend "a',
  ])('each line by itself, also behind %s', (line) => {
    expect(tokens('haproxy', `${line}\n  mode http`).at(-1)).toBe('mode=keyword.other');
  });

  it('every section of every version', () => {
    for (const name of SECTION_NAMES)
      expect(tokens('haproxy', name)).toEqual([`${name}=keyword.control.section`]);
  });
});

describe('the grammar of Keepalived colours', () => {
  it.each([
    [
      'blocks',
      'vrrp_instance gitlab {',
      'vrrp_instance=keyword.control.block gitlab=entity.name.section {=punctuation.section.block',
    ],
    ['states', '  state BACKUP', 'state=keyword.other BACKUP=constant.language'],
    ['numbers', '  priority 100', 'priority=keyword.other 100=constant.numeric'],
    ['addresses', '    10.0.0.100/24 dev eth0', '10.0.0.100/24=constant.numeric.address dev=keyword.other'],
    ['addresses of both families', '    2001:db8::1/64', '2001:db8::1/64=constant.numeric.address'],
    [
      'strings',
      '  script "/bin/true"',
      'script=keyword.other "=string.quoted.double /bin/true=string.quoted.double "=string.quoted.double',
    ],
    ['comments of both kinds', '# a\n! b', '# a=comment.line ! b=comment.line'],
    [
      'comments behind a line',
      '  advert_int 1 # b',
      'advert_int=keyword.other 1=constant.numeric # b=comment.line',
    ],
    ['definitions', '$IF=eth0', '$IF=variable.other.definition ==keyword.operator.assignment'],
    [
      'conditions of a line',
      '@node1 priority 100',
      '@node1=keyword.control.condition priority=keyword.other 100=constant.numeric',
    ],
    [
      'blocks in one line',
      '  authentication { auth_type AH }',
      'authentication=keyword.other {=punctuation.section.block AH=constant.language }=punctuation.section.block',
    ],
  ])('%s', (_, text, expected) => {
    expect(tokens('keepalived', text).join(' ')).toBe(expected);
  });
});

describe('the grammars', () => {
  it.each([
    ['haproxy', HAPROXY_SNIPPETS],
    ['keepalived', KEEPALIVED_SNIPPETS],
  ] as const)('of %s know the first word of every line of the snippets', (language, snippets) => {
    for (const line of snippets.flatMap((snippet) => snippetFile(snippet).split('\n'))) {
      const [first = ''] = line.trim().split(/[\s]+/);
      if (first === '') continue;
      const [token = ''] = tokens(language, line);
      expect(token, line).toMatch(/=(keyword|comment|punctuation|constant)/);
    }
  });

  it.each(['haproxy', 'keepalived'])('have a configuration of the language: %s', (language) => {
    const text = readFileSync(new URL(`../../../media/languages/${language}.json`, import.meta.url), 'utf8');
    const configuration: unknown = JSON.parse(text);
    expect(configuration).toMatchObject({ comments: { lineComment: '#' } });
    const pattern = new RegExp((configuration as { wordPattern: string }).wordPattern, 'g');
    expect('use_backend set-header node1'.match(pattern)).toEqual(['use_backend', 'set-header', 'node1']);
  });
});
