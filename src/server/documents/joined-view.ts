import type { CompletionItem, InlayHint } from 'vscode-languageserver-types';
import type { Finding, Position, Range, TextEdit } from '../../finding/finding';
import type { JoinedText } from '../../languages/core/joined/joined-text';
import type { SymbolUse } from '../../languages/core/language/language';
import type { FileView } from './file-view';
import type { JoinedWhole } from './joined-whole';

/**
 * One file of a configuration that is written in several: what stands in it is asked of the whole, and what it looks
 * like (outline, folding, colours, form) of the file alone.
 * @param own the file by itself
 * @param file which of the files of the whole it is
 * @param path of the file, as findings shall name it
 */
export function joinedView(own: FileView, read: JoinedWhole, file: number, path: string): FileView {
  const { joined, view: whole } = read;
  const places = new Places(joined, file, path);
  /** Asks the whole about a place of the file; the file itself where the program does not read that line. */
  const at = <T>(position: Position, ask: (view: FileView, inner: Position) => T): T => {
    const inner = joined.toJoined(file, position);
    return inner === undefined ? ask(own, position) : ask(whole, inner);
  };
  let found: readonly SymbolUse[] | undefined;
  const uses = (): readonly SymbolUse[] =>
    (found ??= onceEach(
      whole.symbolUses().map((use) => places.use(use)),
      ({ kind, name, range, file: other = '' }) => [kind, name, placeKey(range), other].join(' '),
    ));
  return {
    ...own,
    findings: (severities) =>
      onceEach(
        read.findingsIn(file, severities).flatMap((finding) => places.finding(finding) ?? []),
        ({ code, message, range }) => [code, placeKey(range), message].join(' '),
      ),
    completion: (position) =>
      at(position, (view, inner) => view.completion(inner)).flatMap((item) => places.item(item) ?? []),
    hover: (position) => {
      const hover = at(position, (view, inner) => view.hover(inner));
      const range = hover?.range === undefined ? undefined : places.range(hover.range);
      return hover === undefined || range === undefined ? hover : { ...hover, range };
    },
    signatureHelp: (position) => at(position, (view, inner) => view.signatureHelp(inner)),
    symbolUses: () => uses(),
    refuseRename: (symbol, newName) => whole.refuseRename(symbol, newName),
    inlayHints: (range) => places.hints(whole, range),
  };
}

/** A file that is taken in twice says everything twice. */
function onceEach<T>(list: readonly T[], keyOf: (one: T) => string): readonly T[] {
  const seen = new Set<string>();
  return list.filter((one) => {
    const key = keyOf(one);
    return !seen.has(key) && seen.add(key);
  });
}

function placeKey({ start, end }: Range): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}

/** Places of the whole as places of one of its files. */
class Places {
  constructor(
    private readonly joined: JoinedText,
    private readonly file: number,
    private readonly path: string,
  ) {}

  /** Undefined when it is in another file. */
  range(range: Range): Range | undefined {
    const found = this.joined.rangeInFile(range);
    return found.file === this.file ? found.range : undefined;
  }

  /** A repair that reaches into another file is not offered: both would have to be changed at once. */
  finding({ fix, related, ...finding }: Finding): Finding | undefined {
    const range = this.range(finding.range);
    if (range === undefined) return undefined;
    const edits = fix === undefined ? undefined : this.edits(fix.edits);
    return {
      ...finding,
      file: this.path,
      range,
      ...(fix === undefined || edits === undefined ? {} : { fix: { title: fix.title, edits } }),
      ...(related === undefined
        ? {}
        : {
            related: related.map((place) => {
              const found = this.joined.rangeInFile(place.range);
              const path = this.joined.files[found.file]?.path ?? place.file;
              return {
                ...place,
                file: found.file === this.file ? this.path : path,
                range: found.range,
              };
            }),
          }),
    };
  }

  item(item: CompletionItem): CompletionItem | undefined {
    const { textEdit, additionalTextEdits, ...rest } = item;
    const more = additionalTextEdits === undefined ? undefined : this.edits(additionalTextEdits);
    if (additionalTextEdits !== undefined && more === undefined) return undefined;
    const result: CompletionItem = { ...rest, ...(more === undefined ? {} : { additionalTextEdits: more }) };
    if (textEdit === undefined) return result;
    if ('range' in textEdit) {
      const range = this.range(textEdit.range);
      return range === undefined ? undefined : { ...result, textEdit: { ...textEdit, range } };
    }
    const [insert, replace] = [this.range(textEdit.insert), this.range(textEdit.replace)];
    if (insert === undefined || replace === undefined) return undefined;
    return { ...result, textEdit: { ...textEdit, insert, replace } };
  }

  use(use: SymbolUse): SymbolUse {
    const found = this.joined.rangeInFile(use.range);
    const id = this.joined.files[found.file]?.id;
    const elsewhere = found.file === this.file || id === undefined ? {} : { file: id };
    return { ...use, range: found.range, ...elsewhere };
  }

  hints(whole: FileView, range: Range): InlayHint[] {
    const start = this.joined.toJoined(this.file, range.start);
    // An editor asks for lines that are not there yet.
    const last = this.joined.lastLine(this.file);
    const end = this.joined.toJoined(this.file, range.end) ?? last;
    if (start === undefined || end === undefined) return [];
    return whole.inlayHints({ start, end }).flatMap((hint) => {
      const { file, position } = this.joined.toFile(hint.position);
      return file === this.file ? [{ ...hint, position }] : [];
    });
  }

  /** Undefined when one of them is in another file. */
  private edits(edits: readonly TextEdit[]): TextEdit[] | undefined {
    const own = edits.flatMap(({ range, newText }) => {
      const found = this.range(range);
      return found === undefined ? [] : [{ range: found, newText }];
    });
    return own.length === edits.length ? own : undefined;
  }
}
