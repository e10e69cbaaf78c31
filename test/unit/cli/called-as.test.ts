import { expect, test } from 'vitest';
import { calledAs } from '../../../src/cli/called-as';

test.each([
  ['/usr/local/bin/gitlab-ha', '/home/me', 'gitlab-ha'],
  ['/home/me/ha-lab/dist/cli.js', '/home/me/ha-lab', 'node dist/cli.js'],
  ['/home/me/ha-lab/dist/cli.js', '/home/me/prod', 'node /home/me/ha-lab/dist/cli.js'],
])('%s, in %s, is run again as %s', (script, cwd, expected) => {
  expect(calledAs(script, cwd)).toBe(expected);
});
