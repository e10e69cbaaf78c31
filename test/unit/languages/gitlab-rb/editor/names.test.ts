import { describe, expect, it } from 'vitest';
import { features, read } from './editor';

function uses(text: string): string[] {
  const lines = text.split('\n');
  return features
    .symbolUses(read(text))
    .map(({ kind, name, role, range, scope }) => {
      const written = (lines[range.start.line] ?? '').slice(range.start.character, range.end.character);
      return `${range.start.line}:${range.start.character} ${kind} ${name} ${role} "${written}" ${scope ?? ''}`.trim();
    })
    .sort();
}

const rename = (text: string, name: string, to: string): string | undefined => {
  const subject = read(text);
  const symbol = features.symbolUses(subject).find((one) => one.name === name);
  if (symbol === undefined) throw new Error(`No symbol ${name}`);
  return features.refuseRename?.(subject, symbol, to)?.refused;
};

describe('names in gitlab.rb', () => {
  it('finds variables where they are written and read', () => {
    expect(uses("ip = '10.0.0.1'\nputs ip\n")).toEqual([
      '0:0 variable ip definition "ip" file',
      '1:5 variable ip use "ip" file',
    ]);
  });

  it('tells variables of a block from those of the file', () => {
    const scopes = uses('x = 1\n[1].each { |x| puts x }\nputs x\n').map(
      (line) => line.split(' ').slice(0, 4).join(' ') + line.slice(line.lastIndexOf(' ')),
    );
    expect(new Set(scopes.map((line) => line.split(' ').at(-1))).size).toBe(2);
  });

  it('finds a setting that is assigned twice, also inside a hash', () => {
    expect(
      uses("gitaly['configuration'] = { listen_addr: 'a' }\ngitaly['configuration'][:listen_addr] = 'b'\n"),
    ).toEqual([
      `0:28 setting gitaly['configuration']['listen_addr'] definition "listen_addr"`,
      `0:8 setting gitaly['configuration'] definition "configuration"`,
      `1:25 setting gitaly['configuration']['listen_addr'] definition "listen_addr"`,
    ]);
  });

  it('finds settings that are read', () => {
    expect(uses("redis['port'] = 1\nputs redis['port']\n")).toEqual([
      `0:7 setting redis['port'] definition "port"`,
      `1:12 setting redis['port'] use "port"`,
    ]);
  });

  it.each([
    ['ip', 'address', undefined],
    ['ip', 'Address', 'begins with a small letter'],
    ['ip', 'end', 'a word of Ruby'],
    ['ip', 'redis', 'a setting of GitLab'],
    ['ip', 'puts', 'a method of Ruby'],
    ['ip', 'port', 'a variable "port" already'],
    ["redis['port']", 'x', 'a name of GitLab'],
  ])('renaming %s to %s: %s', (name, to, refused) => {
    const found = rename("ip = '10.0.0.1'\nport = 1\nredis['port'] = port\nredis['bind'] = ip\n", name, to);
    if (refused === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(refused);
  });
});

describe('colours in gitlab.rb', () => {
  it('marks roots, keys, roles and variables; removed ones as deprecated', () => {
    const text = [
      "roles ['patroni_role']",
      "ip = '10.0.0.1'",
      "patroni['ttl'] = 30",
      "nginx['listen_port'] = 80",
      "grafana['enable'] = true",
      "patroni['no_such'] = ip",
      "gitaly['configuration'] = { listen_addr: 'x' }",
    ].join('\n');
    const lines = text.split('\n');
    const tokens = features.semanticTokens?.(read(text)).map(({ range, type, modifiers }) => {
      const word = (lines[range.start.line] ?? '').slice(range.start.character, range.end.character);
      return [word, type, ...(modifiers ?? [])].join(' ');
    });
    expect(tokens).toEqual([
      'roles namespace defaultLibrary',
      'patroni_role enumMember defaultLibrary',
      'ip variable declaration',
      'patroni namespace defaultLibrary',
      'ttl property defaultLibrary',
      'nginx namespace defaultLibrary',
      'listen_port property deprecated',
      'grafana namespace deprecated',
      'enable property deprecated',
      'patroni namespace defaultLibrary',
      'no_such property',
      'ip variable',
      'gitaly namespace defaultLibrary',
      'configuration property defaultLibrary',
      'listen_addr property defaultLibrary',
    ]);
  });
});

describe('links in gitlab.rb', () => {
  it('leads to the files that are read', () => {
    const links = features.documentLinks?.(read("from_file '/etc/gitlab/more.rb'\nfrom_file path\n"));
    expect(links).toEqual([
      {
        range: { start: { line: 0, character: 11 }, end: { line: 0, character: 30 } },
        tooltip: 'Open the file',
        data: '/etc/gitlab/more.rb',
      },
    ]);
  });
});
