import type { SymbolUse } from '../../../core/language/language';
import { namesOf } from '../../model/names';
import type { KeepalivedSubject } from '../../subject';
import type { KeepalivedDocument } from '../../syntax/document';

/** Names of instances, scripts and the like, and of definitions, wherever they stand. */
export function symbolUses({ document }: KeepalivedSubject): readonly SymbolUse[] {
  const names = namesOf(document).flatMap(({ kind, word, role }): { at: number; use: SymbolUse }[] => {
    if (word.dynamic || word.value === '') return [];
    const quote = word.quoted ? 1 : 0;
    const range = document.range({ start: word.start + quote, end: word.start + quote + word.value.length });
    return [{ at: word.start, use: { kind, name: word.value, range, role } }];
  });
  return [...names, ...definitionUses(document)].sort((a, b) => a.at - b.at).map(({ use }) => use);
}

function definitionUses(document: KeepalivedDocument): { at: number; use: SymbolUse }[] {
  const { definitions, text, lines } = document;
  if (definitions.length === 0) return [];
  const known = new Set(definitions.map(({ name }) => name));
  const made = definitions.map(({ name, span }) => ({
    at: span.start,
    use: { kind: 'definition', name, range: document.range(span), role: 'definition' as const },
  }));
  const heads = new Set(definitions.map(({ span }) => span.start));
  const used = lines.flatMap((line) => {
    const end = line.comment?.start ?? line.end;
    return [...text.slice(line.start, end).matchAll(/\$\{?([A-Za-z_]\w*)/g)].flatMap((match) => {
      const name = match[1] ?? '';
      const start = line.start + match.index + match[0].length - name.length;
      if (!known.has(name) || heads.has(start)) return [];
      const range = document.range({ start, end: start + name.length });
      return [{ at: start, use: { kind: 'definition', name, range, role: 'use' as const } }];
    });
  });
  return [...made, ...used];
}
