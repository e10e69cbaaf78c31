import type { Language } from '../language/language';
import { keepalivedSnippets } from '../snippets/keepalived-items';
import { completion } from './language/completion';
import { hover } from './language/hover';
import { inlayHints } from './language/inlay-hints';
import { documentLinks } from './language/links';
import { documentSymbols, foldingRanges } from './language/outline';
import { selectionRange } from './language/selection';
import { refuseRename, symbolUses } from './language/symbols';
import { semanticTokens } from './language/tokens';
import { lintKeepalivedSubject } from './lint';
import { readKeepalived, type KeepalivedSubject } from './subject';

/** Keepalived configurations: reading, checking, and everything an editor may ask. */
export const KEEPALIVED_LANGUAGE: Language<KeepalivedSubject> = {
  id: 'keepalived',
  title: 'Keepalived',
  read: (text) => readKeepalived(text),
  lint: (subject, target, severities) =>
    lintKeepalivedSubject(subject, {
      path: target.path,
      ...(severities === undefined ? {} : { severities }),
    }),
  features: {
    completion: (subject, position) => [
      ...completion(subject, position),
      ...keepalivedSnippets(subject, position),
    ],
    hover,
    symbolUses,
    refuseRename,
    documentSymbols,
    foldingRanges,
    selectionRange,
    semanticTokens,
    documentLinks,
    inlayHints,
  },
};
