import type { UnknownConfigValue } from '../../services/core/config-value';
import type { Cluster, ClusterNode } from '../../cluster/cluster';
import type { Finding, Range } from '../../finding/finding';
import { SECTIONS, draftOf, sectionOf } from '../../services/settings';
import type { DecidedNode, SettingsDraft } from '../../services/settings';
import type { NodeSettings } from '../../services/settings';
import type { EvaluatedConfig } from '../../languages/gitlab-rb/evaluate/evaluated-config';
import { reporterFor, type Reporter } from './reporter';
import { readRoles } from './role-checks';
import { isRoot } from '../../languages/gitlab-rb/schema/roots';
import { whyUnused } from './unused-keys';
import {
  valueAt,
  type HashEntry,
  type HashValue,
  type RubyValue,
} from '../../languages/gitlab-rb/evaluate/value';

export interface NodeSettingsReading extends DecidedNode {
  readonly findings: readonly Finding[];
}

const RULES = SECTIONS.flatMap((section) => section.keys.map((rule) => ({ section, rule })));
const KEYS = RULES.map(({ rule }) => rule);
const USED = new Set(KEYS.map((rule) => rule.path.join('.')));
/** Hashes on the way to a used key. */
const ON_THE_WAY = new Set(
  KEYS.flatMap(({ path }) => path.slice(1).map((_, index) => path.slice(0, index + 1).join('.'))),
);
const USED_ROOTS = new Set(KEYS.map((rule) => rule.path[0]));

/**
 * Lays a node's gitlab.rb over its settings. What the lab needs and cannot know is an error, what it does not
 * use is an information; nothing is dropped in silence.
 * @param base the settings from the defaults and cluster.yaml
 * @param config the evaluated gitlab.rb
 * @param file its path, for the findings
 */
export function nodeSettings(
  base: NodeSettings,
  config: EvaluatedConfig,
  cluster: Cluster,
  node: ClusterNode,
  file: string,
): NodeSettingsReading {
  const findings: Finding[] = [];
  const report = reporterFor(file, findings);
  const draft = draftOf(base);
  const roles = readRoles(config, cluster, node, report);
  const decided = new Set<string>();
  applyRoles(roles.names, draft, decided);
  applyRules(config, cluster, draft, decided, report);
  reportUnused(config, report);
  reportStructure(config, report);
  findings.sort((one, other) => one.range.start.line - other.range.start.line);
  return { settings: draft, findings, decided };
}

function applyRoles(names: ReadonlySet<string>, draft: SettingsDraft, decided: Set<string>): void {
  for (const section of SECTIONS) {
    for (const [role, settings] of Object.entries(section.roles ?? {})) {
      if (!names.has(role)) continue;
      Object.assign(sectionOf(draft, section), settings);
      for (const setting of Object.keys(settings)) decided.add(`${section.name}.${setting}`);
    }
  }
}

function applyRules(
  config: EvaluatedConfig,
  { dcs }: Cluster,
  draft: SettingsDraft,
  decided: Set<string>,
  report: Reporter,
): void {
  // One loop or merge! may leave many keys in doubt: that is one problem, not many.
  const inDoubt = new Map<UnknownConfigValue, string[]>();
  for (const { section, rule } of RULES) {
    const [root = '', ...keys] = rule.path;
    const value = valueAt(config.tree.get(root), keys);
    // nil keeps the package's default.
    if (value === undefined || value.kind === 'nil') continue;
    if ((rule.dcs ?? dcs) !== dcs) {
      withoutEffect(notation(rule.path), value.range, report);
      continue;
    }
    const refusal = rule.apply(value, sectionOf(draft, section), draft.timings);
    if (refusal === undefined) {
      if (rule.setting !== undefined) decided.add(`${section.name}.${rule.setting}`);
      continue;
    }
    const name = notation(rule.path);
    if ('unknown' in refusal) inDoubt.set(refusal.unknown, [...(inDoubt.get(refusal.unknown) ?? []), name]);
    else reportRefusal(name, value, refusal, report);
  }
  for (const [why, [first = '', ...more]] of inDoubt) {
    const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
    const message = `${first}${others} cannot be evaluated: ${why.reason}.`;
    const remedy = 'Write the value out; gitlab.rb is read for the lab, never run.';
    report('error', 'LAB001', why.range, message, remedy);
  }
}

function reportRefusal(
  name: string,
  value: RubyValue,
  refusal: { readonly problem: string; readonly remedy: string },
  report: Reporter,
): void {
  const onlyRead = value.kind === 'hash' && value.fromReading === true;
  const severity = onlyRead ? 'warning' : 'error';
  report(severity, 'LAB002', value.range, `${name} ${refusal.problem}.`, refusal.remedy);
}

/** `root['a']['b']`, as it is written in gitlab.rb. */
export function notation(path: readonly (string | undefined)[]): string {
  const [root = '', ...keys] = path;
  return root + keys.map((key) => (key === undefined ? '[…]' : `['${key}']`)).join('');
}

function reportUnused(config: EvaluatedConfig, report: Reporter): void {
  for (const assignment of config.assignments) {
    const { root } = assignment;
    if (USED_ROOTS.has(root) || root === 'roles' || root.endsWith('_role')) continue;
    if (isRoot(root)) {
      unused([root, ...assignment.path.map((key) => key ?? '…')], assignment.targetRange, report);
      continue;
    }
    const message = `GitLab knows no setting "${root}": on a real node the whole file would be refused.`;
    report('warning', 'LAB013', assignment.targetRange, message, 'Correct the name or remove the line.');
  }
  for (const root of USED_ROOTS) {
    const value = root === undefined ? undefined : config.tree.get(root);
    if (root !== undefined && value?.kind === 'hash') walk([root], value, report);
  }
}

/** The leaves of a root the lab uses in part. */
function walk(path: readonly string[], hash: HashValue, report: Reporter): void {
  for (const entry of hash.entries.values()) visit([...path, entry.key], entry, report);
  if (hash.open !== undefined && !ON_THE_WAY.has(path.join('.'))) {
    unused([...path, '…'], hash.open.range, report);
  }
}

function visit(path: readonly string[], entry: HashEntry, report: Reporter): void {
  const dotted = path.join('.');
  if (USED.has(dotted) || entry.value.kind === 'nil') return;
  const { value } = entry;
  if (value.kind === 'hash') {
    // An empty hash that nobody wrote is only the trace of a reading.
    if (value.entries.size > 0 || value.open !== undefined) walk(path, value, report);
    else if (value.fromReading !== true) unused(path, entry.keyRange, report);
    return;
  }
  if (ON_THE_WAY.has(dotted) && value.kind !== 'unknown') {
    const message = `${notation(path)} must be a hash, not a ${value.kind}.`;
    report('error', 'LAB002', value.range, message, 'Write a hash: { key => value }.');
    return;
  }
  if (!ON_THE_WAY.has(dotted)) unused(path, entry.keyRange, report);
}

function unused(path: readonly string[], range: Range, report: Reporter): void {
  const name = notation(path);
  switch (whyUnused(path)) {
    case 'secret': {
      const message = `${name} is replaced by the lab's own secret.`;
      const remedy = 'Nothing to do: the lab makes up its passwords and never uses yours.';
      report('information', 'LAB011', range, message, remedy);
      return;
    }
    case 'decided': {
      withoutEffect(name, range, report);
      return;
    }
    case 'unused': {
      const message = `${name} is not used by the lab.`;
      report('information', 'LAB010', range, message, 'Nothing to do: on a real node it keeps its meaning.');
    }
  }
}

function withoutEffect(name: string, range: Range, report: Reporter): void {
  const message = `${name} has no effect in the lab: cluster.yaml decides it.`;
  report('information', 'LAB012', range, message, 'Nothing to do: on a real node it keeps its meaning.');
}

/** Statements that do not do what they look like. */
function reportStructure(config: EvaluatedConfig, report: Reporter): void {
  for (const { name, range } of config.shadowed) {
    const message = `"${name} = …" sets a Ruby variable; GitLab ignores it, and every later line that uses ${name}.`;
    report('warning', 'LAB015', range, message, `Write ${name}['key'] = …, or ${name} … without "=".`);
  }
  for (const { path, range, read } of config.inclusions) {
    if (read === true) continue;
    const file = path === undefined ? 'the code this line runs' : `"${path}"`;
    const message = `The lab does not read ${file}: what it sets is missing.`;
    report('warning', 'LAB014', range, message, 'Copy the settings the lab needs into this file.');
  }
}
