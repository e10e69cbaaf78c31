import type { FileKind } from '../../languages/file-types';
import type { ConfigurationSet } from '../../workspace/sets/configuration-set';
import type { SetFinder } from '../../workspace/sets/find-set';
import type { SetAccess } from '../../workspace/sets/set-access';
import type { LintSettings } from '../protocol';
import type { FileSystem } from './file-system';
import { addressBelow, normalUri, pathOf } from './paths';
import { ShortMemory } from './short-memory';

/** What the search for the files of a configuration needs to know of the editor. */
export interface SetSurroundings {
  readonly files: Pick<FileSystem, 'names' | 'read'>;
  /** The address, as the client writes it, of an open file by its normal form. */
  readonly opened: (uri: string) => string | undefined;
  /** What an open file holds. */
  readonly text: (uri: string) => string | undefined;
  /** Path of a file as findings name it. */
  readonly place: (uri: string) => string;
  /** Address of a path that is relative to the folder a file's path is relative to. */
  readonly addressOf: (uri: string, path: string) => string;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** Files of the disk that can be one configuration; open ones count as they are in the editor. */
export class ConfigurationSets {
  private finder: Promise<SetFinder> | undefined;
  private readonly names: ShortMemory<readonly string[]>;
  private readonly texts: ShortMemory<string | undefined>;

  constructor(private readonly around: SetSurroundings) {
    this.names = new ShortMemory(around.now);
    this.texts = new ShortMemory(around.now);
  }

  /** Files changed on disk: what was read a moment ago does not count any more. */
  changed(): void {
    this.names.forget();
    this.texts.forget();
  }

  /** The configuration a file is a part of; undefined where it stands by itself, or is on no disk. */
  async find(
    uri: string,
    kind: FileKind,
    text: string,
    settings: LintSettings,
  ): Promise<ConfigurationSet | undefined> {
    if ((kind !== 'haproxy' && kind !== 'keepalived') || !uri.startsWith('file:')) return undefined;
    const said = settings.haproxyConfigurations.map((paths) =>
      paths.map((path) => (isWhole(path) ? path : pathOf(this.around.addressOf(uri, cleaned(path))))),
    );
    this.finder ??= import('../../workspace/sets/find-set').then((loaded) => new loaded.SetFinder());
    const finder = await this.finder;
    return finder.find(kind, pathOf(uri), text, this.access(uri), said);
  }

  private access(asked: string): SetAccess {
    const { files, opened, text, place } = this.around;
    // Of an address only the path differs between files of one disk.
    const address = (path: string): string => normalUri(addressBelow(hostOf(asked), path.replace(/^\//, '')));
    const spelled = (path: string): string => {
      const uri = address(path);
      return uri === normalUri(asked) ? asked : (opened(uri) ?? uri);
    };
    return {
      names: (folder) => this.names.of(address(folder), () => files.names(address(folder))),
      read: async (path) => {
        const uri = spelled(path);
        return text(uri) ?? this.texts.of(uri, () => this.onDisk(uri));
      },
      named: (path) => ({ id: spelled(path), path: place(spelled(path)) }),
    };
  }

  private async onDisk(uri: string): Promise<string | undefined> {
    const content = await this.around.files.read(uri);
    return typeof content === 'string' ? content : undefined;
  }
}

/** `file://` and the machine, without a slash at its end. */
function hostOf(uri: string): string {
  return /^file:\/\/[^/]*/.exec(normalUri(uri))?.[0] ?? 'file://';
}

function isWhole(path: string): boolean {
  return path.startsWith('/') || /^[a-z]:[\\/]/i.test(path);
}

function cleaned(path: string): string {
  return path.replace(/^\.\//, '').replace(/\/$/, '');
}
