import type { HaproxyDocument, Section } from '../syntax/document';

/**
 * Frontends, backends and listen sections that `disabled` switches off, themselves or the defaults they inherit.
 * HAProxy reads their lines and checks nothing between them.
 */
export function stoppedSections({ sections }: HaproxyDocument): ReadonlySet<Section> {
  const stopped = new Set<Section>();
  const named = new Map<string, boolean>();
  let last = false;
  for (const section of sections) {
    const { kind, name, from } = section;
    const isDefaults = kind === 'defaults';
    if (!isDefaults && kind !== 'frontend' && kind !== 'backend' && kind !== 'listen') continue;
    const inherited = from === undefined ? !isDefaults && last : (named.get(from.value) ?? false);
    const stops = isStopped(section, inherited);
    if (isDefaults) last = stops;
    if (isDefaults && name !== undefined) named.set(name.value, stops);
    if (stops) stopped.add(section);
  }
  return stopped;
}

/** The last line decides; one that only some environments have may stop it, and starts it for none. */
function isStopped({ statements }: Section, inherited: boolean): boolean {
  let stops = inherited;
  for (const { keyword, uncertain } of statements) {
    if (keyword.value === 'disabled') stops = true;
    else if (keyword.value === 'enabled' && !uncertain) stops = false;
  }
  return stops;
}
