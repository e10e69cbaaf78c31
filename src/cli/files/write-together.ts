import { mkdir, open, readFile, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CliError } from '../cli-error';
import type { CliContext } from '../context';
import { EXIT } from '../exit-code';
import { isSystemError, whyRefused } from './refusal';
import type { Localizer } from '../../presentation/words/localizer';

/** One thing to do to a file or a folder; paths are absolute. */
export type FileStep =
  /** A new file, its folders with it; never over one that is there. */
  | { readonly kind: 'create'; readonly path: string; readonly text: string }
  /** Another text for a file that still has the text that was read; links and permissions stay. */
  | { readonly kind: 'replace'; readonly path: string; readonly before: string; readonly text: string }
  /** A file that still has the text that was read is no more, and its folder when nothing else is in it. */
  | { readonly kind: 'remove'; readonly path: string; readonly before: string }
  | { readonly kind: 'move'; readonly path: string; readonly to: string };

/** A file has other bytes than the text that was read of it. */
class OtherText extends Error {}

/** Takes one thing back that was done. */
type Undo = () => Promise<unknown>;

/**
 * Does all of the steps in their order, or none: when one fails, those before it are taken back. It takes milliseconds;
 * Ctrl-C meanwhile is not heard, so that no half of them is left.
 * @throws CliError naming what could not be written and why
 */
export async function writeTogether(context: CliContext, steps: readonly FileStep[]): Promise<void> {
  const unheard = context.onInterrupt(() => undefined);
  const undo: Undo[] = [];
  try {
    for (const step of steps) await take(context, step, undo);
  } finally {
    unheard.dispose();
  }
}

async function take(context: CliContext, step: FileStep, undo: Undo[]): Promise<void> {
  const { l10n } = context;
  try {
    await perform(step, undo);
  } catch (error) {
    const whole = await takeBack(undo);
    const message = l10n.t('{0} cannot be written: {1}.', step.path, whyNot(error, l10n));
    const remedy = whole
      ? l10n.t('Nothing was changed.')
      : l10n.t('Taking back what was written before failed as well: look at the files of that folder.');
    throw new CliError(EXIT.failed, message, remedy);
  }
}

/** @throws what is no refusal */
function whyNot(error: unknown, l10n: Localizer): string {
  if (error instanceof OtherText) return l10n.t('it is not UTF-8, or was changed a moment ago');
  if (!isSystemError(error)) throw error;
  return whyRefused(error, l10n);
}

async function takeBack(undo: readonly Undo[]): Promise<boolean> {
  let whole = true;
  for (const one of [...undo].reverse()) {
    await one().catch(() => {
      whole = false;
    });
  }
  return whole;
}

async function perform(step: FileStep, undo: Undo[]): Promise<void> {
  const { path } = step;
  switch (step.kind) {
    case 'create':
      await makeFolder(dirname(path), undo);
      return create(path, step.text, undo);
    case 'replace': {
      const before = await unchanged(step);
      undo.push(() => overwrite(path, before));
      return overwrite(path, Buffer.from(step.text));
    }
    case 'remove': {
      const before = await unchanged(step);
      const { mode } = await stat(path);
      await rm(path);
      undo.push(() => writeFile(path, before, { mode }));
      return removeEmpty(dirname(path), undo);
    }
    case 'move':
      await rename(path, step.to);
      undo.push(() => rename(step.to, path));
  }
}

/** @throws OtherText: what was read of another encoding is not what the file has, and written back it would be lost. */
async function unchanged({
  path,
  before,
}: {
  readonly path: string;
  readonly before: string;
}): Promise<Buffer> {
  const content = await readFile(path);
  if (!content.equals(Buffer.from(before))) throw new OtherText();
  return content;
}

async function removeEmpty(folder: string, undo: Undo[]): Promise<void> {
  if ((await readdir(folder)).length > 0) return;
  await rmdir(folder);
  undo.push(() => mkdir(folder));
}

async function create(path: string, text: string, undo: Undo[]): Promise<void> {
  const handle = await open(path, 'wx');
  undo.push(() => rm(path));
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
}

/** In place and cut at its end only: a full disk leaves room to write the earlier text again. */
async function overwrite(path: string, content: Uint8Array): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    for (let done = 0; done < content.length;) {
      const { bytesWritten } = await handle.write(content, done, content.length - done, done);
      done += bytesWritten;
    }
    await handle.truncate(content.length);
  } finally {
    await handle.close();
  }
}

/** Folder by folder: made all at once, Node never comes back where the system goes on saying that a part is missing. */
async function makeFolder(folder: string, undo: Undo[]): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  const parent = dirname(folder);
  if (found === undefined && parent !== folder) await makeFolder(parent, undo);
  await mkdir(folder);
  undo.push(() => rmdir(folder));
}
