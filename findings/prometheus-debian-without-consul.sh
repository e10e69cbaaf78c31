#!/usr/bin/env bash
# Prometheus 2.42.0 as Debian 12 builds it: consul_sd_configs is an unknown field.
#
# The documentation of Prometheus 2.42 has discovery through Consul, and its own builds know it. Debian builds its package
# without several kinds of discovery: the field is refused with the words for a misspelt one, and nothing says that only
# the build lacks it. The same holds for azure, kuma and nomad, and for the packages of 2.53 and 3.5. So a prometheus.yml
# as GitLab's package writes it for Consul's discovery is no valid file for Debian's Prometheus.
set -euo pipefail
# shellcheck source=support/support.sh
source "$(dirname "${BASH_SOURCE[0]}")/support/support.sh"
debian_packages prometheus=2.42.0+ds-5+deb12u1

for kind in consul dns; do
  cat >"$kind.yml" <<YAML
scrape_configs:
  - job_name: nodes
    ${kind}_sd_configs:
      - $([ "$kind" = consul ] && echo 'server: 127.0.0.1:8500' || echo 'names: [node.example]')
YAML
done
expect 'exit code with dns_sd_configs' 0 "$(exit_code run_unpacked usr/bin/promtool check config dns.yml)"
expect 'exit code with consul_sd_configs' 1 "$(exit_code run_unpacked usr/bin/promtool check config consul.yml)"
expect 'why' 'line 3: field consul_sd_configs not found in type config.ScrapeConfig' "$(sed -n 's/^ *\(line 3: .*\)/\1/p' output)"
