import type { Word } from '../../syntax/word';
import type { Scope } from '../scope';

const COMMANDS = ['event', 'follow', 'level', 'lock', 'pause', 'sink', 'start', 'stop', 'verbosity'];
/** Those that work on all sources at once. */
const COMMON = ['follow', 'level', 'sink'];
const LEVELS = ['error', 'user', 'proto', 'state', 'data', 'developer'];

/**
 * `trace <source> <command> <value> …` of a traces section. Which sources, events and verbosities there are depends on
 * how HAProxy was built.
 */
export function checkTrace(scope: Scope, words: readonly Word[]): void {
  const [source] = words;
  if (source === undefined || source.dynamic || source.value === '0') return;
  const known = source.value === 'all' ? COMMON : COMMANDS;
  for (let at = 1; at < words.length; at += 2) {
    const [command, value] = [words[at], words[at + 1]];
    if (command === undefined || command.dynamic) return;
    if (!known.includes(command.value)) {
      const message = `"trace ${source.value}" does not know "${command.value}".`;
      return scope.report('enumeration', command, message, scope.suggest(command.value, known));
    }
    if (command.value !== 'level' || value === undefined || value.dynamic) continue;
    if (LEVELS.includes(value.value)) continue;
    const message = `There is no level of traces "${value.value}".`;
    return scope.report('enumeration', value, message, scope.suggest(value.value, LEVELS));
  }
}
