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
import { readKeepalived, readKeepalivedFiles, type KeepalivedSubject } from './subject';
import { joinIncludes } from './syntax/includes';
import { KEEPALIVED_SNIPPETS } from './snippets/items';

/** Keepalived configurations: reading, checking, and everything an editor may ask. */
export const KEEPALIVED_LANGUAGE: Language<KeepalivedSubject, 'keepalived'> = {
  id: 'keepalived',
  title: 'Keepalived',
  letters: 'KAD',
  fileName: 'keepalived.conf',
  fence: 'keepalived',
  snippets: KEEPALIVED_SNIPPETS,
  // Other files in Keepalived's folder are included by one that is not here.
  read: (text, { path }) =>
    readKeepalived(text, /\/keepalived\/(?:.*\/)?(?!keepalived)[^/]*\.conf$/.test(`/${path}`)),
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
  joining: { join: joinIncludes, read: readKeepalivedFiles },
};
