import { expect, it } from 'vitest';
import { ReadFilesWatch } from '../../../src/server/session/read-files-watch';

it('files that were read are watched by their names, each once, and not what is watched anyway', () => {
  const asked: (readonly string[])[] = [];
  const watch = new ReadFilesWatch((globs) => asked.push(globs));
  watch.follow([
    'file:///w/haproxy/haproxy.cfg',
    'file:///w/lb/conf.d/app.cfg',
    'file:///w/nodes/node1/roles.rb',
    'file:///w/compose/.env',
    'file:///w/other/.env',
    'file:///w/app/common%5B1%5D.rb',
  ]);
  watch.follow(['file:///w/compose/.env']);
  watch.follow([]);
  expect(asked).toEqual([['**/.env', '**/common?1?.rb']]);
});
