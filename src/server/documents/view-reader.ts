import type { Language, SymbolUse, Target } from '../../languages/core/language/language';
import type { LanguageId } from '../../languages/registry/languages';
import type { FileFacts } from '../../workspace/facts/facts';
import { isTooLarge, LARGEST_FILE_BYTES, tooLarge } from '../../workspace/files/workspace-files';
import type { CommentPlaces, FileView, ViewReader } from './file-view';
import { joinedView } from './joined-view';
import { JoinedWhole, LastWhole } from './joined-whole';

const TOO_LARGE: FileFacts = { kind: 'unread', file: tooLarge(LARGEST_FILE_BYTES) };

const WHOLE_FILE: CommentPlaces = { firstLine: 0, lineAbove: () => true };

/**
 * Makes a language answer the server's questions, its subject kept inside. Of the files of one configuration the whole is
 * read once, not for each of them.
 * @param facts what a workspace must know of the file
 */
export function viewReader<Subject>(
  language: Language<Subject, LanguageId>,
  facts?: (subject: Subject, path: string) => FileFacts,
): ViewReader {
  const { joining } = language;
  const last = new LastWhole();
  return (text, target, set) => {
    const own = viewOf(language, text, target, () => language.read(text, target), facts);
    if (set === undefined || joining === undefined) return own;
    const files = set.files.map((file, at) => (at === set.at ? { ...file, text } : file));
    const whole = last.of(files, target, () => {
      const joined = joining.join(files);
      return new JoinedWhole(
        joined,
        viewOf(language, joined.text, target, () => joining.read(joined, target)),
      );
    });
    return joinedView(own, whole, set.at, target.path);
  };
}

function viewOf<Subject>(
  language: Language<Subject, LanguageId>,
  text: string,
  target: Target,
  readNow: () => Subject,
  facts?: (subject: Subject, path: string) => FileFacts,
): FileView {
  const { features } = language;
  let read: { readonly subject: Subject } | undefined;
  let uses: readonly SymbolUse[] | undefined;
  let known: FileFacts | undefined;
  const subject = (): Subject => (read ??= { subject: readNow() }).subject;
  return {
    language: language.id,
    findings: (severities) => language.lint(subject(), target, severities),
    completion: (position) => features.completion(subject(), position),
    hover: (position) => features.hover(subject(), position),
    signatureHelp: (position) => features.signatureHelp?.(subject(), position),
    // Each question about a name looks through all of them.
    symbolUses: () => (uses ??= features.symbolUses(subject())),
    refuseRename: (symbol, newName) => features.refuseRename?.(subject(), symbol, newName),
    documentSymbols: () => features.documentSymbols(subject()),
    foldingRanges: () => features.foldingRanges(subject()),
    selectionRange: (position) => features.selectionRange(subject(), position),
    semanticTokens: () => features.semanticTokens?.(subject()) ?? [],
    documentLinks: () => features.documentLinks?.(subject()) ?? [],
    format: () => features.format?.(subject()) ?? [],
    codeLenses: () => features.codeLenses?.(subject()) ?? [],
    inlayHints: (range) => features.inlayHints?.(subject(), range) ?? [],
    // Made once: whoever compares facts sees that they are the same.
    facts: () => (known ??= isTooLarge(text) ? TOO_LARGE : facts?.(subject(), target.path)),
    comments: WHOLE_FILE,
  };
}
