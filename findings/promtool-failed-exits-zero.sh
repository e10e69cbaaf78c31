#!/usr/bin/env bash
# promtool 2.42.0 (Debian 12): prints FAILED and exits with 0.
#
# Two equal alerting rules in one group are valid: Prometheus loads the file. `promtool check rules` finds them in its
# lint, prints FAILED, and exits with 0 all the same; with --lint-fatal it is 3. The same in 2.53 and 3.5.
# So in a pipeline its exit code says nothing of its lint, while whoever reads the output sees a failure.
set -euo pipefail
# shellcheck source=support/support.sh
source "$(dirname "${BASH_SOURCE[0]}")/support/support.sh"
debian_packages prometheus=2.42.0+ds-5+deb12u1

cat >rules.yml <<'YAML'
groups:
  - name: cluster
    rules:
      - alert: NodeDown
        expr: up == 0
        for: 1m
      - alert: NodeDown
        expr: up == 0
        for: 1m
YAML
expect 'exit code' 0 "$(exit_code run_unpacked usr/bin/promtool check rules rules.yml)"
expect 'output' '  FAILED:' "$(grep FAILED output)"
expect 'why' 'lint error 1 duplicate rule(s) found.' "$(grep 'lint error' output)"
expect 'exit code with --lint-fatal' 3 "$(exit_code run_unpacked usr/bin/promtool check rules --lint-fatal rules.yml)"
