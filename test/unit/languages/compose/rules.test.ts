import { describe, expect, it } from 'vitest';
import { readComposeFile } from '../../../../src/languages/compose/compose-file';
import { lintCompose } from '../../../../src/languages/compose/rules';
import { applyFixes } from '../../../../src/languages/core/rules/apply-fixes';
import { COMPOSE_CATALOGUE } from '../../../../src/workspace/catalogue';
import { describePages } from '../core/rules/rule-pages';

const lint = (text: string, variables = {}) =>
  lintCompose(readComposeFile(text, variables), 'docker-compose.yml');

describePages({ prefix: 'CMP', fence: 'yaml', rules: COMPOSE_CATALOGUE, lint: ({ text }) => lint(text) });

const told = (text: string, variables = {}): string[] =>
  lint(text, variables).map(({ code, range }) => {
    const line = text.split('\n')[range.start.line] ?? '';
    return `${range.start.line + 1}: ${code} ${line.slice(range.start.character, range.end.line > range.start.line ? undefined : range.end.character)}`;
  });

const service = (ruby: string): string =>
  `services:\n  web:\n    image: gitlab/gitlab-ce:18.8.2-ce.0\n    environment:\n      GITLAB_OMNIBUS_CONFIG: |\n        ${ruby.replaceAll('\n', '\n        ')}\n`;

describe('a compose file that is no YAML', () => {
  it.each([
    [
      'a line less indented than the text it belongs to',
      service('a 1').replace('|\n  ', '|\n    ') + '        b 2\n',
      ['7: CMP001 b 2'],
    ],
    ['a tab', 'services:\n\tweb: {}\n', ['2: CMP001 web: {}']],
    [
      'a quote that is not closed',
      "services:\n  web:\n    image: 'x\n    ports: [80]\n",
      ["3: CMP001 image: 'x"],
    ],
    ['a key twice', 'services:\n  web:\n    image: a\n    image: b\n', ['4: CMP001 image: b']],
    ['a value with a colon', 'services:\n  web: image: x\n', ['2: CMP001 web: image: x']],
    ['two documents', 'services: {}\n---\nservices: {}\n', []],
    ['a tag of Compose', 'services:\n  web:\n    ports: !reset null\n', []],
  ])('%s', (_, text, expected) => {
    expect(told(text)).toEqual(expected);
  });
});

describe('dollar signs', () => {
  it.each([
    [
      "nginx['x'] = 'map $http_upgrade $connection_upgrade { }'",
      ['6: CMP003 $http_upgrade', '6: CMP003 $connection_upgrade'],
    ],
    ["nginx['x'] = 'return 301 https://$host$request_uri;'", ['6: CMP003 $host', '6: CMP003 $request_uri']],
    ["nginx['x'] = 'return 301 https://${host};'", ['6: CMP003 ${host}']],
    ["nginx['x'] = 'return 301 https://$$host$$request_uri;'", []],
    [
      "site = <<~X\n  location / {\n    proxy_set_header Host $host;\n  }\nX\nnginx['x'] = site",
      ['8: CMP003 $host'],
    ],
    ["nginx['x'] = {\n  'Host' => '$http_host'\n}", ['7: CMP003 $http_host']],
    ["pages_nginx['log_format'] = '$remote_addr $status'", ['6: CMP003 $remote_addr', '6: CMP003 $status']],
    ["gitlab_rails['env'] = { 'http_proxy' => \"$http_proxy\" }", []],
    ["nginx['x'] = 'proxy_pass $http_proxy;'", []],
    ['external_url "https://$host"\nnginx[\'x\'] = 1', []],
    ["nginx['x'] = 1\ngitlab_rails['env'] = {\n  'A' => '$ssl_dir',\n}", []],
    ["nginx['x'] = 1; gitlab_rails['a'] = '$proxy_host'", []],
    ["gitlab_rails['smtp_password'] = '$auth_token'", []],
    ["token = '$auth_token'", []],
    ["external_url '$SCHEME://${HOST:-git.example.com}'", []],
    ["x['a'] = '${A:-${B:-c}}'", []],
    ["x['a'] = 'x${'", ['6: CMP002 $']],
    ["x['a'] = 'pa$'", ['6: CMP002 $']],
    ["x['a'] = 'pa$1'", ['6: CMP002 $']],
    ["x['a'] = '${A b}'", ['6: CMP002 $']],
    ["x['a'] = '${}'", ['6: CMP002 $']],
    ["nginx['x'] = 'location ~ \\.php$ { }'", ['6: CMP002 $']],
  ])('%s', (ruby, expected) => {
    expect(told(service(ruby))).toEqual(expected);
  });

  it('a variable the .env beside it sets is meant', () => {
    expect(told(service("external_url 'https://$host'"), { host: 'git.example.com' })).toEqual([]);
  });

  it('is doubled by the fix', () => {
    const text = service("nginx['x'] = 'a $host;'");
    expect(applyFixes(text, lint(text)).text).toBe(service("nginx['x'] = 'a $$host;'"));
  });

  it('is silenced by a comment of the Ruby', () => {
    expect(told(service("# ha-lab: ignore CMP003 set by the shell\nnginx['a'] = '$host'"))).toEqual([]);
  });
});
