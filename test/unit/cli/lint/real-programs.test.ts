import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lintFolder, RIGHT_PROXY, WRONG_PROXY } from './lint-folder';

const here = lintFolder();
const { write, lint } = here;

describe('asking the real programs', () => {
  it('adds what they say at its line, and who judged', async () => {
    write('haproxy.cfg', RIGHT_PROXY);
    write('gitlab.rb', "external_url 'https://gitlab.example.net'\n");
    here.labs.verdict = {
      banner: 'HAProxy version 3.0.11-1 2026/11/18',
      exitCode: 1,
      output: "[ALERT]    (1) : config : parsing [/tmp/haproxy.cfg:16] : 'server node1' : something new\n",
    };
    expect(await lint('--verify')).toBe(3);
    expect(here.labs.calls).toEqual([`judge haproxy: ${RIGHT_PROXY.length} characters`]);
    expect(here.fake.out).toMatch(
      /^haproxy\.cfg:16:5 error haproxy -c HAProxy: 'server node1' : something new\.$/m,
    );
    expect(here.fake.err).toContain("haproxy.cfg: refused by haproxy 3.0.11 (in the lab's image).\n");
  });
});

it('the programs judge the files as they are after a repair', async () => {
  write('haproxy.cfg', WRONG_PROXY);
  here.labs.verdict = { banner: 'HAProxy version 3.0.11-1 2026/11/18', exitCode: 0, output: '' };
  expect(await lint('--fix', '--verify')).toBe(0);
  expect(here.labs.calls).toEqual([`judge haproxy: ${RIGHT_PROXY.length} characters`]);
});

describe('asking the programs of this machine', () => {
  // No program is in the PATH: whether one would be run is told by what is said then.
  beforeEach(() => vi.stubEnv('PATH', here.folder));
  afterEach(() => void vi.unstubAllEnvs());

  it.each([
    ['Lua', 'global\n    lua-load x.lua\n', 'lua-load', 2],
    ['Lua in a branch nobody takes', '.if false\nglobal\n lua-load x.lua\n.endif\n', 'lua-load', 3],
    ['Lua in quotes', 'global\n    "lua-load" x.lua\n', '"lua-load"', 2],
    ['modules', 'global\n    lua-prepend-path /x/?.so cpath\n', 'lua-prepend-path', 2],
    ['a library', 'global\n    ssl-engine /x.so\n', 'ssl-engine', 2],
    ['what only the environment tells', 'global\n    "${WHAT}" x.lua\n', '"${WHAT}"', 2],
  ])('refuses a file that would run %s', async (_case, text, directive, line) => {
    write('haproxy.cfg', text);
    expect(await lint('--verify', 'local')).toBe(2);
    expect(here.fake.err).toContain(
      `error: haproxy.cfg: "${directive}" in line ${line} would run code on this machine while haproxy checks the file.`,
    );
    expect(here.fake.err).toContain('--allow-code');
  });

  it.each([
    ['a file that runs nothing', RIGHT_PROXY, []],
    ['a comment that speaks of it', '# lua-load x.lua\n', []],
    ['a file that would, when you say so', 'global\n    lua-load x.lua\n', ['--allow-code']],
  ])('asks about %s', async (_case, text, more) => {
    write('haproxy.cfg', text);
    expect(await lint('--verify', 'local', ...more)).toBe(1);
    expect(here.fake.err).toContain('There is no program haproxy.');
  });
});
