import { describe, expect, it } from 'vitest';
import { besidePath, includedFiles } from '../../../../../src/languages/gitlab-rb/evaluate/included-files';
import { lintGitlabRb } from '../../../../../src/languages/gitlab-rb/lint';
import { readGitlabRb, type GitlabRbSubject } from '../../../../../src/languages/gitlab-rb/subject';
import { loadParser } from '../../../../../tools/fuzz/parser';

const parser = await loadParser();

async function read(text: string, files: Readonly<Record<string, string>>): Promise<GitlabRbSubject> {
  const included = await includedFiles(text, (path) => Promise.resolve(files[path]));
  return readGitlabRb(parser, text, 'gitlab.rb', '19.3', included);
}

async function valueOf(text: string, files: Readonly<Record<string, string>>): Promise<unknown> {
  const value = (await read(text, files)).value('redis', 'port');
  return value === undefined || !('value' in value) ? value?.kind : value.value;
}

describe('a configuration in several files', () => {
  it.each([
    ['what the other file sets', "from_file 'b.rb'\n", { 'b.rb': "redis['port'] = 1\n" }, 1],
    [
      'what is written after it wins',
      "from_file 'b.rb'\nredis['port'] = 2\n",
      { 'b.rb': "redis['port'] = 1\n" },
      2,
    ],
    [
      'what is read after it wins',
      "redis['port'] = 2\nfrom_file 'b.rb'\n",
      { 'b.rb': "redis['port'] = 1\n" },
      1,
    ],
    [
      'a file of a file',
      "from_file 'b.rb'\n",
      { 'b.rb': "from_file 'c.rb'\n", 'c.rb': "redis['port'] = 3\n" },
      3,
    ],
    [
      'what it was given before',
      "redis['a'] = 4\nfrom_file 'b.rb'\n",
      { 'b.rb': "redis['port'] = redis['a']\n" },
      4,
    ],
    ['variables are of their own file', "port = 5\nfrom_file 'b.rb'\n", { 'b.rb': 'port = 6\n' }, undefined],
    [
      'a folder of GitLab is beside',
      "from_file '/etc/gitlab/conf/b.rb'\n",
      { 'conf/b.rb': "redis['port'] = 7\n" },
      7,
    ],
    ['one that is not there', "from_file 'b.rb'\n", {}, undefined],
    [
      'files that read each other',
      "from_file 'b.rb'\n",
      { 'b.rb': "from_file 'b.rb'\nredis['port'] = 8\n" },
      8,
    ],
  ])('%s', async (_, text, files, expected) => {
    expect(await valueOf(text, files)).toBe(expected);
  });

  it('what is missing is missing only when all files were read', async () => {
    const text = "roles ['redis_sentinel_role']\nfrom_file 'b.rb'\n";
    const missing = async (files: Record<string, string>): Promise<string[]> =>
      lintGitlabRb(await read(text, files), 'gitlab.rb')
        .filter(({ code }) => code === 'GLR160')
        .map(({ message }) => /redis\['\w+'\]/.exec(message)?.[0] ?? '');
    expect(await missing({})).toEqual([]);
    expect(await missing({ 'b.rb': '' })).toEqual(["redis['master_ip']", "redis['master_password']"]);
    expect(await missing({ 'b.rb': "redis['master_ip'] = '10.0.0.11'\n" })).toEqual([
      "redis['master_password']",
    ]);
    expect(await missing({ 'b.rb': "redis['broken' = 1\n" })).toEqual([]);
  });

  it('a fault in the other file is told where it is read, and is not repaired over that', async () => {
    const text = "roles ['patroni_role']\nfrom_file 'b.rb'\n";
    const files = {
      'b.rb': "patroni['loop_wait'] = 10\npatroni['retry_timeout'] = 10\npatroni['ttl'] = 20\n",
    };
    const finding = lintGitlabRb(await read(text, files), 'gitlab.rb').find(({ code }) => code === 'GLR068');
    expect(finding?.range.start.line).toBe(1);
    expect(finding?.fix).toBeUndefined();
  });

  it.each([
    ['/etc/gitlab/extra.rb', 'extra.rb'],
    ['/etc/gitlab/conf.d/a.rb', 'conf.d/a.rb'],
    ['/srv/gitlab/a.rb', 'a.rb'],
    ['./a.rb', 'a.rb'],
    ['conf/a.rb', 'conf/a.rb'],
  ])('%s lies beside as %s', (path, expected) => {
    expect(besidePath(path)).toBe(expected);
  });

  it('nothing outside the folder is read', async () => {
    const asked: string[] = [];
    await includedFiles("from_file '../../secret.rb'\n# from_file 'x.rb'\n", (path) => {
      asked.push(path);
      return Promise.resolve('');
    });
    expect(asked).toEqual([]);
  });
});
