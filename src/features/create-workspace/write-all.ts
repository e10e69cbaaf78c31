import type { FileSystem, Uri } from 'vscode';

/**
 * Writes all files or none: those before one that cannot be written are taken away again. Nothing may be there before.
 * @throws what the first file that cannot be written fails with
 */
export async function writeAll(
  fs: Pick<FileSystem, 'writeFile' | 'delete'>,
  files: readonly { readonly uri: Uri; readonly text: string }[],
): Promise<void> {
  const encoder = new TextEncoder();
  const begun: Uri[] = [];
  try {
    for (const { uri, text } of files) {
      begun.push(uri);
      await fs.writeFile(uri, encoder.encode(text));
    }
  } catch (error) {
    // Why something cannot be taken away says less than why it could not be written.
    await Promise.allSettled(begun.map((uri) => fs.delete(uri)));
    throw error;
  }
}
