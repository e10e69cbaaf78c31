import type { Target } from './tree-node';

const KINDS: ReadonlySet<string> = new Set([
  'lab',
  'layer',
  'absent',
  'group',
  'node',
  'service',
  'contents',
  'gateway',
]);

/** The argument of a command as a Target; undefined when it is something else (VS Code passes what it likes). */
export function asTarget(argument: unknown): Target | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { kind, lab } = argument as { readonly kind?: unknown; readonly lab?: unknown };
  return typeof kind === 'string' && KINDS.has(kind) && typeof lab === 'string'
    ? (argument as Target)
    : undefined;
}
