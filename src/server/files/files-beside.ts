import { readDotEnv, type Variables } from '../../languages/compose/interpolation';
import { includedFiles, type IncludedFiles } from '../../languages/gitlab-rb/evaluate/included-files';
import type { FileSystem } from './file-system';
import { addressBelow, folderOf, normalUri } from './paths';

/** Told the address, in normal form, of every file that is looked for, there or not. */
export type Noted = (address: string) => void;

/** What files beside one say of it: as they are in the editor where they are open, else as on disk. */
export class FilesBeside {
  /** @param opened what an open file holds, by its address in normal form */
  constructor(
    private readonly files: Pick<FileSystem, 'read'>,
    private readonly opened: (normal: string) => string | undefined,
  ) {}

  /** The variables of the `.env` beside a compose file; none where there is none. */
  async variables(uri: string, noted: Noted): Promise<Variables> {
    const text = await this.read(uri, '.env', noted);
    return text === undefined ? {} : readDotEnv(text);
  }

  /** The files that a gitlab.rb reads with `from_file`; undefined when it names none. */
  async included(uri: string, text: string, noted: Noted): Promise<IncludedFiles | undefined> {
    if (!text.includes('from_file')) return undefined;
    return includedFiles(text, (path) => this.read(uri, path, noted));
  }

  private async read(uri: string, path: string, noted: Noted): Promise<string | undefined> {
    const address = addressBelow(folderOf(uri), path);
    noted(normalUri(address));
    const content = this.opened(normalUri(address)) ?? (await this.files.read(address));
    return typeof content === 'string' ? content : undefined;
  }
}
