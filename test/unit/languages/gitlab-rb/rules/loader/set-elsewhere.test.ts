import { describe, expect, it } from 'vitest';
import { lintText, repaired } from '../../linted';

/** What is told of a rule's findings, and whether a repair is offered. */
const toldOf = (code: string, text: string): string[] =>
  lintText(text).flatMap((one) =>
    one.code === code ? [`${one.remedy}${one.fix === undefined ? '' : ' (fix)'}`] : [],
  );
const HOST = "gitlab_rails['db_host'] = '10.0.0.1'\n";
const left = (name: string, line = 1): string[] => [
  `Line ${line} sets ${name}: remove this line, or that one.`,
];

describe('a line without effect is not made one that wins over another line', () => {
  it.each([
    ['GLR004', `${HOST}gitlab_rails['db_hots'] = '10.0.0.2'\n`, "gitlab_rails['db_host']"],
    ['GLR004', "puma['worker_processes'] = 4\npuma['worker_process'] = 2\n", "puma['worker_processes']"],
    ['GLR004', "letsencrypt['enable'] = false\nletsencrypt['enabel'] = true\n", "letsencrypt['enable']"],
    [
      'GLR004',
      "patroni['postgresql']['max_connections'] = 300\npatroni['postgresq'] = { 'max_wal_senders' => 8 }\n",
      "patroni['postgresql']",
    ],
    ['GLR005', "nginx['enable'] = true\nnginx['enabled'] = false\n", "nginx['enable']"],
    ['GLR018', `${HOST}gitlab_rails['db_host'] == '10.0.0.2'\n`, "gitlab_rails['db_host']"],
    ['GLR018', `${HOST}gitlab_rails['db_host'] => '10.0.0.2'\n`, "gitlab_rails['db_host']"],
    [
      'GLR002',
      "external_url 'http://a.example.net'\nexternal_url = 'http://b.example.net'\n",
      'external_url',
    ],
    ['GLR001', "external_url 'http://a.example.net'\nexternl_url 'http://b.example.net'\n", 'external_url'],
    ['GLR001', `${HOST}gitlab_rail['db_host'] = '10.0.0.2'\n`, "gitlab_rails['db_host']"],
    [
      'GLR008',
      "puma['worker_timeout'] = 60\ngitlab['puma']['worker_timeout'] = 90\n",
      "puma['worker_timeout']",
    ],
  ])('%s %s', (code, text, name) => {
    expect(toldOf(code, text)).toEqual(left(name));
    // Whichever line comes first.
    const [first = '', second = ''] = text.split('\n');
    if (code !== 'GLR018') expect(toldOf(code, `${second}\n${first}\n`)).toEqual(left(name, 2));
  });

  it('two variables of one setting', () => {
    const text = "external_url = 'http://a.example.net'\nexternal_url = 'http://b.example.net'\n";
    expect(toldOf('GLR002', text).filter((one) => one.endsWith('(fix)'))).toEqual([]);
  });

  it.each([
    [
      'GLR004',
      "gitlab_rails['db_port'] = 5432\ngitlab_rails['db_hots'] = '10.0.0.2'\n",
      'db_hots',
      'db_host',
    ],
    [
      'GLR004',
      "praefect['configuration'] = { virtual_storage: [{ name: 'a', node: [] }, { name: 'b', nodes: [] }] }\n",
      'nodes',
      'node',
    ],
    ['GLR018', "puma['worker_processes'] = 4\npuma['worker_timeout'] == 90\n", '==', '='],
  ])('a key that no other line sets is repaired: %s %s', (code, text, from, to) => {
    expect(repaired(text, code)).toBe(text.replace(from, to));
  });
});
