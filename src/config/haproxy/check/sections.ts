import type { Scope } from './scope';
import { isProxy } from './scope';
import { sectionExists } from './statement';
import { checkName } from './values';

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
]);

/** Checks the line a section begins with. Returns false when the branch does not know the section. */
export function checkSection(scope: Scope): boolean {
  const { section, statement } = scope;
  const { keyword, args } = statement;
  if (!sectionExists(scope)) {
    const message = `HAProxy ${scope.version} knows no section "${section.kind}".`;
    scope.report('newer', keyword, message, 'Remove the section, or run a version that has it.');
    return false;
  }
  const [name, second, third] = args;
  if (name === undefined) {
    if (NAMED.has(section.kind)) {
      scope.report(
        'missing-argument',
        keyword,
        `"${section.kind}" needs a name.`,
        'Write the name behind it.',
      );
    }
    return true;
  }
  if (section.kind === 'global') {
    scope.report('extra-argument', name, '"global" takes no argument.', 'Remove it.');
  } else if (NAMED.has(section.kind)) checkName(scope, name, `this ${section.kind}`);
  if (isProxy(section.kind) && second !== undefined && !second.dynamic)
    checkInheritance(scope, second.value, third !== undefined);
  return true;
}

/** After the name only `from <defaults>` may follow. */
function checkInheritance(scope: Scope, second: string, complete: boolean): void {
  const { args } = scope.statement;
  const anonymous = scope.section.kind === 'defaults' && args[0]?.value === 'from';
  const extra = anonymous ? args[2] : second === 'from' && complete ? args[3] : args[1];
  if (extra === undefined || extra.dynamic) return;
  const hint = /^(\*|[\d.]*)?:\d+$/.test(extra.value)
    ? 'Write the address on a "bind" line.'
    : 'Write "from <defaults>" or nothing.';
  scope.report('extra-argument', extra, `"${scope.section.kind}" does not take "${extra.value}" here.`, hint);
}
