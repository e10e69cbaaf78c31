import type { Language } from '../language/language';
import { completion } from './language/completion';
import { documentSymbols } from './language/document-symbols';
import { foldingRanges } from './language/folding';
import { format } from './language/format';
import { hover } from './language/hover';
import { inlayHints } from './language/inlay-hints';
import { documentLinks } from './language/links';
import { refuseRename } from './language/rename';
import { selectionRange } from './language/selection';
import { semanticTokens } from './language/tokens';
import { signatureHelp } from './language/signature-help';
import { symbolUses } from './language/symbols';
import { DEFAULT_VERSION, lintHaproxySubject } from './lint';
import { readHaproxy, type HaproxySubject } from './subject';
import { haproxyVersion } from './version';

/** HAProxy configurations: reading, checking, and everything an editor may ask. */
export const HAPROXY_LANGUAGE: Language<HaproxySubject> = {
  id: 'haproxy',
  title: 'HAProxy',
  read: (text, target) => readHaproxy(text, haproxyVersion(target.haproxyVersion ?? '') ?? DEFAULT_VERSION),
  lint: (subject, target, severities) =>
    lintHaproxySubject(subject, { path: target.path, ...(severities === undefined ? {} : { severities }) }),
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
};
