import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../marked-findings';

const NODE = 'roles %w[patroni_role]\n';
const SINGLE = "postgresql['enable'] = true\n";

describe("GLR067: a setting of Patroni among PostgreSQL's parameters", () => {
  it('moves what the package knows', () => {
    expect(findingsOf('GLR067', "patroni['postgresql']['ttl'] = 40")).toEqual([
      {
        marked: "patroni['postgresql']['ttl']",
        message: '"ttl" is no parameter of PostgreSQL: Patroni drops it, and its own setting stays as it is.',
        severity: 'error',
        fixed: "patroni['ttl'] = 40",
      },
    ]);
  });

  it('cannot mend what the package does not know, nor an entry of a hash', () => {
    expect(findingsOf('GLR067', "patroni['postgresql']['synchronous_mode'] = true")).toMatchObject([
      { fixed: undefined },
    ]);
    expect(findingsOf('GLR067', "patroni['postgresql'] = { ttl: 40 }")).toMatchObject([
      { marked: 'ttl:', fixed: undefined },
    ]);
  });

  it.each([
    ['parameters of PostgreSQL', "patroni['postgresql']['work_mem'] = '8MB'"],
    ['a key that is only read', "puts 1 if patroni['postgresql']['ttl']"],
    ['nil', "patroni['postgresql']['ttl'] = nil"],
  ])('says nothing about %s', (_, line) => {
    expect(findingsOf('GLR067', line)).toEqual([]);
  });
});

describe('GLR068: loop_wait + 2 × retry_timeout and ttl', () => {
  it('counts with defaults and offers the least ttl', () => {
    expect(findingsOf('GLR068', `${NODE}patroni['ttl'] = 29`)).toEqual([
      {
        marked: '29',
        message:
          'loop_wait 10 + 2 × retry_timeout 10 = 30 s is more than ttl, 29 s: Patroni shortens loop_wait and retry_timeout by itself.',
        severity: 'warning',
        fixed: `${NODE}patroni['ttl'] = 30`,
      },
    ]);
  });

  it('says what an older Patroni does', () => {
    expect(findingsOf('GLR068', `${NODE}patroni['ttl'] = 29`, '17.0')[0]?.message).toContain(
      'the key may expire while the leader still retries',
    );
  });

  it.each([
    ['ttl = 30', false],
    ['loop_wait = 10', false],
    ['loop_wait = 11', true],
    ['retry_timeout = 11', true],
    ["retry_timeout = '11'", true],
  ])('judges %s', (line, wrong) => {
    const [key = '', value = ''] = line.split(' = ');
    expect(findingsOf('GLR068', `${NODE}patroni['${key}'] = ${value}`)).toHaveLength(wrong ? 1 : 0);
  });

  it.each([
    ['a value is not known', `${NODE}patroni['ttl'] = 25\npatroni['loop_wait'] = wait`],
    ['nothing is written', NODE],
    ['another file is read', `${NODE}patroni['ttl'] = 25\nfrom_file '/etc/gitlab/more.rb'`],
    ['Patroni does not run', "patroni['ttl'] = 25"],
    ['ttl itself is too short, which GLR069 says', `${NODE}patroni['ttl'] = 15`],
  ])('says nothing when %s', (_, text) => {
    expect(findingsOf('GLR068', text)).toEqual([]);
  });
});

describe('GLR069: less than Patroni allows', () => {
  it.each([
    ['ttl', 19, 30],
    ['retry_timeout', 2, 3],
    ['loop_wait', 0, 1],
  ])('%s = %i becomes %i', (key, value, least) => {
    const [found] = findingsOf('GLR069', `${NODE}patroni['${key}'] = ${value}`);
    expect(found?.fixed).toBe(`${NODE}patroni['${key}'] = ${least}`);
  });

  it('raises ttl no further than the others need', () => {
    const others = "patroni['loop_wait'] = 5\npatroni['retry_timeout'] = 5\n";
    const [found] = findingsOf('GLR069', `${NODE}${others}patroni['ttl'] = 19`);
    expect(found?.fixed).toBe(`${NODE}${others}patroni['ttl'] = 20`);
  });

  it.each(['ttl', 'retry_timeout', 'loop_wait'])('accepts the least %s', (key) => {
    const least = { ttl: 20, retry_timeout: 3, loop_wait: 1 }[key];
    expect(findingsOf('GLR069', `${NODE}patroni['${key}'] = ${least}`)).toEqual([]);
  });
});

describe('GLR070: senders and slots', () => {
  it('adds the missing key below the other one', () => {
    const text = `${NODE}patroni['postgresql']['max_replication_slots'] = 6 # two for each\n`;
    expect(findingsOf('GLR070', text)).toEqual([
      {
        marked: '6',
        message:
          '5 WAL senders by default for 6 replication slots: with all slots in use no replica can be rebuilt.',
        severity: 'warning',
        fixed: `${text}patroni['postgresql']['max_wal_senders'] = 7\n`,
      },
    ]);
  });

  it.each([
    [6, 6, 1],
    [6, 7, 0],
    [6, 8, 0],
  ])('%i slots and %i senders', (slots, senders, count) => {
    const text = `${NODE}patroni['postgresql'] = { max_replication_slots: ${slots}, max_wal_senders: ${senders} }`;
    expect(findingsOf('GLR070', text)).toHaveLength(count);
  });

  it('reads the form without Patroni, which the package copies', () => {
    const text = `${NODE}postgresql['max_replication_slots'] = 8\npostgresql['max_wal_senders'] = 8`;
    expect(findingsOf('GLR070', text)).toMatchObject([
      {
        marked: '8',
        fixed: `${NODE}postgresql['max_replication_slots'] = 8\npostgresql['max_wal_senders'] = 9`,
      },
    ]);
  });

  it.each([
    ['both are left out', NODE],
    ['one is not known', `${NODE}patroni['postgresql']['max_replication_slots'] = 2 * nodes`],
    ['a value is too small for Patroni anyway', `${NODE}patroni['postgresql']['max_wal_senders'] = 2`],
  ])('says nothing when %s', (_, text) => {
    expect(findingsOf('GLR070', text)).toEqual([]);
  });
});

describe('GLR071: parameters without effect', () => {
  it('moves what Patroni sets', () => {
    expect(findingsOf('GLR071', `${NODE}postgresql['wal_level'] = 'logical'`)).toEqual([
      {
        marked: "postgresql['wal_level']",
        message:
          "Patroni does not read postgresql['wal_level']: it starts PostgreSQL with its own wal_level.",
        severity: 'warning',
        fixed: `${NODE}patroni['postgresql']['wal_level'] = 'logical'`,
      },
    ]);
  });

  it('names the value that wins', () => {
    const text = `${NODE}postgresql['max_connections'] = 200\npatroni['postgresql']['max_connections'] = 500`;
    expect(findingsOf('GLR071', text)).toMatchObject([
      {
        marked: "postgresql['max_connections']",
        message: "patroni['postgresql']['max_connections'] holds 500 and wins: 200 has no effect.",
      },
    ]);
  });

  it.each([
    ['equal values', "postgresql['max_connections'] = 500\npatroni['postgresql']['max_connections'] = '500'"],
    ['what the package copies', "postgresql['max_connections'] = 500"],
    ['what Patroni sets anyway', "postgresql['wal_level'] = 'replica'\npostgresql['hot_standby'] = 'on'"],
    ['other parameters', "postgresql['work_mem'] = '8MB'"],
    ['an unknown winner', "postgresql['wal_level'] = 'logical'\npatroni['postgresql']['wal_level'] = level"],
  ])('says nothing about %s', (_, lines) => {
    expect(findingsOf('GLR071', NODE + lines)).toEqual([]);
  });

  it('says nothing without Patroni', () => {
    expect(findingsOf('GLR071', `${SINGLE}postgresql['hot_standby'] = 'off'`)).toEqual([]);
  });
});

describe('GLR072: no replicas', () => {
  it.each([
    ["patroni['postgresql']['wal_level'] = 'minimal'", "'minimal'"],
    ["patroni['postgresql']['hot_standby'] = 'off'", "'off'"],
    ["patroni['postgresql']['hot_standby'] = false", 'false'],
  ])('refuses %s', (line, marked) => {
    expect(findingsOf('GLR072', NODE + line)).toMatchObject([{ marked, severity: 'error' }]);
  });

  it.each([
    ["postgresql['max_wal_senders'] = 5", '5'],
    ["postgresql['archive_mode'] = 'on'", "'on'"],
  ])('knows that PostgreSQL alone does not start with %s', (line, marked) => {
    expect(findingsOf('GLR072', SINGLE + line)).toMatchObject([
      { marked, fixed: `${SINGLE}${line}\npostgresql['wal_level'] = 'replica'` },
    ]);
  });

  it.each([
    ['another level', `${SINGLE}postgresql['max_wal_senders'] = 5\npostgresql['wal_level'] = 'replica'`],
    ['no senders', `${SINGLE}postgresql['max_wal_senders'] = 0`],
    ['Geo, which sets the level', "roles ['geo_primary_role']\npostgresql['max_wal_senders'] = 5"],
    ['a database elsewhere', "postgresql['enable'] = false\npostgresql['max_wal_senders'] = 5"],
    ['Patroni', `${NODE}postgresql['max_wal_senders'] = 7`],
  ])('accepts %s', (_, text) => {
    expect(findingsOf('GLR072', text)).toEqual([]);
  });
});

describe('GLR091: WAL counted in segments', () => {
  const line = "patroni['postgresql']['wal_keep_segments'] = 10";

  it('counts 16 megabytes for each', () => {
    expect(findingsOf('GLR091', `${NODE}${line} # some`)).toMatchObject([
      {
        marked: "patroni['postgresql']['wal_keep_segments']",
        fixed: `${NODE}patroni['postgresql']['wal_keep_size'] = 160 # some`,
      },
    ]);
  });

  it('is right for GitLab 15', () => {
    expect(findingsOf('GLR091', `${NODE}${line}`, '15.11')).toEqual([]);
  });
});

describe('GLR094: less than Patroni passes on', () => {
  it.each([
    ['max_connections', 25, 100],
    ['max_wal_senders', 3, 10],
    ['max_replication_slots', 4, 10],
    ['max_worker_processes', 2, 8],
    ['max_locks_per_transaction', 32, 64],
  ])('%s: %i is the least, else it takes %i', (name, least, instead) => {
    const written = (value: number): string => `${NODE}patroni['postgresql']['${name}'] = ${value}`;
    expect(findingsOf('GLR094', written(least))).toEqual([]);
    expect(findingsOf('GLR094', written(least - 1))).toEqual([
      {
        marked: String(least - 1),
        message: `${name} of ${least - 1} is less than ${least}, the least Patroni accepts: it takes ${instead}.`,
        severity: 'error',
        fixed: written(least),
      },
    ]);
  });
});

describe('GLR077: what YAML makes of a text', () => {
  const password = (text: string): string => `${NODE}patroni['password'] = '${text.replaceAll("'", "\\'")}'`;

  // What Python's YAML reader, which Patroni uses, refuses or changes.
  it.each([
    ...['@lab', '%lab', '*lab', '!lab', 'a #b', 'a: b', 'yes', 'On', 'true', 'null', '~', '0123', '0x1F'],
    ...['1_000', '12:30:45', '1.50', '.5', '+1', '`x', "'x'", '"x"', '"x', '{a}', '[a]', '- x', '|x', '>x'],
    ...['&x', 'x:', '#x', ' a', 'x ', '-', '?'],
  ])('%s is refused or changed', (text) => {
    expect(findingsOf('GLR077', password(text))).toHaveLength(1);
  });

  it.each([
    ...[
      'lab-example',
      '123',
      '12345678901234567890',
      '1e5',
      '12e03',
      '2024-01-01',
      'a,b',
      '-x',
      '?x',
      'y',
      'N',
    ],
    ...['a b  c', 'a#b', 'a:b', 'p@ss!', '50%', 'x}', 'a&b', 'ab*', '=x', 'a=b', 'http://x'],
  ])('%s stays as it is', (text) => {
    expect(findingsOf('GLR077', password(text))).toEqual([]);
  });

  it('marks each of the three keys', () => {
    const text =
      "patroni['username'] = '@a'\npatroni['password'] = '@b'\npatroni['replication_password'] = '@c'";
    expect(findingsOf('GLR077', text).map(({ marked }) => marked)).toEqual(["'@a'", "'@b'", "'@c'"]);
  });
});
