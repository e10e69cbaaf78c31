/** Where a node's own files are; services know their places themselves. Scripts in lab/image use the same. */
export const PATHS = {
  /** What the node's shell scripts need to know; no secrets. */
  environment: '/opt/gitlab/etc/lab.env',
  /** The settings in force by the names of gitlab.rb, as `gitlab-ctl show-config` prints them. */
  settings: '/opt/gitlab/etc/lab-settings.json',
  secrets: '/etc/gitlab/gitlab-secrets.json',
  /** The lab's certificate authority. */
  authority: '/etc/gitlab/trusted-certs/lab-ca.crt',
  gitlabRb: '/etc/gitlab/gitlab.rb',
  /** The lab's machines by name; the node adds them to what Docker writes into /etc/hosts. */
  hosts: '/opt/gitlab/etc/hosts',
  /** What the gateway's probe needs to write as a client does. */
  probe: '/opt/gitlab/etc/probe.json',
} as const;
