import { checkDocument, type Checked } from './check/check-document';
import { parseHaproxy, type HaproxyDocument } from './syntax/document';
import { proxiesOf, type Proxy } from './model/proxies';
import type { HaproxyVersion } from './version';

/** What the rules for HAProxy look at: a read and checked configuration. */
export interface HaproxySubject {
  readonly document: HaproxyDocument;
  readonly checked: Checked;
  /** Frontends, backends and listen sections with what they inherit. */
  readonly proxies: readonly Proxy[];
}

/** Reads and checks a configuration for a version. Never throws. */
export function readHaproxy(text: string, version: HaproxyVersion): HaproxySubject {
  const document = parseHaproxy(text, version);
  return { document, checked: checkDocument(document), proxies: proxiesOf(document) };
}
