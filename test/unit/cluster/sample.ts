/** A cluster.yaml without a mistake. */
export const GOOD = `name: sample
domain: gitlab.example.com
gitlab_version: "19.3"
haproxy_version: "3.0"
dcs: consul
network: { subnet: 172.30.0.0/24, vip: 172.30.0.100 }
nodes:
  - { name: node1, address: 172.30.0.11 }
  - { name: node2, address: 172.30.0.12 }
  - { name: node3, address: 172.30.0.13 }
layers:
  git: { enabled: false }
  database: { nodes: [node1, node3] }
lab: { profile: core, timings: fast, memory_mb: 1024, cpus: 0, http_port: 0 }
`;
