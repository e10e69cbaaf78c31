import type { Localizer } from '../../presentation/words/localizer';

/** A system call that failed. */
export type SystemError = NodeJS.ErrnoException & { readonly code: string; readonly syscall: string };

/** True for what the operating system refused: no defect of the program, whatever it was about. */
export function isSystemError(error: unknown): error is SystemError {
  const { code, syscall } = (error ?? {}) as Partial<SystemError>;
  return error instanceof Error && typeof code === 'string' && typeof syscall === 'string';
}

/** Why a file or folder could not be read or written, as half a sentence; the system's own words where we have none. */
export function whyRefused({ code, message }: SystemError, l10n: Localizer): string {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return l10n.t('this user may not');
    case 'EROFS':
      return l10n.t('its file system is read-only');
    case 'ENOSPC':
    case 'EDQUOT':
      return l10n.t('its disk is full');
    case 'ENOTDIR':
    case 'EEXIST':
      return l10n.t('a part of the path is a file');
    case 'ENOENT':
      return l10n.t('a part of the path is missing');
    default:
      return message;
  }
}
