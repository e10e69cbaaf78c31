import { beforeAll, describe, expect, test } from 'vitest';
import { renderPlan } from '../../../../src/cli/render/preview';
import { PLAIN } from '../../../../src/cli/render/style';
import type { Foreseen } from '../../../../src/lab/lab-service';
import { planSummary, summaryWithin } from '../../../../src/presentation/foresight/plan-summary';
import { ENGLISH } from '../../../../src/presentation/words/localizer';
import { foreseenChange, ownFiles, withFourth } from '../../lab/plan/own-change';

describe('what is told before a fourth node joins a running lab of three', () => {
  let plan: Foreseen;
  beforeAll(async () => {
    plan = await foreseenChange(ownFiles(), withFourth(ownFiles()));
  }, 60_000);

  test('fits a question: nodes to which the same happens together, in words that people know', () => {
    const { changes, cost } = planSummary(plan, ENGLISH);
    expect([...changes, ...cost]).toEqual([
      'gl4: added',
      'gl1: PostgreSQL: restart after a switchover, because max_wal_senders changes from 7 to 9; max_replication_slots changes from 6 to 8',
      'gl1, gl2, gl3: what points PgBouncer at the leader: restart, because the list of database nodes changes',
      'gl2, gl3: PostgreSQL: restart, because max_wal_senders changes from 7 to 9; max_replication_slots changes from 6 to 8',
      "gl1, gl2, gl3, gateway: host names: reload, because the names of the lab's machines change",
      'gl1, gl2, gl3: Patroni, PgBouncer, Sentinel, HAProxy, Keepalived: reload',
      'One node after the other, each when the lab is whole: gl2, gl3, gl1.',
      'Writes are expected to wait for up to 4 s.',
    ]);
  });

  test('is followed, in a plan, by each reason and each change of a file, once', () => {
    const lines = renderPlan(plan, PLAIN);
    expect(lines.slice(0, 11)).toEqual([
      ...Object.values(planSummary(plan, ENGLISH)).flatMap((part: readonly string[]) =>
        part.map((line) => `  ${line}`),
      ),
      '',
      'gl1',
      "  host names: reload, because the names of the lab's machines change",
    ]);
    expect(lines).toContain('  Sentinel: reload, because sentinel quorum changes from 2 to 3');
    const files = lines.filter((line) => /^ {2}\//.test(line));
    expect(files).toEqual([
      ...['gl1', 'gl2', 'gl3'].map((node) => `  /etc/gitlab/gitlab.rb (${node})`),
      '  /etc/haproxy/haproxy.cfg (gl1, gl2, gl3)',
      ...['gl1', 'gl2', 'gl3'].map((node) => `  /etc/keepalived/keepalived.conf (${node})`),
      '  /opt/gitlab/etc/hosts (gl1, gl2, gl3, gateway)',
      '  /var/opt/gitlab/patroni/dcs.json (gl1, gl2, gl3)',
      '  /var/opt/gitlab/patroni/patroni.yaml (gl1, gl2, gl3)',
      '  /var/opt/gitlab/pgbouncer/pgbouncer.ini (gl1, gl2, gl3)',
      '  /var/opt/gitlab/sentinel/sentinel.base.conf (gl1, gl2, gl3)',
    ]);
    expect(lines.join('\n')).not.toContain('LAB_');
  });

  test('is cut where there is no room, and what it costs stays', () => {
    const summary = { changes: ['a', 'b', 'c', 'd'], cost: ['cost'] };
    expect(summaryWithin(summary, 5, 'Preview', ENGLISH)).toEqual(['a', 'b', 'c', 'd', 'cost']);
    expect(summaryWithin(summary, 4, 'Preview', ENGLISH)).toEqual([
      'a',
      'b',
      'and 2 more: see Preview',
      'cost',
    ]);
  });
});
