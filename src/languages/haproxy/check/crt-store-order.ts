import type { Section } from '../syntax/document';
import type { Collector } from './collector';

/** Folders of a crt-store must be named above its first certificate. */
export function checkCrtStoreOrder(sections: readonly Section[], collector: Collector): void {
  for (const { kind, statements } of sections) {
    if (kind !== 'crt-store') continue;
    let loaded = false;
    for (const { keyword, uncertain, line } of statements) {
      if (uncertain || line.fault !== undefined) continue;
      if (keyword.value === 'load') loaded = true;
      if (!loaded || !['crt-base', 'key-base'].includes(keyword.value)) continue;
      const message = `"${keyword.value}" stands below a "load" line of this crt-store.`;
      collector.add('not-in-section', keyword, message, 'Move it to the beginning of the section.');
    }
  }
}
