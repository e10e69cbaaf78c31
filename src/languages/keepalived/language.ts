import type { Language } from '../core/language/language';
import { completion } from './editor/completion/completion';
import { hover } from './editor/explain/hover';
import { inlayHints } from './editor/explain/inlay-hints';
import { documentLinks } from './editor/navigate/links';
import { documentSymbols } from './editor/navigate/document-symbols';
import { foldingRanges } from './editor/text/folding';
import { selectionRange } from './editor/text/selection';
import { refuseRename } from './editor/navigate/rename';
import { symbolUses } from './editor/navigate/symbols';
import { semanticTokens } from './editor/text/semantic-tokens';
import { lintKeepalived } from './lint';
import { readKeepalived, type KeepalivedSubject } from './subject';
import { KEEPALIVED_SNIPPETS } from './snippets/items';

/** Keepalived configurations: reading, checking, and everything an editor may ask. */
export const KEEPALIVED_LANGUAGE: Language<KeepalivedSubject, 'keepalived'> = {
  id: 'keepalived',
  title: 'Keepalived',
  letters: 'KAD',
  fileName: 'keepalived.conf',
  fence: 'keepalived',
  snippets: KEEPALIVED_SNIPPETS,
  read: (text) => readKeepalived(text),
  lint: (subject, target, severities) => lintKeepalived(subject, target.path, severities),
  features: {
    completion,
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
