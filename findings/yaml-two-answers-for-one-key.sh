#!/usr/bin/env bash
# yaml 2.9.1: of a key that stands twice the document gives the first value, and its plain object the last.
#
# With `uniqueKeys: false` a repeated key is allowed: no error, no warning. One would expect one answer from one
# document. `document.get('ttl')` says the first value, `document.toJS().ttl` the last, as JSON.parse and other YAML readers do.
# So a program that checks a file through the document and uses the object checks another value than it uses.
set -euo pipefail
# shellcheck source=support/support.sh
source "$(dirname "${BASH_SOURCE[0]}")/support/support.sh"
npm_packages yaml@2.9.1

cat >try.mjs <<'JS'
import { parseDocument } from 'yaml';
const document = parseDocument('ttl: 30\nname: node1\nttl: 20\n', { uniqueKeys: false });
console.log(`${document.errors.length} errors, ${document.warnings.length} warnings`);
console.log(`get ${document.get('ttl')}, toJS ${document.toJS().ttl}`);
JS
node try.mjs >seen
expect 'a repeated key' '0 errors, 0 warnings' "$(sed -n 1p seen)"
expect 'its value' 'get 30, toJS 20' "$(sed -n 2p seen)"
