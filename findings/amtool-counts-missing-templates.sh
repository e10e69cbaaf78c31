#!/usr/bin/env bash
# amtool 0.25.0 (Debian 12): counts a template file that is not there, and calls the file checked a success.
#
# `amtool check-config` prints what it has found: "1 templates". One would take it for a template that was read. It is the
# number of patterns: one without any wildcard that names no file counts like all others. So the check before a roll-out
# passes, and the notification that uses a template of that file is the first to fail. The same in 0.28 and 0.33.
set -euo pipefail
# shellcheck source=support/support.sh
source "$(dirname "${BASH_SOURCE[0]}")/support/support.sh"
debian_packages prometheus-alertmanager=0.25.0-1+b4

cat >alertmanager.yml <<'YAML'
route:
  receiver: team
receivers:
  - name: team
templates:
  - missing.tmpl
YAML
expect 'exit code' 0 "$(exit_code run_unpacked usr/bin/amtool check-config alertmanager.yml)"
expect 'found' ' - 1 templates' "$(grep templates output)"
expect 'files of that name' 0 "$(find . -name missing.tmpl | wc -l)"
