import { describe, expect, test } from 'vitest';
import { changedPorts } from '../../../../src/services/changed-ports';
import { brief, CLUSTER, read, readWith, rolesOf } from '../../workspace/workspace-sample';

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
    ['user: :gitlab', ["names 'gitlab' for Praefect's database, which is the application's own"]],
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

  const NAMED = "praefect['configuration'] names";
  const OWN = "for Praefect's database, which is the application's own.";

  /** The application's account and database are what gitlab.rb makes of them, on all nodes. */
  test.each([
    ["gitlab_rails['db_username'] = 'app'", "user: 'gitlab'", []],
    ["postgresql['sql_user'] = 'app'", "user: 'gitlab'", []],
    ["gitlab_rails['db_username'] = 'app'", "user: 'app'", [`:3 ${NAMED} 'app' ${OWN}`]],
    ["postgresql['sql_user'] = 'app'", "user: 'app'", [`:3 ${NAMED} 'app' ${OWN}`]],
    ["gitlab_rails['db_database'] = 'app'", "dbname: 'gitlabhq_production'", []],
    ["gitlab_rails['db_database'] = 'app'", "dbname: 'app'", [`:3 ${NAMED} 'app' ${OWN}`]],
    [
      "gitlab_rails['db_username'] = 'praefect'",
      'port: 5432',
      [":2 gitlab_rails['db_username'] is 'praefect', which is Praefect's own for its database."],
    ],
    [
      "postgresql['sql_user'] = 'praefect'",
      'port: 5432',
      [":2 postgresql['sql_user'] is 'praefect', which is Praefect's own for its database."],
    ],
    [
      "gitlab_rails['db_database'] = 'praefect_production'",
      'port: 5432',
      [":2 gitlab_rails['db_database'] is 'praefect_production', which is Praefect's own for its database."],
    ],
    ["gitlab_rails['db_username'] = 'praefect'", "user: 'prae'", []],
  ])('with %s: { %s }', async (application, entries, said) => {
    const all = `${application}\npraefect['configuration'] = { database: { ${entries} } }\n`;
    const files = [0, 1, 2].map(
      (index) => [`nodes/node${index + 1}/gitlab.rb`, rolesOf(index) + all] as const,
    );
    const { findings } = await read({
      ...Object.fromEntries(files),
      'cluster.yaml': `${CLUSTER}lab: { layers: [database, git] }\n`,
    });
    const nodes = ['node1', 'node2', 'node3'];
    expect(findings.filter(({ code }) => code === 'LAB002').map(brief)).toEqual(
      nodes.flatMap((node) => said.map((one) => `error LAB002 nodes/${node}/gitlab.rb${one}`)),
    );
  });

  test("a name that is Praefect's by default is the application's where no Praefect runs", async () => {
    const all = "gitlab_rails['db_username'] = 'praefect'\n";
    const files = [0, 1, 2].map(
      (index) => [`nodes/node${index + 1}/gitlab.rb`, rolesOf(index) + all] as const,
    );
    const { findings } = await read(Object.fromEntries(files));
    expect(findings.map(brief)).toEqual([]);
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
