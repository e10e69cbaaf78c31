import { hasBackendSide, hasFrontendSide, type Reference } from '../check/scope';
import type { HaproxySubject } from '../subject';

/** What a file of HAProxy has and lacks, to tell which files are one configuration. */
export interface Outline {
  readonly hasGlobal: boolean;
  readonly hasDefaults: boolean;
  /** True when no section begins in it: it is empty, or another program's, whose files end in .cfg as well. */
  readonly empty: boolean;
  /** Names it defines, with what they name: `backend app`. */
  readonly defines: ReadonlySet<string>;
  /** Names it uses and does not define itself: each as the definitions that would do. */
  readonly lacks: readonly (readonly string[])[];
}

/** Looks through a file that was read by itself. */
export function outlineOf({ document: { sections }, checked }: HaproxySubject): Outline {
  const defines = new Set<string>();
  const needs: (readonly string[])[] = checked.references.map(wanted);
  for (const { kind, name, from } of sections) {
    if (from !== undefined && !from.dynamic) needs.push([`defaults ${from.value}`]);
    if (name === undefined) continue;
    if (kind === 'defaults' || (!hasBackendSide(kind) && !hasFrontendSide(kind)))
      defines.add(`${kind} ${name.value}`);
    else {
      if (hasBackendSide(kind)) defines.add(`backend ${name.value}`);
      if (hasFrontendSide(kind)) defines.add(`frontend ${name.value}`);
    }
  }
  return {
    hasGlobal: sections.some(({ kind }) => kind === 'global'),
    hasDefaults: sections.some(({ kind }) => kind === 'defaults'),
    empty: sections.length === 0,
    defines,
    lacks: needs.filter((names) => names.length > 0 && !names.some((name) => defines.has(name))),
  };
}

/** The definitions a reference may mean; none where it may mean something outside all files. */
function wanted({ kind, name }: Reference): readonly string[] {
  if (/[%$\uFFFC]/.test(name) || name.startsWith('@')) return [];
  const [owner = '', inner] = name.split('/');
  if (kind === 'server') return inner === undefined ? [] : [`backend ${owner}`];
  if (kind === 'table') return ['backend', 'frontend', 'peers'].map((of) => `${of} ${owner}`);
  return [`${kind} ${name}`];
}

/** True when a file needs others: it has no base of its own, or uses names it does not define. */
export function isPart({ empty, hasGlobal, hasDefaults, lacks }: Outline): boolean {
  return !empty && ((!hasGlobal && !hasDefaults) || lacks.length > 0);
}

/** True when one of the files defines a name that another one uses and lacks. */
export function areLinked(one: Outline, other: Outline): boolean {
  const fills = (a: Outline, b: Outline): boolean =>
    b.lacks.some((names) => names.some((name) => a.defines.has(name)));
  return fills(one, other) || fills(other, one);
}

/** True when the files cannot be one configuration: two define the same name, as variants of one file do. */
export function exclude(files: readonly Outline[]): boolean {
  if (files.filter(({ hasGlobal }) => hasGlobal).length > 1) return true;
  const seen = new Set<string>();
  for (const { defines } of files) {
    for (const name of defines) {
      if (!name.startsWith('defaults ') && seen.has(name)) return true;
      seen.add(name);
    }
  }
  return false;
}
