import type { CompletionItem, Hover, InlayHint, SelectionRange } from 'vscode-languageserver-types';
import type { Finding, Position, Range, TextEdit } from '../../finding/finding';
import type { CommentPlaces, FileView, ViewReader } from './file-view';
import type { Severities, SymbolUse } from '../../languages/core/language/language';
import type { EmbeddedText } from '../../languages/compose/embedded-text';
import { readComposeFile, type ComposeFile } from '../../languages/compose/compose-file';
import { lintCompose } from '../../languages/compose/rules';
import { byPlace } from '../../languages/core/rules/run-rules';

/** One GITLAB_OMNIBUS_CONFIG of a compose file and what gitlab.rb's language says of it. */
interface Part {
  readonly embedded: EmbeddedText;
  readonly view: FileView;
}

/**
 * Reads compose files: every GITLAB_OMNIBUS_CONFIG as a gitlab.rb, with places in the compose file, for the version of the
 * service's image; one that somebody asked for wins over it.
 */
export function composeReader(gitlabRb: ViewReader): ViewReader {
  return (text, target) => {
    let file: ComposeFile | undefined;
    let read: readonly Part[] | undefined;
    const around = (): ComposeFile => (file ??= readComposeFile(text, target.variables));
    const parts = (): readonly Part[] =>
      (read ??= around().configs.map(({ embedded, gitlabVersion }) => {
        const version = target.asked === true ? undefined : gitlabVersion;
        const inside = version === undefined ? target : { ...target, gitlabVersion: version };
        return { embedded, view: gitlabRb(embedded.text, inside) };
      }));
    return composeView(parts, (severities) => lintCompose(around(), target.path, severities));
  };
}

function composeView(
  parts: () => readonly Part[],
  lintAround: (severities: Severities) => readonly Finding[],
): FileView {
  /** Asks the part at a place, in its own coordinates; `otherwise` elsewhere in the file. */
  const at = <T>(position: Position, otherwise: T, ask: (part: Part, inner: Position) => T): T => {
    const part = parts().find(({ embedded }) => embedded.contains(position));
    return part === undefined ? otherwise : ask(part, part.embedded.toInner(position));
  };
  return {
    language: 'gitlab-rb',
    findings: (severities) =>
      [
        ...lintAround(severities),
        ...parts().flatMap(({ embedded, view }) =>
          view.findings(severities).map((finding) => outerFinding(finding, embedded)),
        ),
      ].sort(byPlace),
    completion: (position) =>
      at(position, [], ({ embedded, view }, inner) =>
        view.completion(inner).flatMap((item) => outerItem(item, embedded) ?? []),
      ),
    hover: (position) =>
      at<Hover | undefined>(position, undefined, ({ embedded, view }, inner) => {
        const hover = view.hover(inner);
        return hover?.range === undefined ? hover : { ...hover, range: embedded.outerRange(hover.range) };
      }),
    signatureHelp: (position) => at(position, undefined, ({ view }, inner) => view.signatureHelp(inner)),
    symbolUses: () => parts().flatMap(outerUses),
    refuseRename: () => ({ refused: 'Names inside a compose file cannot be changed from here.' }),
    // Outline, folding, colours and form are the business of the YAML around.
    documentSymbols: () => [],
    foldingRanges: () => [],
    semanticTokens: () => [],
    format: () => [],
    codeLenses: () => [],
    documentLinks: () => [],
    selectionRange: (position) =>
      at<SelectionRange>(
        position,
        { range: { start: position, end: position } },
        ({ embedded, view }, inner) => outerSelection(view.selectionRange(inner), embedded),
      ),
    inlayHints: (range) => parts().flatMap((part) => outerHints(part, range)),
    facts: () => undefined,
    get comments() {
      return commentPlaces(parts());
    },
  };
}

/** Names of one part are not those of another. */
function outerUses({ embedded, view }: Part, number: number): readonly SymbolUse[] {
  return view.symbolUses().map((use) => ({
    ...use,
    range: embedded.outerRange(use.range),
    scope: `${number} ${use.scope ?? ''}`,
  }));
}

function outerHints({ embedded, view }: Part, range: Range): readonly InlayHint[] {
  return view.inlayHints(embedded.innerRange(range)).map(({ position, label, kind, tooltip }) => ({
    position: embedded.toOuter(position),
    label,
    ...(kind === undefined ? {} : { kind }),
    ...(tooltip === undefined ? {} : { tooltip }),
  }));
}

function outerFinding(finding: Finding, embedded: EmbeddedText): Finding {
  const { fix, related, ...rest } = finding;
  const edits = fix === undefined ? undefined : outerEdits(fix.edits, embedded);
  return {
    ...rest,
    range: embedded.outerRange(finding.range),
    ...(fix === undefined || edits === undefined ? {} : { fix: { title: fix.title, edits } }),
    ...(related === undefined
      ? {}
      : { related: related.map((place) => ({ ...place, range: embedded.outerRange(place.range) })) }),
  };
}

/** Undefined when one of them cannot be written into the file around. */
function outerEdits(edits: readonly TextEdit[], embedded: EmbeddedText): TextEdit[] | undefined {
  const outer = edits.map((edit) => embedded.outerEdit(edit)).filter((edit) => edit !== undefined);
  return outer.length === edits.length ? outer : undefined;
}

function outerItem(item: CompletionItem, embedded: EmbeddedText): CompletionItem | undefined {
  const { textEdit, additionalTextEdits, ...rest } = item;
  const outer = (range: Range): Range => embedded.outerRange(range);
  const additional =
    additionalTextEdits === undefined ? undefined : outerEdits(additionalTextEdits, embedded);
  if (additionalTextEdits !== undefined && additional === undefined) return undefined;
  const several = (textEdit?.newText ?? item.insertText ?? item.label).includes('\n');
  if (several && !embedded.hasLines) return undefined;
  const result: CompletionItem = {
    ...rest,
    ...(additional === undefined ? {} : { additionalTextEdits: additional }),
  };
  if (textEdit === undefined) return result;
  return 'range' in textEdit
    ? { ...result, textEdit: { ...textEdit, range: outer(textEdit.range) } }
    : {
        ...result,
        textEdit: { ...textEdit, insert: outer(textEdit.insert), replace: outer(textEdit.replace) },
      };
}

function outerSelection(selection: SelectionRange, embedded: EmbeddedText): SelectionRange {
  const range = embedded.outerRange(selection.range);
  const { parent } = selection;
  return parent === undefined ? { range } : { range, parent: outerSelection(parent, embedded) };
}

/** Comments are possible where the text has lines of its own, and clear while there is one text only. */
function commentPlaces(parts: readonly Part[]): CommentPlaces | undefined {
  const [part] = parts;
  if (part === undefined || parts.length > 1 || !part.embedded.hasLines) return undefined;
  return {
    firstLine: part.embedded.toOuter({ line: 0, character: 0 }).line,
    lineAbove: () => true,
  };
}
