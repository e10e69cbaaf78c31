import { describe, expect, it } from 'vitest';
import { SetFinder } from '../../../../src/workspace/sets/find-set';
import { memory } from './memory';

const BASE = 'global\n  maxconn 9\ndefaults\n  mode http\n';
const WEB = 'frontend web\n  bind :80\n  default_backend app\n';
const APP = 'backend app\n  server a 10.0.0.1:80\n';
const OTHER = 'backend other\n  server a 10.0.0.1:80\n';
const WHOLE = BASE + WEB + APP;

type Files = Readonly<Record<string, string>>;

async function setOf(files: Files, path: string, said: readonly (readonly string[])[] = []) {
  const whole = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/w/${name}`, text]));
  const set = await new SetFinder().find('haproxy', `/w/${path}`, files[path] ?? '', memory(whole), said);
  return set?.files.map((file) => file.path);
}

describe('a folder that is given to HAProxy', () => {
  const conf = {
    'h/conf.d/20-b.cfg': APP,
    'h/conf.d/10-f.cfg': WEB,
    'h/conf.d/.hidden.cfg': 'x',
    'h/conf.d/note.txt': 'x',
  };

  it('is read in the order of names, visible .cfg files only', async () => {
    const files = { ...conf, 'h/conf.d/00-g.cfg': BASE, 'h/conf.d/A.cfg': OTHER };
    const all = ['00-g', '10-f', '20-b', 'A'].map((name) => `h/conf.d/${name}.cfg`);
    for (const path of all) expect(await setOf(files, path)).toEqual(all);
  });

  it('comes behind the file beside it that has the base', async () => {
    const files = { ...conf, 'h/haproxy.cfg': BASE };
    const all = ['h/haproxy.cfg', 'h/conf.d/10-f.cfg', 'h/conf.d/20-b.cfg'];
    for (const path of all) expect(await setOf(files, path)).toEqual(all);
  });

  it('is followed by other such folders', async () => {
    const files = { 'h/haproxy.cfg': BASE, 'h/backends.d/b.cfg': APP, 'h/frontends.d/f.cfg': WEB };
    const all = ['h/haproxy.cfg', 'h/backends.d/b.cfg', 'h/frontends.d/f.cfg'];
    for (const path of all) expect(await setOf(files, path)).toEqual(all);
  });

  it('has nothing to do with a file beside it that defines the same', async () => {
    const files = { ...conf, 'h/conf.d/00-g.cfg': BASE, 'h/haproxy.cfg': WHOLE };
    expect(await setOf(files, 'h/haproxy.cfg')).toBeUndefined();
    expect(await setOf(files, 'h/conf.d/10-f.cfg')).toHaveLength(3);
  });
});

describe('files beside each other', () => {
  it('are one configuration without those of other programs', async () => {
    const files = { 'ansible.cfg': '[defaults]\nforks = 9\n', 'b.cfg': APP, 'haproxy.cfg': BASE + WEB };
    for (const path of ['haproxy.cfg', 'b.cfg'])
      expect(await setOf(files, path)).toEqual(['haproxy.cfg', 'b.cfg']);
    expect(await setOf(files, 'ansible.cfg')).toBeUndefined();
  });

  it('that need each other are one configuration, the base first', async () => {
    const files = { 'haproxy_backend.cfg': APP, 'haproxy_frontend.cfg': WEB, 'haproxy_global.cfg': BASE };
    const all = ['haproxy_global.cfg', 'haproxy_backend.cfg', 'haproxy_frontend.cfg'];
    for (const path of all) expect(await setOf(files, path)).toEqual(all);
  });

  it.each<readonly [string, Files, string]>([
    ['that stand by themselves stay apart', { 'a.cfg': WHOLE, 'b.cfg': WHOLE }, 'a.cfg'],
    ['that are variants with other names stay apart', { 'a.cfg': WHOLE, 'b.cfg': BASE + OTHER }, 'b.cfg'],
    ['of another name than .cfg are not read', { 'a.cfg': BASE, 'b.conf': WEB }, 'a.cfg'],
    ['that are empty do not count', { 'a.cfg': WHOLE, 'b.cfg': '# nothing\n' }, 'a.cfg'],
    [
      'of other programs do not count',
      { 'haproxy.cfg': WHOLE, 'ansible.cfg': '[defaults]\nhost_key_checking = False\n' },
      'haproxy.cfg',
    ],
    [
      'of other programs are no parts',
      { 'haproxy.cfg': BASE, 'setup.cfg': '[metadata]\nname = app\n[options]\npackages = find:\n' },
      'haproxy.cfg',
    ],
    [
      'of which two could be the base stay apart',
      { 'a.cfg': `${BASE}${APP}`, 'b.cfg': `${BASE}${APP}`, 'c.cfg': WEB },
      'c.cfg',
    ],
  ])('%s', async (_, files, path) => {
    expect(await setOf(files, path)).toBeUndefined();
  });

  it('a part belongs to the one that defines what it uses', async () => {
    const files = { 'a.cfg': BASE + APP, 'b.cfg': BASE + OTHER, 'c.cfg': WEB };
    expect(await setOf(files, 'c.cfg')).toEqual(['a.cfg', 'c.cfg']);
    expect(await setOf(files, 'b.cfg')).toBeUndefined();
  });
});

describe('what somebody says', () => {
  const files = { 'x/main.cfg': BASE, 'y/b.cfg': APP, 'y/a.cfg': WEB, 'y/old.cfg': WHOLE };

  it('holds, folders in the order of names', async () => {
    const said = [['/w/x/main.cfg', '/w/y/b.cfg', '/w/y']];
    const all = ['x/main.cfg', 'y/b.cfg', 'y/a.cfg', 'y/old.cfg'];
    expect(await setOf(files, 'y/a.cfg', said)).toEqual(all);
  });

  it('keeps a file apart that is alone in its list', async () => {
    const parts = { 'a.cfg': BASE, 'b.cfg': WEB + APP };
    expect(await setOf(parts, 'b.cfg')).toEqual(['a.cfg', 'b.cfg']);
    expect(await setOf(parts, 'b.cfg', [['/w/b.cfg']])).toBeUndefined();
  });
});
