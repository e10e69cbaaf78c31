import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LayerId } from '../../../../src/cluster/layer';
import type { PlannedFile } from '../../../../src/lab/plan/plan';
import { renderGateway, renderNode } from '../../../../src/lab/render';
import { ETCD_USER } from '../../../../src/services/etcd/account';
import { GIT_USER } from '../../../../src/services/gitaly/account';
import { POSTGRES_USER } from '../../../../src/services/patroni/account';
import { REDIS_USER } from '../../../../src/services/redis/account';
import { CONSUL_USER } from '../../../../src/services/consul/account';
import { sampleContext, SECRETS } from './sample-context';

const line = ({ path, mode, uid, gid }: PlannedFile): string => `${path} ${mode.toString(8)} ${uid}:${gid}`;

describe('the files of a node', () => {
  it('have these places, modes and owners', () => {
    expect(renderNode(sampleContext()).map(line)).toEqual([
      '/opt/gitlab/etc/lab.env 644 0:0',
      '/etc/gitlab/gitlab-secrets.json 600 0:0',
      '/opt/gitlab/etc/lab-settings.json 600 0:0',
      '/etc/gitlab/trusted-certs/lab-ca.crt 644 0:0',
      '/etc/gitlab/gitlab.rb 600 0:0',
      '/var/opt/gitlab/consul/config.json 600 991:991',
      '/var/opt/gitlab/patroni/patroni.yaml 600 996:996',
      '/var/opt/gitlab/patroni/roles.sql 600 996:996',
      '/var/opt/gitlab/patroni/dcs.json 600 996:996',
      '/var/opt/gitlab/patroni/rest.curlrc 600 996:996',
      '/var/opt/gitlab/pgbouncer/pgbouncer.ini 600 996:996',
      '/var/opt/gitlab/pgbouncer/pg_auth 600 996:996',
      '/var/opt/gitlab/pgbouncer/databases.first.ini 600 996:996',
      '/var/opt/gitlab/redis/redis.base.conf 600 997:997',
      '/var/opt/gitlab/sentinel/sentinel.base.conf 600 997:997',
      '/etc/haproxy/haproxy.cfg 600 0:0',
      '/etc/keepalived/keepalived.conf 600 0:0',
      '/var/opt/gitlab/redis-exporter/options 600 997:997',
    ]);
  });

  it('of the gateway are two', () => {
    expect(renderGateway(sampleContext()).map(line)).toEqual([
      '/opt/gitlab/etc/lab.env 644 0:0',
      '/opt/gitlab/etc/probe.json 600 0:0',
      '/etc/gitlab/trusted-certs/lab-ca.crt 644 0:0',
    ]);
  });

  it('show no secret to anybody but their owner', () => {
    const files = [...renderNode(sampleContext()), ...renderGateway(sampleContext())];
    const open = files.filter((file) => (file.mode & 0o077) !== 0);
    expect(open.map((file) => file.path)).toEqual([
      '/opt/gitlab/etc/lab.env',
      '/etc/gitlab/trusted-certs/lab-ca.crt',
      '/opt/gitlab/etc/lab.env',
      '/etc/gitlab/trusted-certs/lab-ca.crt',
    ]);
    for (const file of open)
      for (const secret of Object.values(SECRETS)) expect(file.content).not.toContain(secret);
  });

  it('are the same every time', () => {
    expect(renderNode(sampleContext())).toEqual(renderNode(sampleContext()));
  });

  it('hold the user files as they are', () => {
    const context = sampleContext();
    const text = (path: string) => renderNode(context).find((file) => file.path === path)?.content;
    expect(text('/etc/haproxy/haproxy.cfg')).toBe(context.haproxyCfg);
    expect(text('/etc/keepalived/keepalived.conf')).toBe(context.keepalivedConf);
    expect(text('/etc/gitlab/gitlab.rb')).toBe(context.gitlabRb);
  });

  it('end haproxy.cfg with a newline, without which HAProxy refuses it', () => {
    const files = renderNode({ ...sampleContext(), haproxyCfg: 'global' });
    expect(files.find((file) => file.path === '/etc/haproxy/haproxy.cfg')?.content).toBe('global\n');
  });

  it.each<[LayerId, readonly string[]]>([
    ['coordination', ['/var/opt/gitlab/consul/']],
    ['database', ['/var/opt/gitlab/patroni/', '/var/opt/gitlab/pgbouncer/']],
    ['cache', ['/var/opt/gitlab/redis/', '/var/opt/gitlab/sentinel/']],
    ['access', ['/etc/haproxy/', '/etc/keepalived/']],
  ])('leave out what belongs to the layer %s where it does not run', (layer, places) => {
    const inPlaces = (files: readonly PlannedFile[]) =>
      files.filter((file) => places.some((place) => file.path.startsWith(place)));
    expect(inPlaces(renderNode(sampleContext())).length).toBeGreaterThanOrEqual(places.length);
    expect(inPlaces(renderNode(sampleContext({ without: [layer] })))).toEqual([]);
    // Where the database runs there is an agent of Consul too.
    const together = layer === 'coordination' ? ['coordination', 'database'] : [layer];
    const elsewhere = { placed: Object.fromEntries(together.map((one) => [one, ['node2', 'node3']])) };
    expect(inPlaces(renderNode(sampleContext(elsewhere)))).toEqual([]);
    expect(inPlaces(renderNode(sampleContext({ ...elsewhere, node: 'node2' }))).length).toBeGreaterThan(0);
  });

  it('belong to the accounts the image creates', () => {
    const numbers = readdirSync('lab/services').flatMap((id) => {
      const path = `lab/services/${id}/accounts`;
      return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
    });
    expect(numbers.map((line) => line.split(' ').slice(0, 2).join(' ')).sort()).toEqual([
      `etcd ${ETCD_USER.uid}`,
      `git ${GIT_USER.uid}`,
      `gitlab-consul ${CONSUL_USER.uid}`,
      `gitlab-psql ${POSTGRES_USER.uid}`,
      `gitlab-redis ${REDIS_USER.uid}`,
      'gitlab-www 995',
    ]);
  });
});
