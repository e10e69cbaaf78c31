import type { HaproxyDocument } from '../../syntax/document';
import type { Cursor } from '../cursor/cursor';
import type { Items } from './items';
import type { Names } from '../../model/names';
import type { Slot } from '../cursor/slot';

/** What the parts of a completion share. */
export interface Completing {
  readonly document: HaproxyDocument;
  readonly cursor: Cursor;
  readonly kind: string;
  readonly slots: readonly Slot[];
  readonly names: Names;
  readonly items: Items;
}
