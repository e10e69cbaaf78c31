import { JoinedText } from '../core/joined/joined-text';
import type { Language } from '../core/language/language';
import { completion } from './editor/completion/completion';
import { documentSymbols } from './editor/navigate/document-symbols';
import { foldingRanges } from './editor/text/folding';
import { format } from './editor/text/format';
import { hover } from './editor/explain/hover';
import { inlayHints } from './editor/explain/inlay-hints';
import { documentLinks } from './editor/navigate/links';
import { refuseRename } from './editor/navigate/rename';
import { selectionRange } from './editor/text/selection';
import { semanticTokens } from './editor/text/semantic-tokens';
import { signatureHelp } from './editor/explain/signature-help';
import { symbolUses } from './editor/navigate/symbols';
import { lintHaproxy } from './lint';
import { readHaproxy, readHaproxyFiles, type HaproxySubject } from './subject';
import { HAPROXY_SNIPPETS } from './snippets/items';

/** HAProxy configurations: reading, checking, and everything an editor may ask. */
export const HAPROXY_LANGUAGE: Language<HaproxySubject, 'haproxy'> = {
  id: 'haproxy',
  title: 'HAProxy',
  letters: 'HAP',
  fileName: 'haproxy.cfg',
  fence: 'haproxy',
  snippets: HAPROXY_SNIPPETS,
  read: (text, target) => readHaproxy(text, target.haproxyVersion),
  lint: (subject, target, severities) => lintHaproxy(subject, target.path, severities),
  features: {
    completion,
    hover,
    signatureHelp,
    symbolUses,
    refuseRename,
    documentSymbols,
    foldingRanges,
    selectionRange,
    semanticTokens,
    documentLinks,
    format,
    inlayHints,
  },
  joining: {
    join: (files) => JoinedText.ofWhole(files),
    read: (joined, target) => readHaproxyFiles(joined, target.haproxyVersion),
  },
};
