import { describe, expect, test } from 'vitest';
import { changedPorts } from '../../../../src/services/changed-ports';
import { brief, readWith } from '../../workspace/workspace-sample';

/** The settings of node1 with these lines in its gitlab.rb, and what is said about the file. */
async function reading(lines: string) {
  const { spec, findings } = await readWith(lines);
  return { settings: spec?.nodes[0]?.settings, said: findings.map(brief) };
}

describe('Git storage in gitlab.rb', () => {
  test('is taken as the programs take it, without tokens and passwords', async () => {
    const { settings, said } = await reading(`
      gitaly['configuration'] = {
        listen_addr: '0.0.0.0:9075',
        auth: { token: 'internal', transitioning: false },
        storage: [{ name: 'gitaly-9', path: '/mnt/git' }],
      }
      praefect['configuration'] = {
        listen_addr: '0.0.0.0:3305',
        auth: { token: 'external' },
        database: { host: '10.0.0.9', port: 5432, password: 'secret' },
        virtual_storage: [{ name: 'default', node: [{ storage: 'gitaly-9', address: 'tcp://10.0.0.9:9075', token: 'internal' }] }],
      }
      gitlab_rails['repositories_storages'] = { 'default' => { 'gitaly_address' => 'tcp://10.0.0.9:3305', 'gitaly_token' => 'external' } }
    `);
    expect(said).toEqual([]);
    expect(settings?.gitaly.configuration).toEqual({
      listen_addr: '0.0.0.0:9075',
      auth: { transitioning: false },
      storage: [{ name: 'gitaly-9', path: '/mnt/git' }],
    });
    expect(settings?.praefect).toEqual({
      configuration: {
        listen_addr: '0.0.0.0:3305',
        auth: {},
        database: { host: '10.0.0.9', port: 5432 },
        virtual_storage: [
          { name: 'default', node: [{ storage: 'gitaly-9', address: 'tcp://10.0.0.9:9075' }] },
        ],
      },
      repositoryStorages: { default: { gitaly_address: 'tcp://10.0.0.9:3305' } },
    });
    expect(settings && changedPorts(settings)).toMatchObject({
      gitaly: { gitaly: 9075 },
      praefect: { praefect: 3305 },
    });
  });

  test.each([
    ["user: 'prae'", []],
    ["user: 'prae', dbname: 'repositories'", []],
    ["user: 'gitlab'", ["names 'gitlab' for Praefect's database, which is the application's own"]],
    ["user: 'pgbouncer'", ["is 'pgbouncer', an account that the cluster needs for itself"]],
    [
      "dbname: 'gitlabhq_production'",
      ["names 'gitlabhq_production' for Praefect's database, which is the application's own"],
    ],
    ["dbname: 'postgres'", ["is 'postgres', a database that PostgreSQL makes for itself"]],
  ])("Praefect's database { %s }", async (entries, problems) => {
    const { said } = await reading(`praefect['configuration'] = { database: { ${entries} } }`);
    expect(said).toHaveLength(problems.length);
    for (const [index, problem] of problems.entries()) expect(said[index]).toContain(problem);
    expect(said.every((one) => one.includes('LAB002'))).toBe(true);
  });

  test('may have secrets that nobody can know without running Ruby, and nothing else of that kind', async () => {
    const secret = await reading("gitaly['configuration'] = { auth: { token: File.read('/etc/token') } }");
    expect(secret.said).toEqual([]);
    const unknown = await reading("gitaly['configuration'] = { listen_addr: File.read('/etc/address') }");
    expect(unknown.said).toEqual([expect.stringContaining('LAB001')]);
    const text = await reading("praefect['configuration'] = 'none'");
    expect(text.said).toEqual([expect.stringContaining('LAB002')]);
  });
});
