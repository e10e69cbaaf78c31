import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../cli';
import { lintFolder, RIGHT_PROXY } from './lint-folder';

const here = lintFolder();
const { write, lint, findings } = here;

const at = RIGHT_PROXY.indexOf('frontend');
const cut = RIGHT_PROXY.lastIndexOf('backend app');
const GLOBAL = RIGHT_PROXY.slice(0, at);
const FRONTEND = RIGHT_PROXY.slice(at, cut);
const BACKEND = RIGHT_PROXY.slice(cut);

const told = (): string[] =>
  findings()
    .filter(({ severity }) => severity !== 'hint')
    .map(({ code, file, range }) => `${code} ${file}:${range.start.line + 1}`);

describe('HAProxy in several files', () => {
  it.each([
    ['conf.d/00-global.cfg', 'conf.d/10-frontend.cfg', 'conf.d/20-backend.cfg'],
    ['haproxy.cfg', 'conf.d/frontend.cfg', 'conf.d/backend.cfg'],
    ['haproxy_global.cfg', 'haproxy_frontend.cfg', 'haproxy_backend.cfg'],
  ])('is one configuration: %s, %s, %s', async (base, front, back) => {
    write(`haproxy/${base}`, GLOBAL);
    const named = write(`haproxy/${front}`, FRONTEND);
    write(`haproxy/${back}`, BACKEND);
    expect([await lint(), here.fake.out, here.fake.err]).toEqual([0, '', 'No findings in 3 files.\n']);
    here.renew();
    expect([await run(here.fake, 'lint', named), here.fake.out]).toEqual([0, '']);
  });

  it('what is wrong stands in its file, at its line', async () => {
    write('haproxy/conf.d/0.cfg', GLOBAL);
    write(
      'haproxy/conf.d/1.cfg',
      `# comment\n${FRONTEND.replace('default_backend app', 'default_backend apq')}`,
    );
    write('haproxy/conf.d/2.cfg', `    option httplog\n${BACKEND}.if 1\n`.slice(0, -1));
    write('haproxy/conf.d/3.cfg', `backend app\n    server a 10.0.0.12:80 check\n.endif\n`);
    expect(await lint('--format', 'json')).toBe(3);
    expect(told()).toEqual([
      'HAP041 haproxy/conf.d/1.cfg:4',
      'HAP008 haproxy/conf.d/2.cfg:1',
      'HAP303 haproxy/conf.d/2.cfg:2',
      'HAP027 haproxy/conf.d/2.cfg:4',
      'HAP004 haproxy/conf.d/2.cfg:4',
      'HAP045 haproxy/conf.d/3.cfg:1',
      'HAP303 haproxy/conf.d/3.cfg:1',
      'HAP027 haproxy/conf.d/3.cfg:3',
    ]);
  });

  it('a repair knows the other files, and what was repaired in them', async () => {
    write('haproxy/conf.d/0.cfg', GLOBAL);
    const file = write('haproxy/conf.d/1.cfg', FRONTEND.replace('default_backend', 'default_backnd'));
    write('haproxy/conf.d/2.cfg', BACKEND);
    expect(await lint('--fix')).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(FRONTEND);
    expect(here.fake.out).toBe('');
  });

  it('what a later repair makes right in a file that was checked before is not told any more', async () => {
    write('haproxy/conf.d/0.cfg', GLOBAL);
    write('haproxy/conf.d/1.cfg', `${FRONTEND.trimEnd()}\n    use_backend other if { path_beg /other }\n`);
    write(
      'haproxy/conf.d/2.cfg',
      `${BACKEND.replace('app', 'other')}\n${BACKEND.replace('backend', 'backnd')}`,
    );
    expect([await lint('--fix'), here.fake.out]).toEqual([0, '']);
    expect(here.fake.err).toContain('haproxy/conf.d/2.cfg: 1 finding repaired.');
  });

  it('the parts in a folder that is named are checked whatever they are called, below it alone', async () => {
    write('lb/haproxy.cfg', GLOBAL + FRONTEND);
    write('lb/conf.d/app.cfg', BACKEND.replace('server', 'sever'));
    expect(await run(here.fake, 'lint', join(here.folder, 'lb'), '--format', 'json')).toBe(3);
    expect(told()).toEqual(['HAP010 lb/conf.d/app.cfg:2']);
    here.renew();
    expect(await run(here.fake, 'lint', join(here.folder, 'lb', 'haproxy.cfg'))).toBe(0);
    expect(here.fake.err).toBe('No findings in 1 file.\n');
  });

  it('a comment that silences a file silences that file', async () => {
    write(
      'haproxy/conf.d/0.cfg',
      `# ha-lab: ignore-file HAP303 kept for later\n${GLOBAL}backend a\n    server a 10.0.0.1:80 check\n`,
    );
    write('haproxy/conf.d/1.cfg', `${FRONTEND}${BACKEND}backend b\n    server a 10.0.0.1:80 check\n`);
    await lint('--format', 'json');
    expect(told()).toEqual(['HAP303 haproxy/conf.d/1.cfg:7']);
  });

  it('is what was named, or nothing, where that is asked for', async () => {
    const files = [
      ['b/haproxy.cfg', GLOBAL],
      ['a/haproxy.cfg', FRONTEND + BACKEND],
    ].map(([path = '', text = '']) => write(path, text));
    expect(await run(here.fake, 'lint', ...files, '--haproxy-files', 'together')).toBe(0);
    expect(here.fake.out).toBe('');
    write('c/haproxy/conf.d/0.cfg', GLOBAL);
    write('c/haproxy/conf.d/1.cfg', FRONTEND);
    here.renew();
    const apart = ['--haproxy-files', 'apart', '--format', 'json'];
    expect(await run(here.fake, 'lint', join(here.folder, 'c'), ...apart)).toBe(3);
    expect(told()).toContain('HAP041 c/haproxy/conf.d/1.cfg:3');
  });
});

it('Keepalived is read with the files it includes', async () => {
  write(
    'keepalived/keepalived.conf',
    'include scripts.conf\nvrrp_instance V {\n    track_script {\n        chk\n    }\n}\n',
  );
  write('keepalived/scripts.conf', 'vrrp_script chk {\n    script "/bin/true"\n    bogus 1\n}\n');
  await lint('--format', 'json');
  expect(told()).toContain('KAD001 keepalived/scripts.conf:3');
  expect(told().filter((one) => one.startsWith('KAD031'))).toEqual([]);
});
