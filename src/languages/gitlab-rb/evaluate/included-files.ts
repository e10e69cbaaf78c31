/** Texts of files that `from_file` reads, by the path as it is written there. */
export type IncludedFiles = Readonly<Record<string, string>>;

const FROM_FILE = /^[^#\n]*\bfrom_file[ (]+(["'])([^"'\n#]+)\1/gm;
/** Files that read files that read files: more is nothing people write, or a circle. */
const DEEPEST = 4;
const MOST = 50;

/**
 * The path, beside the file itself, of a file that `from_file` names: what is in GitLab's folder on a machine lies beside
 * the gitlab.rb where people keep it.
 */
export function besidePath(path: string): string {
  const own = path.replace(/^\/etc\/gitlab\//, '');
  return own.startsWith('/') ? own.slice(own.lastIndexOf('/') + 1) : own.replace(/^\.\//, '');
}

/**
 * Every file that a gitlab.rb reads with `from_file` and a plain path, and those that these read.
 * @param read gives the text of a file beside the gitlab.rb; undefined when there is none
 */
export async function includedFiles(
  text: string,
  read: (path: string) => Promise<string | undefined>,
): Promise<IncludedFiles> {
  const found: Record<string, string> = {};
  let texts = [text];
  for (let depth = 0; depth < DEEPEST && texts.length > 0; depth += 1) {
    const paths = texts.flatMap((one) => [...one.matchAll(FROM_FILE)].map((match) => match[2] ?? ''));
    texts = [];
    for (const path of new Set(paths)) {
      if (Object.hasOwn(found, path) || Object.keys(found).length >= MOST) continue;
      const beside = besidePath(path);
      // What leads out of the folder is somebody else's.
      const content = beside.split('/').includes('..') ? undefined : await read(beside);
      if (content === undefined) continue;
      found[path] = content;
      texts.push(content);
    }
  }
  return found;
}
