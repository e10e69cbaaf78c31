import type { HaproxyDocument } from '../../syntax/document';
import type { Cursor } from './cursor';
import type { Items } from './items';
import type { Names } from '../navigate/names';
import type { Slot } from './slot';

/** What the parts of a completion share. */
export interface Completing {
  readonly document: HaproxyDocument;
  readonly cursor: Cursor;
  readonly kind: string;
  readonly slots: readonly Slot[];
  readonly names: Names;
  readonly items: Items;
}
