import { beforeEach, expect, it } from 'vitest';
import { ConfigurationSets } from '../../../../src/server/files/configuration-sets';
import { pathOf } from '../../../../src/server/files/paths';
import { DEFAULT_SETTINGS } from '../../../../src/server/session/settings';

const BASE = 'global\n  maxconn 9\ndefaults\n  mode http\n';
const APP = 'backend app\n  server a 10.0.0.1:80\n';
const WEB = 'frontend web\n  bind :80\n  default_backend app\n';

let disk: Map<string, string>;
let asked: string[];
let time: number;
let sets: ConfigurationSets;

beforeEach(() => {
  disk = new Map([
    ['/h/haproxy.cfg', BASE],
    ['/h/conf.d/app.cfg', APP],
    ['/h/conf.d/web.cfg', WEB],
  ]);
  asked = [];
  time = 0;
  sets = new ConfigurationSets({
    files: {
      names(folder) {
        asked.push(pathOf(folder));
        const below = `${pathOf(folder)}/`;
        const names = [...disk.keys()].filter((path) => path.startsWith(below));
        return Promise.resolve([
          ...new Set(names.map((path) => path.slice(below.length).split('/')[0] ?? '')),
        ]);
      },
      read(uri) {
        asked.push(pathOf(uri));
        return Promise.resolve(disk.get(pathOf(uri)));
      },
    },
    opened: () => undefined,
    text: (uri) => (pathOf(uri) === '/h/conf.d/web.cfg' ? WEB : undefined),
    place: pathOf,
    addressOf: (_, path) => `file:///${path}`,
    now: () => time,
  });
});

const parts = async (): Promise<readonly string[]> => {
  const set = await sets.find('file:///h/conf.d/web.cfg', 'haproxy', WEB, DEFAULT_SETTINGS);
  return set?.files.map(({ id }) => pathOf(id)) ?? [];
};
const ALL = ['/h/haproxy.cfg', '/h/conf.d/app.cfg', '/h/conf.d/web.cfg'];

it('the disk is asked once for each folder and file, however many questions a keystroke brings', async () => {
  expect(await parts()).toEqual(ALL);
  expect([...asked].sort()).toEqual(['/h', '/h/conf.d', '/h/conf.d/app.cfg', '/h/haproxy.cfg']);
  expect(await Promise.all([parts(), parts()])).toEqual([ALL, ALL]);
  expect(asked).toHaveLength(4);
});

it.each([
  ['it is told of a change', () => sets.changed()],
  ['a second is over', () => (time = 1000)],
])('and again when %s', async (_, happens) => {
  await parts();
  disk.delete('/h/conf.d/app.cfg');
  happens();
  expect(await parts()).toEqual(['/h/haproxy.cfg', '/h/conf.d/web.cfg']);
});
