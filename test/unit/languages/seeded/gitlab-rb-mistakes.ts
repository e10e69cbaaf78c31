import { GITLAB_SCHEMA } from '../../../../src/languages/gitlab-rb/schema';
import { isRoot } from '../../../../src/languages/gitlab-rb/schema/roots';
import { lineAfter, onLine, withMisspelt, type Mistake } from './mistake';

/** `root['key'] = value` without a comment behind; groups: root, key, value. */
const SETTING = /^([a-z_]+)\['(\w+)'\] = ([^#]*[^#\s])\s*$/;
const ONE_LINE_TEXT = /^([a-z_]+)\['(\w+)'\] = '([^'#]+)'/;

const known = (root: string) => (key: string) => GITLAB_SCHEMA.key(root, [key]) !== undefined;

/** Another value of the same type. */
function secondValue(value: string): string | undefined {
  return /^\d+$/.test(value) ? String(Number(value) + 1) : undefined;
}

/** What goes wrong in gitlab.rb. */
export const GITLAB_RB_MISTAKES: readonly Mistake[] = [
  {
    kind: 'gitlab.rb: a root misspelt',
    language: 'gitlab-rb',
    seed: onLine(SETTING, (line, [, root = ''], pick) => withMisspelt(line, root, pick, isRoot)),
  },
  {
    kind: 'gitlab.rb: a key misspelt',
    language: 'gitlab-rb',
    seed: onLine(SETTING, (line, [, root = '', key = ''], pick) => {
      if (!known(root)(key)) return undefined;
      return withMisspelt(line, key, pick, known(root));
    }),
  },
  {
    kind: 'gitlab.rb: external_url with an equals sign',
    language: 'gitlab-rb',
    seed: onLine(/^external_url '/, (line) => line.replace('external_url ', 'external_url = ')),
  },
  {
    kind: 'gitlab.rb: roles with an equals sign',
    language: 'gitlab-rb',
    seed: onLine(/^roles /, (line) => line.replace('roles ', 'roles = ')),
  },
  {
    kind: 'gitlab.rb: == instead of =',
    language: 'gitlab-rb',
    seed: onLine(SETTING, (line) => line.replace('] = ', '] == ')),
  },
  {
    kind: 'gitlab.rb: a key without quotes',
    language: 'gitlab-rb',
    seed: onLine(SETTING, (line, [, , key = '']) => line.replace(`['${key}']`, `[${key}]`)),
  },
  {
    kind: 'gitlab.rb: typographic quotes',
    language: 'gitlab-rb',
    seed: onLine(ONE_LINE_TEXT, (line, [, , , text = '']) => line.replace(`'${text}'`, `‘${text}’`)),
  },
  {
    kind: 'gitlab.rb: a dash in the root',
    language: 'gitlab-rb',
    seed: onLine(/^([a-z]+)_([a-z]+)\['/, (line) => line.replace('_', '-')),
  },
  {
    kind: 'gitlab.rb: a dot instead of brackets',
    language: 'gitlab-rb',
    seed: onLine(SETTING, (line, [, root = '', key = '']) =>
      line.replace(`${root}['${key}']`, `${root}.${key}`),
    ),
  },
  {
    kind: 'gitlab.rb: a truth as a text',
    language: 'gitlab-rb',
    seed: onLine(/^([a-z_]+)\['(\w+)'\] = (true|false)\s*$/, (line) =>
      line.replace(/= (true|false)/, "= '$1'"),
    ),
  },
  {
    kind: 'gitlab.rb: a truth in capitals',
    language: 'gitlab-rb',
    seed: onLine(/^([a-z_]+)\['(\w+)'\] = (true|false)\s*$/, (line, [, , , word = ''], pick) => {
      const capital = [word.toUpperCase(), word[0]?.toUpperCase() + word.slice(1)][pick(2)] ?? word;
      return line.replace(/= \w+/, `= ${capital}`);
    }),
  },
  {
    kind: 'gitlab.rb: a value without quotes',
    language: 'gitlab-rb',
    seed: onLine(/^([a-z_]+)\['(\w+)'\] = '([a-z]+)'/, (line, [, , , text = '']) =>
      line.replace(`'${text}'`, text),
    ),
  },
  {
    kind: 'gitlab.rb: commas in %w[]',
    language: 'gitlab-rb',
    seed: onLine(/%w\[\S+ \S+/, (line) => line.replace(/%w\[(\S+) /, '%w[$1, ')),
  },
  {
    kind: 'gitlab.rb: a comma lost in a hash',
    language: 'gitlab-rb',
    // Ruby complains at the entry that follows.
    seed: (text, pick) => {
      const seeded = onLine(/^ {2}\w+: [^[{]*,(\s*#.*)?$/, (line) => line.replace(/,(\s*#.*)?$/, '$1'))(
        text,
        pick,
      );
      const next = text.split('\n')[(seeded?.line ?? 0) + 1] ?? '';
      return seeded === undefined || !/^ {2}\w+:/.test(next)
        ? undefined
        : { ...seeded, line: seeded.line + 1 };
    },
  },
  {
    kind: 'gitlab.rb: a quote lost at the end',
    language: 'gitlab-rb',
    seed: onLine(/^[a-z_]+\['\w+'\] = '[^'#]+'\s*$/, (line) => line.replace(/'\s*$/, '')),
  },
  {
    kind: 'gitlab.rb: a bracket lost',
    language: 'gitlab-rb',
    seed: onLine(SETTING, (line) => line.replace("'] = ", "' = ")),
  },
  {
    kind: 'gitlab.rb: the same key with another value',
    language: 'gitlab-rb',
    // The first of the two or the second may be named.
    seed: (text, pick) => {
      const settings = text.split('\n').flatMap((line, at) => {
        const [, root = '', key = '', value = ''] = SETTING.exec(line) ?? [];
        const other = secondValue(value);
        return other === undefined ? [] : [{ at, line: `${root}['${key}'] = ${other}` }];
      });
      const chosen = settings[pick(Math.max(settings.length, 1))];
      if (chosen === undefined) return undefined;
      const lines = text.split('\n');
      lines.splice(chosen.at + 1, 0, chosen.line);
      return { text: lines.join('\n'), line: chosen.at };
    },
  },
  {
    kind: 'gitlab.rb: an unknown role',
    language: 'gitlab-rb',
    seed: onLine(/^roles .*\b(\w+_role)\b/, (line) =>
      line.replace(/\bconsul_role\b|\bpatroni_role\b/, 'postgresql_role'),
    ),
  },
  {
    kind: 'gitlab.rb: a key that was removed',
    language: 'gitlab-rb',
    seed: lineAfter(/^external_url /, (_, pick) => {
      const removed = [
        "git_data_dirs({ 'default' => { 'path' => '/srv/git' } })",
        "praefect['listen_addr'] = '0.0.0.0:2305'",
        "gitaly['listen_addr'] = '0.0.0.0:8075'",
        "unicorn['worker_processes'] = 3",
        "sidekiq_cluster['enable'] = true",
        "gitlab_monitor['enable'] = false",
        "grafana['enable'] = false",
      ];
      return removed[pick(removed.length)] ?? '';
    }),
  },
  {
    kind: 'gitlab.rb: a whole root assigned',
    language: 'gitlab-rb',
    // Every further line of that root is lost as well, and says so.
    alsoSays: ['GLR003'],
    seed: onLine(SETTING, (line, [, root = '', key = '', value = '']) =>
      /[{[(]\s*$/.test(value) ? undefined : line.replace(/^.*$/, `${root} = { '${key}' => ${value} }`),
    ),
  },
  {
    kind: 'gitlab.rb: timings of Patroni that do not fit',
    language: 'gitlab-rb',
    seed: lineAfter(/^patroni\['scope'\]/, (_, pick) => `patroni['ttl'] = ${10 + pick(15)}`),
  },
  {
    kind: 'gitlab.rb: an address without scheme',
    language: 'gitlab-rb',
    seed: onLine(/^external_url '/, (line) => line.replace(/https?:\/\//, '')),
  },
];
