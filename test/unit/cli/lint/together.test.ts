import { cpSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { run } from '../cli';
import { lintFolder } from './lint-folder';

const here = lintFolder();
const { write, lint, findings } = here;

describe('the files of a workspace together', () => {
  const sample = (path: string): string =>
    readFileSync(new URL(`../../../../lab/sample/${path}`, import.meta.url), 'utf8');
  const between = (): string[] =>
    findings()
      .filter(({ code }) => /^(LAB|WSP)/.test(code))
      .map(({ code, file, range }) => `${code} ${file}:${range.start.line + 1}`);

  beforeEach(() => {
    cpSync(new URL('../../../../lab/sample', import.meta.url), here.folder, { recursive: true });
    write(
      'nodes/node2/gitlab.rb',
      sample('nodes/node2/gitlab.rb').replace('bootstrap_expect: 3', 'bootstrap_expect: 2'),
    );
  });

  it('are compared when the folder is checked, with paths as they were asked for', async () => {
    expect(await lint('--format', 'json')).toBe(3);
    expect(between()).toEqual(['LAB026 nodes/node2/gitlab.rb:23']);
  });

  it.each([
    ['nodes/node2/gitlab.rb', ['LAB026 nodes/node2/gitlab.rb:23']],
    ['nodes/node1/gitlab.rb', []],
    ['nodes', ['LAB026 nodes/node2/gitlab.rb:23']],
  ])('of %s only its own findings are told', async (path, expected) => {
    await run(here.fake, 'lint', join(here.folder, path), '--format', 'json');
    expect(between()).toEqual(expected);
  });

  it('a comment silences one, and what the lab does otherwise is not told', async () => {
    const text = sample('nodes/node2/gitlab.rb').replace(
      'bootstrap_expect: 3,',
      'bootstrap_expect: 2, # ha-lab: ignore LAB026, GLR113 two for now',
    );
    write('nodes/node2/gitlab.rb', `${text}nginx['listen_port'] = 80\n`);
    await lint('--format', 'json');
    expect(between()).toEqual([]);
  });

  it('a file that is missing, too large or a link is told with its name', async () => {
    rmSync(join(here.folder, 'nodes/node1/gitlab.rb'));
    write('nodes/node3/gitlab.rb', '# comment\n'.repeat(110_000));
    rmSync(join(here.folder, 'haproxy/haproxy.cfg'));
    symlinkSync('/etc/hostname', join(here.folder, 'haproxy/haproxy.cfg'));
    await lint('--format', 'json');
    expect(between()).toEqual([
      'WSP009 haproxy/haproxy.cfg:1',
      'WSP008 nodes/node3/gitlab.rb:1',
      'WSP002 nodes/node1/gitlab.rb:1',
    ]);
  });
});
