import type { SymbolUse } from '../../languages/core/language/language';
import type { FileKind } from '../../languages/file-types';
import type { RubyValue } from '../../languages/gitlab-rb/evaluate/value';
import type { FileView } from '../documents/file-view';

/** What is known of one configuration file of the workspace. */
export interface IndexedFile {
  /** In normal form, as `root` is. */
  readonly uri: string;
  readonly kind: FileKind;
  /** Folder of the nearest cluster.yaml above it, else of its workspace folder. */
  readonly root: string;
  /** Path relative to `root`. */
  readonly path: string;
  /** The node it belongs to, by `nodes/<node>/…`; undefined for files all nodes share. */
  readonly node: string | undefined;
  readonly symbols: readonly SymbolUse[];
  /** What each root of a gitlab.rb holds in the end; undefined for other languages. */
  readonly settings: ReadonlyMap<string, RubyValue> | undefined;
}

/** What a view of a file tells the others, without the view. @param place where the file stands */
export function indexedFile(
  place: Pick<IndexedFile, 'uri' | 'root' | 'path'>,
  kind: FileKind,
  view: FileView,
): IndexedFile {
  const facts = view.facts();
  return {
    ...place,
    kind,
    node: /(?:^|\/)nodes\/([^/]+)\//.exec(place.path)?.[1],
    symbols: view.symbolUses().filter(({ file }) => file === undefined),
    settings: facts?.kind === 'gitlab-rb' ? facts.config.tree : undefined,
  };
}
