/** Much of one thing: brackets without end, lines without end, bytes that no text has. */
import { LANGUAGE_IDS, type LanguageId } from '../../src/languages/registry/languages';
import { checkEditor, checkFindings, checkFixes } from './invariants';
import type { Fuzzed } from './report';
import { timed } from './timing';

const ANYWHERE = [
  '\0',
  '\r',
  '\r\n',
  '\ufeff',
  '\ud800',
  '💥',
  '"',
  "'",
  '\\',
  '\\\n',
  '{',
  '}',
  '[',
  '(',
  '${',
  '{{ a }}',
  'a',
  'a ',
  ' ',
  '\t',
  '#',
  '# ha-lab: ignore',
  '0',
  ',',
] as const;

type Unit = readonly [head: string, unit: string];

/** What is repeated, behind what, besides what may stand anywhere. */
const UNITS: Readonly<Partial<Record<LanguageId, readonly Unit[]>>> = {
  'gitlab-rb': [
    ["redis['a'] = ", '['],
    ["redis['a'] = ", '{ a: '],
    ["redis['a'] = ", '('],
    ["redis['a'] = ", '!'],
    ["redis['a'] = ", 'a.b('],
    ["redis['a'] = ", '1 + '],
    ["redis['a'] = ", '"#{'],
    ['redis', "['a']"],
    ['', 'if redis[1]\n'],
    ['', 'def a\n'],
    ['', "redis['a'] = 1\n"],
    ['', "redis['a'] ||= 1 # ha-lab: ignore GLR001 x\n"],
    ['', 'roles [:a]\n'],
    ['', "roles ['redis_master_role', 'a']\n"],
    ['', "gitlab_rails['a']['b'] = {\n"],
    ['', "nonsense['a'] = 1\n"],
    ['', "a = redis['a']\n"],
    ['', 'from_file "a"\n'],
    ['', '<<~A\n'],
    ['', '=begin\n=end\n'],
  ],
  haproxy: [
    ['listen a\n http-request set-header X %[', 'nbsrv('],
    ['listen a\n log-format "', '%['],
    ['listen a\n http-request deny if ', '{ '],
    ['listen a\n http-request deny if { ', 'src,lower,'],
    ['listen a\n', ' acl a path /\n'],
    ['listen a\n http-request deny if ', 'a || '],
    ['listen a\n', ' server s :80 check track a/s\n'],
    ['listen a\n', ' use_backend b if { path / }\n'],
    ['', 'backend a\n'],
    ['', 'frontend a # ha-lab: ignore HAP001 x\n'],
    ['', 'defaults a from a\n'],
    ['', '.if 1\n'],
    ['', 'listen a\n bind :80\n server s 10.0.0.1:80 check\n'],
    ['listen a\n bind ', 'a:1,'],
  ],
  keepalived: [
    ['', 'vrrp_instance a {\n'],
    ['', 'vrrp_instance a {\n}\n'],
    [
      '',
      'vrrp_instance a {\nvirtual_router_id 5\nvirtual_ipaddress {\n10.0.0.1/24\n}\n} # ha-lab: ignore KAD001 x\n',
    ],
    ['', 'vrrp_script a {\nscript b\n}\n'],
    ['vrrp_instance a {\ntrack_script {\n', 'b\n'],
    ['', 'vrrp_sync_group a {\ngroup {\na\n}\n}\n'],
    ['', '$A=1\n'],
    ['', '$A=$A \\\n'],
    ['', '~SEQ(a, 1, 2) $a\n'],
    ['', '@a b\n'],
  ],
};

const LENGTHS = [2_000, 20_000, 200_000];

/** What a text of one thing may take: more than an ordinary one, as each unit may be a fault of its own. */
const boundOf = (length: number): number => 250 + (20 * length) / 1024;

export function runNesting({ read, language, report }: Fuzzed): void {
  const target = { path: language.fileName };
  const own = LANGUAGE_IDS.flatMap((id) => (id === language.id ? (UNITS[id] ?? []) : []));
  const units = [...ANYWHERE.map((unit) => ['', unit] as const), ...own];
  for (const [head, unit] of units) {
    for (const length of LENGTHS) {
      const text = head + unit.repeat(Math.ceil(length / unit.length));
      const kind = `much of ${JSON.stringify(unit)}`;
      try {
        const lint = (one: string) => read(one, target).findings({});
        const { result, cpu, wall } = timed(() => lint(text));
        report.saw(`much of one thing, ${length} characters`, text.length, cpu, wall);
        if (cpu > boundOf(length)) throw new Error(`takes ${cpu.toFixed(0)} ms`);
        checkFindings(text, result);
        const asked = timed(() => checkEditor(text, read, target, text.length));
        report.saw(`much of one thing, editor, ${length} characters`, text.length, asked.cpu, asked.wall);
        if (asked.cpu > 4 * boundOf(length)) throw new Error(`the editor waits ${asked.cpu.toFixed(0)} ms`);
        if (length === LENGTHS[0]) checkFixes(text, result, lint);
      } catch (error) {
        report.fault(kind, error, text.slice(0, 200));
        break;
      }
    }
  }
}
