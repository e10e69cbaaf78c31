/** What HAProxy needs for a GitLab behind it: its page, Git storage and SSH. Addresses are the sample's. */
const ENTRANCES = `
backend gitlab
    mode http
    timeout server 1h
    option httpchk GET /-/readiness
    http-check expect status 200
    server node1 172.30.0.11:80 check
    server node2 172.30.0.12:80 check
    server node3 172.30.0.13:80 check

frontend praefect
    bind 172.30.0.100:2305
    default_backend praefect

backend praefect
    balance leastconn
    server node1 172.30.0.11:2305 check
    server node2 172.30.0.12:2305 check
    server node3 172.30.0.13:2305 check

frontend ssh
    bind 172.30.0.100:22
    default_backend gitlab_sshd

backend gitlab_sshd
    server node1 172.30.0.11:2222 check send-proxy-v2
    server node2 172.30.0.12:2222 check send-proxy-v2
    server node3 172.30.0.13:2222 check send-proxy-v2
`;

const GITLAB_RB = `
gitlab_rails['monitoring_whitelist'] = %w[127.0.0.0/8 172.30.0.0/24]
gitlab_rails['trusted_proxies'] = %w[172.30.0.0/24]
gitlab_rails['nginx']['real_ip_trusted_addresses'] = %w[172.30.0.0/24]
gitlab_sshd['proxy_protocol'] = true
gitlab_rails['repositories_storages'] = {
  'default' => { 'gitaly_address' => 'tcp://172.30.0.100:2305', 'gitaly_token' => 'lab-example-token' },
}
gitlab_rails['object_store'] = {
  'enabled' => true,
  'connection' => {
    'provider' => 'AWS', 'endpoint' => 'https://object-storage:9000', 'region' => 'us-east-1',
    'aws_access_key_id' => 'lab-example', 'aws_secret_access_key' => 'lab-example'
  },
  'objects' => {
    'artifacts' => { 'bucket' => 'gitlab-artifacts' }, 'uploads' => { 'bucket' => 'gitlab-uploads' },
    'lfs' => { 'bucket' => 'gitlab-lfs' }, 'packages' => { 'bucket' => 'gitlab-packages' },
    'dependency_proxy' => { 'bucket' => 'gitlab-dependency-proxy' },
    'terraform_state' => { 'bucket' => 'gitlab-terraform-state' }
  }
}
`;

/** The sample's files with a GitLab behind HAProxy; for `sampleWorkspace`. */
export function withApplication(path: string, text: string): string {
  if (path === 'cluster.yaml') return text.replace(/^lab:$/m, 'lab:\n  layers: [application, access]');
  if (path.endsWith('/gitlab.rb')) return `${text}${GITLAB_RB}`;
  if (!path.endsWith('haproxy.cfg')) return text;
  const page = '    default_backend status_page\n';
  return `${text.replace(page, `    use_backend gitlab if { nbsrv(gitlab) gt 0 }\n${page}`)}${ENTRANCES}`;
}
