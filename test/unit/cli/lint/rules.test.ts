import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../../../src/workspace/catalogue';
import { run } from '../cli';
import { lintFolder } from './lint-folder';

const here = lintFolder();

describe('the rules themselves', () => {
  it('are listed', async () => {
    expect(await run(here.fake, 'rules')).toBe(0);
    expect(here.fake.out.trim().split('\n')).toHaveLength(CATALOGUE.length + 1);
    expect(here.fake.out).toMatch(
      /^HAP012 +warning +Keywords and arguments +The line is ignored in this section$/m,
    );
  });

  it.each([
    ['CLU008', '# CLU008: Two nodes have one name'],
    ['lab026', '# LAB026: bootstrap_expect is not the number of Consul servers'],
    ['WSP009', '# WSP009: A file of the workspace is a link to outside of it'],
    ['GRB001', '# GLR011: Ruby cannot read the file'],
  ])('%s is explained', async (id, heading) => {
    expect(await run(here.fake, 'explain', id)).toBe(0);
    expect(here.fake.out.split('\n')[0]).toBe(heading);
  });

  it('are listed for programs', async () => {
    expect(await run(here.fake, 'rules', '--json')).toBe(0);
    expect(JSON.parse(here.fake.out)).toHaveLength(CATALOGUE.length);
  });

  it.each(['HAP012', 'hap012'])('%s is explained', async (id) => {
    expect(await run(here.fake, 'explain', id)).toBe(0);
    expect(here.fake.out).toMatch(/^# HAP012: The line is ignored in this section\n/);
  });

  it.each(['HAP998', '../../package', 'nonsense'])('%s is no rule', async (id) => {
    expect(await run(here.fake, 'explain', id)).toBe(2);
    expect(here.fake.err).toContain(`There is no rule ${id.toUpperCase()}.`);
  });
});
