import { verbatim } from '../../../src/words/message';
import { ENGLISH } from '../../../src/presentation/words/localizer';
import { describe, expect, test } from 'vitest';
import { statusJson, renderNextSteps, renderStatus } from '../../../src/cli/render/status';
import { COLORED, PLAIN } from '../../../src/cli/render/style';
import { visibleWidth } from '../../../src/cli/render/table';
import { eventLine, watchScreen } from '../../../src/cli/render/watch';
import { preciseClockText } from '../../../src/presentation/words/time-text';
import type { Event } from '../../../src/observe/event';
import { wholeness } from '../../../src/observe/wholeness';
import type { LabInfo } from '../../../src/lab/lab-service';
import { applicationLab, healthyState, labInfo, pausedState, T0, unknownState } from './fixtures';

const view = (state = healthyState(), lab = labInfo()) => ({
  lab,
  state,
  notWhole: wholeness(state, lab.cluster),
  now: T0 + 420_000,
});

describe('status of a healthy lab', () => {
  const lines = renderStatus(view(), PLAIN).split('\n');

  test.each([
    'Lab sample: ok, deployed 7 min ago',
    '  VIP       10.0.0.100 on node1',
    "  HTTP      http://127.0.0.1:32768/ (HAProxy's own health page; this lab runs no GitLab application)",
    '  Database  leader node2, sync standby node1, streaming node1, node2, node3, timeline 3; PostgreSQL 17.6 under Patroni 4.0.6',
    '  Redis     master node1, replicas node2, node3',
    "  Consul    leader node3, voters node1, node2, node3; version 1.8.7 from Debian's package",
    '  Timings   Fast (lab) (--timings fast); compare with `gitlab-ha timings`',
    '  Whole     yes',
    'NODE   SERVICE     HEALTH  ROLE          VERSION  ADDRESS          DETAIL',
    'node1  container   ok      VIP           -        10.0.0.11        running',
    '       patroni     ok      sync-standby  17.6     10.0.0.11:5432   patroni answers',
    '       consul      ok      leader        1.8.7    10.0.0.13:8500   consul answers',
    '       sentinel    ok      member        8.0.2    10.0.0.12:26379  sentinel answers',
    '       keepalived  ok      backup        -        10.0.0.12        keepalived answers',
  ])('has the line %s', (line) => expect(lines).toContain(line));

  test('says what is not there yet', () => {
    expect(lines.at(-1)).toMatch(
      /^Real programs only, nothing here is a stand-in\. Not in this lab: .*Gitaly, /,
    );
  });
});

test('status of a lab with the application names what stands in for a program of GitLab’s', () => {
  const base = labInfo();
  const application = { enabled: true, nodes: ['node1'] };
  const lab = { ...base, cluster: { ...base.cluster, layers: { ...base.cluster.layers, application } } };
  const lines = renderStatus(view(healthyState(), lab), PLAIN).split('\n');
  expect(lines).toContain('  HTTP      http://127.0.0.1:32768/ (a stand-in for the GitLab application)');
  expect(lines.at(-1)).toMatch(
    /^Real programs but for Puma \(stand-in for Rails\), Workhorse \(stand-in\)\. Not in this lab: etcd, Gitaly, /,
  );
});

describe('status of a lab with a paused node', () => {
  const text = renderStatus(view(pausedState()), PLAIN);

  test('shows its services as unknown, never as ok', () => {
    const node2 = text.slice(text.indexOf('node2  container'), text.indexOf('node3  container'));
    expect(node2).toContain('unknown');
    expect(node2).not.toMatch(/\bok\b/);
    expect(node2).toContain('paused');
  });

  test('says why the cluster is not whole', () => {
    expect(text).toMatch(/ {2}Whole {5}no: node2: the node is paused; database: not streaming: node2; /);
  });
});

describe('status on a terminal', () => {
  const widths = (text: string) => text.split('\n').map(visibleWidth);

  test.each([60, 70, 80, 100, 120, 200])(
    'of %i columns has no line that is longer, whatever the state',
    (width) => {
      for (const state of [healthyState(), pausedState(), unknownState()]) {
        expect(Math.max(...widths(renderStatus(view(state), COLORED, width)))).toBeLessThanOrEqual(width);
      }
      expect(
        Math.max(...widths(renderNextSteps(labInfo(), 'node dist/cli.js', ENGLISH, width))),
      ).toBeLessThanOrEqual(width);
    },
  );

  test('of 80 columns has everything but the details of what is ok', () => {
    const lines = renderStatus(view(pausedState()), PLAIN, 80).split('\n');
    expect(lines).toContain('NODE   SERVICE     HEALTH   ROLE          VERSION  ADDRESS');
    expect(lines).toContain('       patroni     ok       sync-standby  17.6     10.0.0.11:5432');
    const node2 = lines.indexOf('node2  container   unknown  -             -        10.0.0.12');
    expect(lines.slice(node2 + 1, node2 + 3)).toEqual([
      '         paused',
      '       consul      unknown  -             1.8.7    10.0.0.12:8500',
    ]);
  });

  test('a service that is not ok has its reason below it', () => {
    const state = healthyState();
    const nodes = state.nodes.map((node) => ({
      ...node,
      services: node.services.map((entry) =>
        entry.service === 'haproxy' && node.name === 'node3'
          ? {
              ...entry,
              health: 'failed' as const,
              process: 'down' as const,
              detail: verbatim('stopped by hand'),
            }
          : entry,
      ),
    }));
    const lines = renderStatus(view({ ...state, nodes }), PLAIN, 80).split('\n');
    const at = lines.indexOf('       haproxy     failed  -             -        10.0.0.13:8404');
    expect(lines[at + 1]).toBe('         down: stopped by hand');
  });

  test('long texts go on below themselves', () => {
    const lines = renderStatus(view(), PLAIN, 80).split('\n');
    const at = lines.findIndex((line) => line.startsWith('  HTTP'));
    expect(lines.slice(at, at + 2)).toEqual([
      "  HTTP      http://127.0.0.1:32768/ (HAProxy's own health page; this lab runs no",
      '            GitLab application)',
    ]);
  });

  test('that is wide enough has the details', () => {
    expect(renderStatus(view(), PLAIN, 120)).toContain('10.0.0.11:5432   patroni answers');
  });
});

test('a version a watcher has seen wins over the one the image was built with', () => {
  const state = healthyState();
  const node = state.nodes[0]!;
  const services = node.services.map((entry) =>
    entry.service === 'redis' ? { ...entry, facts: { version: '8.0.9' } } : entry,
  );
  const text = renderStatus(view({ ...state, nodes: [{ ...node, services }] }), PLAIN);
  expect(text).toMatch(/redis +ok +master +8\.0\.9 /);
});

test.each([
  ['1.8.7', "version 1.8.7 from Debian's package"],
  ['1.21.4', 'version 1.21.4 from the official image'],
])('Consul %s is %s', (consul, expected) => {
  expect(renderStatus(view(healthyState(), labInfo({ versions: { consul } })), PLAIN)).toContain(expected);
});

test('two holders of the VIP are pointed out', () => {
  const state = { ...healthyState(), vip: { address: '172.30.7.100', holders: ['node3', 'node1'] } };
  expect(renderStatus(view(state), PLAIN)).toContain('10.0.0.100 on node1, node3 (more than one holder)');
});

test('before the first observation nothing is ok', () => {
  const text = renderStatus(view(unknownState()), PLAIN);
  expect(text).toContain('Lab sample: unknown');
  expect(text).toContain('leader unknown, sync standby none');
  expect(text).not.toMatch(/\bok\b/);
});

test('a gateway that is down leaves no URL', () => {
  expect(renderStatus(view(healthyState(), labInfo({ httpUrl: undefined })), PLAIN)).toContain(
    '  HTTP      not reachable: the gateway is down',
  );
});

test('JSON carries the whole state and the reasons', () => {
  const parsed = JSON.parse(statusJson(view(pausedState()))) as Record<string, unknown>;
  expect(Object.keys(parsed)).toEqual(['lab', 'whole', 'notWhole', 'state']);
  expect(parsed['whole']).toBe(false);
  expect(parsed['state']).toEqual(pausedState());
  expect(parsed['lab']).toMatchObject({
    name: 'sample',
    timings: 'fast',
    httpUrl: 'http://127.0.0.1:32768/',
  });
});

test('the next steps use the command the user can type', () => {
  const text = renderNextSteps(labInfo(), 'node dist/cli.js', ENGLISH);
  expect(text).toContain('node dist/cli.js shell node1 --name sample\n');
  expect(text).toContain('node dist/cli.js watch sample\n');
  expect(text).toContain('node dist/cli.js down sample');
  expect(text).not.toMatch(/login|clone/);
});

test('who deployed a GitLab is told how to sign in and how to clone', () => {
  const text = renderNextSteps(applicationLab(), 'node dist/cli.js', ENGLISH);
  expect(text).toContain('  Sign in to its GitLab  node dist/cli.js login sample\n');
  expect(text).toContain('  Clone from it          node dist/cli.js clone PROJECT --name sample\n');
});

test('an address over TLS is not called HTTP, and the network is named where addresses are mapped', () => {
  const told = (lab: LabInfo) => renderStatus({ ...view(healthyState()), lab }, PLAIN);
  expect(told(labInfo({ published: { http: 1, https: 32_775 } }))).toMatch(
    /^ {2}HTTPS {5}https:\/\/127\.0\.0\.1:32775\/ /m,
  );
  expect(told(labInfo())).toMatch(
    /^ {2}HTTP {6}http:.*\n {2}Network {3}172\.30\.7\.0\/24; addresses shown are those of your files$/m,
  );
  expect(told(labInfo({ addresses: { '172.30.7.11': '172.30.7.11' } }))).not.toContain('Network');
});

describe('watch', () => {
  const event = (text: string, kind: Event['kind'] = 'leader-changed'): Event => ({
    at: T0,
    kind,
    text: verbatim(text),
  });

  test('an event is a line with its time', () => {
    expect(eventLine(event('node1 leads, was node2'), PLAIN)).toBe(
      `${preciseClockText(T0)} leader-changed node1 leads, was node2`,
    );
  });

  test('the screen fits the terminal and keeps the newest events', () => {
    const events = Array.from({ length: 100 }, (_, index) => event(`event ${index}`));
    const lines = watchScreen(view(), events, { columns: 60, rows: 45 }, COLORED);
    expect(lines).toHaveLength(45);
    expect(lines.every((line) => visibleWidth(line) <= 60)).toBe(true);
    expect(lines.at(-1)).toContain('event 99');
  });

  test('a usual terminal has every service of every node, and events', () => {
    const lines = watchScreen(view(pausedState()), [event('node1 leads')], { columns: 80, rows: 24 }, PLAIN);
    expect(lines).toContain('SERVICE     node1 (VIP)      node2    node3');
    expect(lines).toContain('container   running          paused   running');
    expect(lines).toContain('patroni     ok sync-standby  unknown  ok replica');
    expect(lines.at(-1)).toContain('node1 leads');
  });

  test('a tall one has the addresses and details as well', () => {
    const lines = watchScreen(view(), [], { columns: 120, rows: 60 }, PLAIN);
    expect(lines.some((line) => line.includes('10.0.0.12:5432'))).toBe(true);
  });

  test('a small terminal shows the top', () => {
    const lines = watchScreen(view(), [event('late')], { columns: 80, rows: 5 }, PLAIN);
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe('Lab sample: ok, deployed 7 min ago');
  });
});
