import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Finding } from '../../../../src/finding/finding';
import { lintGitlabRb } from '../../../../src/languages/gitlab-rb/lint';
import { flatSettings } from '../../../../src/languages/gitlab-rb/evaluate/flat-settings';
import type { RubyValue } from '../../../../src/languages/gitlab-rb/evaluate/value';
import { readGitlabRb, type GitlabRbSubject } from '../../../../src/languages/gitlab-rb/subject';
import { loadParser } from '../../../../tools/fuzz/parser';
import { rulePages } from '../../../../tools/rules/pages';
import { sampleFiles } from '../../../../tools/fuzz/valid-files';
import { GITLAB_RB_MISTAKES } from '../seeded/gitlab-rb-mistakes';
import { tryFixes, type Faulty, type Judge, type Said } from './fix-judge';

// Every fix is tried, one by one: a slow machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const parser = await loadParser();
const read = (text: string, version: string | undefined): GitlabRbSubject =>
  readGitlabRb(parser, text, 'gitlab.rb', version);

const judge: Judge = {
  lint: (text, version): readonly Finding[] => lintGitlabRb(read(text, version), 'gitlab.rb'),
  meaning: (text, version) => {
    const { config, evaluated } = read(text, version);
    if (evaluated.findings.length > 0) return undefined;
    const said = new Map<string, Said>();
    for (const [root, value] of config.tree) {
      if (value.kind !== 'hash') {
        const lines = config.assignments
          .filter((one) => one.root === root)
          .map(({ targetRange }) => targetRange.start.line);
        said.set(root, { value: shown(value), lines });
      }
    }
    const assigned = new Set(config.assignments.map(({ targetRange }) => targetRange.start.line));
    for (const { root, path, keyRange, value } of flatSettings(config)) {
      if (value.kind === 'hash') continue;
      say([root, ...path].join('/'), value, keyRange.start.line, { said, assigned });
    }
    return said;
  },
  follows: {
    // What a role brings is asked for what the role needs.
    GLR036: ['GLR143', 'GLR152'],
    GLR038: ['GLR160', 'GLR163', 'GLR171'],
  },
};

interface Says {
  readonly said: Map<string, Said>;
  /** Lines on which a setting is given. */
  readonly assigned: ReadonlySet<number>;
}

function say(name: string, value: RubyValue, line: number, says: Says): void {
  if (value.kind === 'array') {
    for (const [at, item] of value.items.entries()) {
      const own = item.range.start.line;
      // A comma too many joins the next setting to the list: what that line says is said of its own key.
      if (own !== line && says.assigned.has(own)) continue;
      say(`${name}/${at}`, item, own, says);
    }
  } else says.said.set(name, { value: shown(value), lines: [line, value.range.start.line] });
}

function shown(value: RubyValue): string {
  switch (value.kind) {
    case 'unknown':
      return 'unknown';
    case 'nil':
      return 'nil';
    case 'array':
      return `[${value.items.map(shown).join(', ')}]`;
    case 'hash':
      return `{${[...value.entries.values()].map((entry) => `${entry.key}: ${shown(entry.value)}`).join(', ')}}`;
    case 'string':
    case 'symbol':
    case 'integer':
    case 'float':
    case 'boolean':
      return `${value.kind} ${value.value}`;
  }
}

/** Slips after which the text as it was before is what is meant; of others a repair may be another one. */
const SLIPS = /misspelt|equals sign|==|quotes|dash|dot|commas|a truth|bracket/;

function seeded(): Faulty[] {
  const found = new Map<string, Faulty>();
  const files = sampleFiles({ fileName: 'gitlab.rb' });
  for (const mistake of GITLAB_RB_MISTAKES) {
    const { kind } = mistake;
    for (const [at, meant] of files.entries()) {
      const choices = fc.sample(fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), { numRuns: 4, seed: 11 });
      for (const numbers of choices) {
        let next = 0;
        const one = mistake.seed(meant, (bound) => (numbers[next++ % numbers.length] ?? 0) % bound);
        if (one === undefined || one.text === meant) continue;
        const name = `${kind}, sample ${at + 1}:${one.line + 1}: ${one.text.split('\n')[one.line]}`;
        found.set(name, {
          name,
          text: one.text,
          version: '19.3',
          ...(SLIPS.test(kind) ? { meant } : {}),
        });
      }
    }
  }
  return [...found.values()];
}

const examples: Faulty[] = rulePages('GLR', 'ruby').map(({ id, bad }) => ({
  name: id,
  text: bad.text,
  version: bad.version,
}));

/** Lines without effect beside the one that counts, and texts that stand side by side. */
const BESIDE: Faulty[] = [
  "gitlab_rails['db_host'] = '10.0.0.1'\ngitlab_rails['db_hots'] = '10.0.0.2'\n",
  "letsencrypt['enable'] = false\nletsencrypt['enabel'] = true\n",
  "puma['worker_processes'] = 4\npuma['worker_process'] = 2\n",
  "nginx['enable'] = true\nnginx['enabled'] = false\n",
  "redis['port'] = 6379\nredis['port'] == 6380\n",
  "external_url 'http://a.example.net'\nexternal_url = 'http://b.example.net'\n",
  "gitlab_rails['trusted_proxies'] = ['10.0.0.1' '/24', '10.0.0.2']\n",
  "gitlab_rails['trusted_proxies'] = ['10.0.0.' \"#{4}\"]\n",
  "gitlab_rails['trusted_proxies'] = ['10.0.0.1' '10.0.0.2']\ngitlab_rails['db_prot'] = 5432\n",
].map((text) => ({ name: text, text, version: '19.3' }));

describe('every fix makes its finding go away, brings no new one, and changes nothing else', () => {
  it.each([
    ['the bad example of every page', examples, 40],
    ['mistakes put into the sample', seeded(), 40],
    ['beside a line that counts', BESIDE, 1],
  ] as const)('%s', (_, files, least) => {
    const results = files.flatMap((file) => tryFixes(file, judge));
    expect(results.length).toBeGreaterThan(least);
    const wrong = results.filter(({ faults }) => faults.length > 0);
    expect(wrong.map(({ name, faults }) => `${name}: ${faults.join('; ')}`)).toEqual([]);
  });
});

describe('a fix writes nothing that the version does not know', () => {
  // For an older version its own rules say what is too young.
  const TOO_YOUNG = new Set(['GLR032', 'GLR034', 'GLR036']);

  it.each(['16.11', '18.5'])('%s', (version) => {
    const young = examples.flatMap((example) => {
      const before = judge.lint(example.text, version).filter(({ code }) => TOO_YOUNG.has(code)).length;
      return tryFixes({ ...example, version }, judge).flatMap(({ name, text }) => {
        const after = judge.lint(text, version).filter(({ code }) => TOO_YOUNG.has(code));
        return after.length > before ? [`${name}: ${after.map(({ message }) => message).join('; ')}`] : [];
      });
    });
    expect(young).toEqual([]);
  });

  it('without a version it writes nothing that the oldest one met does not know', () => {
    const fixed = examples.flatMap((example) => tryFixes({ ...example, version: undefined }, judge));
    const young = fixed.filter(({ text }) => judge.lint(text, '16.0').some(({ code }) => code === 'GLR034'));
    const were = examples.filter(({ text }) =>
      judge.lint(text, '16.0').some(({ code }) => code === 'GLR034'),
    );
    expect(fixed.length).toBeGreaterThan(60);
    expect(
      young.filter(({ name }) => !were.some(({ name: id }) => name.startsWith(id))).map(({ name }) => name),
    ).toEqual([]);
  });

  it.each([
    ['16.11', undefined],
    ['18.5', undefined],
    [undefined, undefined],
    ['19.2', "gitlab_rails['nginx']['listen_port'] = 80\n"],
  ])('the name of nginx settings for %s', (version, expected) => {
    const text = "nginx['listen_port'] = 80\n";
    const fixed = tryFixes({ name: 'nginx', text, version }, judge).map((one) => one.text);
    expect(fixed).toEqual(expected === undefined ? [] : [expected]);
  });
});
