import type { Scope } from './scope';
import { isProxy } from './scope';
import { checkExperimental } from './experimental';
import { sectionExists } from './statement';
import { checkName } from './values/values';
import { atLeast } from '../schema/version';

/** Sections whose header must name them. */
const NAMED = new Set([
  'frontend',
  'backend',
  'listen',
  'peers',
  'mailers',
  'resolvers',
  'userlist',
  'cache',
  'ring',
  'log-forward',
  'http-errors',
  'fcgi-app',
  'program',
  'log-profile',
  'healthcheck',
]);

/**
 * What becomes of a section: it is read, the branch has no such section, its first line is refused, or HAProxy reads
 * nothing behind that line.
 */
export type SectionState = 'read' | 'foreign' | 'refused' | 'last';

/** Sections that take at most so many words behind their keyword. */
const MOST_WORDS: Readonly<Record<string, number>> = {
  traces: 0,
  'crt-store': 1,
  acme: 1,
  'log-profile': 1,
  peers: 1,
  userlist: 1,
  cache: 1,
  'fcgi-app': 1,
  'log-forward': 1,
};

/** Checks the line a section begins with. */
export function checkSection(scope: Scope): SectionState {
  const { section, statement } = scope;
  const { keyword, args } = statement;
  if (!sectionExists(scope)) {
    const message = `HAProxy ${scope.version} knows no section "${section.kind}".`;
    scope.report('newer', keyword, message, 'Remove the section, or run a version that has it.');
    return 'foreign';
  }
  if (section.kind === 'acme' && !checkExperimental(scope, keyword, 'section acme')) return 'last';
  const [name, second, third] = args;
  const extra = args[MOST_WORDS[section.kind] ?? Infinity];
  if (extra !== undefined && !extra.dynamic) {
    const message = `"${section.kind}" does not take "${extra.value}" here.`;
    scope.report('extra-argument', extra, message, 'Remove it.');
  }
  if (name === undefined) {
    if (NAMED.has(section.kind) || section.kind === 'acme') {
      scope.report(
        'missing-argument',
        keyword,
        `"${section.kind}" needs a name.`,
        'Write the name behind it.',
      );
    }
    return 'read';
  }
  if (section.kind === 'global') {
    scope.report('extra-argument', name, '"global" takes no argument.', 'Remove it.');
  } else if (NAMED.has(section.kind)) {
    // HAProxy 3.4 complains about proxies, and goes on.
    const tolerant = isProxy(section.kind) && atLeast(scope.version, '3.4');
    if (section.kind !== 'cache')
      checkName(scope, name, `this ${section.kind}`, tolerant ? 'warning' : 'error');
  }
  if (isProxy(section.kind) && second !== undefined && !second.dynamic) {
    return checkInheritance(scope, second.value, third !== undefined);
  }
  return 'read';
}

/** After the name only `from <defaults>` may follow. */
function checkInheritance(scope: Scope, second: string, complete: boolean): SectionState {
  const { args } = scope.statement;
  const anonymous = scope.kind === 'defaults' && args[0]?.value === 'from';
  const extra = anonymous ? args[2] : second === 'from' && complete ? args[3] : args[1];
  if (extra === undefined || extra.dynamic) return 'read';
  const hint =
    /:\d+\/?$/.test(extra.value) || extra.value.includes('://')
      ? 'Write the address on a "bind" line.'
      : 'Write "from <defaults>" or nothing.';
  const message = `"${scope.kind}" does not take "${extra.value}" here.`;
  // Behind the name of a defaults section HAProxy reads "from" and ignores everything else.
  if (scope.kind === 'defaults') {
    scope.report('extra-argument', extra, message, 'Put it on a line of its own.', { severity: 'warning' });
    return 'read';
  }
  // A backend takes no address, so HAProxy reads no further.
  if (scope.kind === 'backend') {
    const severity = atLeast(scope.version, '3.2') ? 'error' : 'warning';
    scope.report('extra-argument', extra, message, hint, { severity });
    return 'read';
  }
  scope.report('refused-section', extra, message, hint);
  return 'refused';
}
