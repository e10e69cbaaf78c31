#!/usr/bin/env bash
# vscode-languageserver 9.0.1 and 10.1.2: no spelling of the Node entry works in an ES module with both.
#
# Version 9 has no `exports` in its package.json: an ES module must write the file's ending, `/node.js`. Version 10 has
# `exports` with the key `./node` only: with the ending the path is not exported. `require('…/node')` works with both.
# So an ES module that may meet either version has to go through createRequire.
set -euo pipefail
# shellcheck source=support/support.sh
source "$(dirname "${BASH_SOURCE[0]}")/support/support.sh"
npm_packages nine@npm:vscode-languageserver@9.0.1 ten@npm:vscode-languageserver@10.1.2

cat >try.mjs <<'JS'
import { createRequire } from 'node:module';
const [name, how] = process.argv.slice(2);
try {
  const module = how === 'require' ? createRequire(import.meta.url)(`${name}/node`) : await import(`${name}/${how}`);
  console.log(typeof module.createConnection);
} catch (error) {
  console.log(error.code);
}
JS
expect 'version 9, import …/node' ERR_MODULE_NOT_FOUND "$(node try.mjs nine node)"
expect 'version 9, import …/node.js' function "$(node try.mjs nine node.js)"
expect 'version 10, import …/node' function "$(node try.mjs ten node)"
expect 'version 10, import …/node.js' ERR_PACKAGE_PATH_NOT_EXPORTED "$(node try.mjs ten node.js)"
expect 'version 9, require …/node' function "$(node try.mjs nine require)"
expect 'version 10, require …/node' function "$(node try.mjs ten require)"
