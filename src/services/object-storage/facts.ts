import { nodeFact } from '../core/live/fact';
import type { Source } from '../core/live/fact';

/** Writing an object as a client does, and reading it back. */
export const OBJECT_STORAGE_SOURCE: Source = { id: 'object-storage', freshMs: 45_000 };

/** What became of an object that was written. */
export type Written =
  /** It came back as it was. */
  | { readonly kind: 'kept' }
  /** Nothing is known of objects; the store itself does not answer. */
  | { readonly kind: 'silent'; readonly reason: string }
  /** It answers, and an object was not taken or did not come back. */
  | { readonly kind: 'refused'; readonly reason: string };

export const OBJECT_WRITTEN = nodeFact<Written>('object-storage-written', OBJECT_STORAGE_SOURCE);
