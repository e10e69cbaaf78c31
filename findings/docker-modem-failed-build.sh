#!/usr/bin/env bash
# docker-modem 5.0.7: followProgress() calls back without an error when the build has failed.
#
# Docker answers a build that fails with status 200, and says so in the last line of the stream: {"error": …}. One would
# expect it in the callback's first argument. It is null there: the error is only one more item of the list in the second
# argument. Below it is given the stream of a failed build as Docker writes it.
# So whoever builds an image with followProgress must look through the items for `error` itself.
set -euo pipefail
# shellcheck source=support/support.sh
source "$(dirname "${BASH_SOURCE[0]}")/support/support.sh"
npm_packages docker-modem@5.0.7

cat >try.cjs <<'JS'
const Modem = require('docker-modem');
const { Readable } = require('node:stream');
const lines = [
  { stream: 'Step 2/2 : RUN false\n' },
  { errorDetail: { code: 1, message: 'returned a non-zero code: 1' }, error: 'returned a non-zero code: 1' },
];
const answer = Readable.from(lines.map((line) => `${JSON.stringify(line)}\n`));
new Modem().followProgress(answer, (error, items) => {
  console.log(`error ${error}, last item's error "${items.at(-1).error}"`);
});
JS
expect 'callback of a failed build' 'error null, last item'"'"'s error "returned a non-zero code: 1"' "$(node try.cjs)"
