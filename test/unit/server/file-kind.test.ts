import { describe, expect, test } from 'vitest';
import { fileKind, mayBeOurs } from '../../../src/server/documents/file-kind';

const RUBY = "external_url 'https://gitlab.example.com'\n";
const CODE = 'module Gitlab\n  class Redis\n  end\nend\n';
const HAPROXY = 'frontend web\n    bind :80\n';
const COMPOSE = 'services:\n  gitlab:\n    environment:\n      GITLAB_OMNIBUS_CONFIG: "a 1"\n';

describe('what a file is to the server', () => {
  test.each([
    ['/etc/gitlab/gitlab.rb', 'ruby', '', 'gitlab-rb'],
    ['/etc/gitlab/node1.rb', 'ruby', RUBY, 'gitlab-rb'],
    ['/etc/gitlab/skip.rb', 'ruby', '# nothing yet\n', undefined],
    ['/app/lib/gitlab.rb', 'ruby', CODE, undefined],
    ['/app/lib/gitlab/redis.rb', 'ruby', CODE, undefined],
    ['/app/models/user.rb', 'ruby', RUBY, undefined],
    ['/templates/gitlab.rb.erb', 'erb', RUBY, undefined],
    ['/etc/haproxy/haproxy.cfg', 'haproxy', '', 'haproxy'],
    ['/etc/haproxy/conf.d/10-web.cfg', 'plaintext', '', 'haproxy'],
    ['/srv/haproxy-node1.cfg', 'properties', '', 'haproxy'],
    ['/project/setup.cfg', 'haproxy', '[metadata]\nname = x\n', undefined],
    ['/srv/lb.cfg', 'haproxy', HAPROXY, 'haproxy'],
    ['/srv/lb.cfg', 'plaintext', HAPROXY, undefined],
    ['Untitled-1', 'haproxy', '', 'haproxy'],
    ['Untitled-1', 'keepalived', '', 'keepalived'],
    ['Untitled-1', 'plaintext', HAPROXY, undefined],
    ['Untitled-1', 'ruby', RUBY, undefined],
    ['/etc/keepalived/keepalived.conf', 'haproxy', '', 'keepalived'],
    ['/etc/nginx.conf', 'haproxy', 'server { listen 80; }\n', undefined],
    ['/srv/docker-compose.yml', 'yaml', COMPOSE, 'compose'],
    ['/srv/compose.override.yaml', 'dockercompose', COMPOSE, 'compose'],
    ['/srv/compose.yaml', 'yaml', 'services: {}\n', undefined],
    ['/srv/cluster.yaml', 'yaml', '', undefined],
  ])('%s as %s', (path, languageId, text, kind) => {
    expect(fileKind(path, languageId, text)).toBe(kind);
  });

  test.each([
    ['/w/nodes/node1/gitlab.rb', true],
    ['/w/nodes/node1/extra.rb', true],
    ['/w/haproxy/haproxy.cfg', true],
    ['/w/keepalived.conf', true],
    ['/w/docker-compose.yml', true],
    ['/w/app/models/user.rb', false],
    ['/w/setup.cfg', false],
    ['/w/values.yaml', false],
  ])('a search of a folder looks into %s: %s', (path, worth) => {
    expect(mayBeOurs(path)).toBe(worth);
  });
});
