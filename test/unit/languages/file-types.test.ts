import { describe, expect, it } from 'vitest';
import { fileLanguage } from '../../../src/languages/file-types';

const GITLAB = "external_url 'https://gitlab.example.net'\n";
const CODE = 'module Gitlab\n  class Redis\n  end\nend\n';

describe('the language of a file', () => {
  it.each([
    ['gitlab.rb', undefined, 'gitlab-rb'],
    ['nodes/node1/gitlab.rb', CODE, 'gitlab-rb'],
    ['etc/gitlab/node1.rb', GITLAB, 'gitlab-rb'],
    ['gitlab-node1.rb', GITLAB, 'gitlab-rb'],
    ['templates/gitlab.rb.erb', GITLAB, 'gitlab-rb'],
    ['nodes/node1/extra.rb', "gitlab_rails['env'] = {}\n", 'gitlab-rb'],
    ['lib/gitlab/redis.rb', CODE, undefined],
    ['lib/gitlab/redis.rb', undefined, undefined],
    ['app/models/user.rb', GITLAB, undefined],
    ['haproxy.cfg', undefined, 'haproxy'],
    ['lb/haproxy-node1.cfg', undefined, 'haproxy'],
    ['haproxy/conf.d/web.cfg', undefined, 'haproxy'],
    ['grub.cfg', undefined, undefined],
    ['setup.cfg', undefined, undefined],
    ['keepalived.conf', undefined, 'keepalived'],
    ['keepalived/keepalived-node1.conf', undefined, 'keepalived'],
    ['nginx.conf', undefined, undefined],
    ['cluster.yaml', undefined, 'cluster'],
    ['values.yaml', undefined, undefined],
  ])('%s', (path, text, language) => {
    expect(fileLanguage(path, text)).toBe(language);
  });
});
