import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/finding/finding';
import { lintHaproxy } from '../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../src/languages/haproxy/subject';
import { lintKeepalived } from '../../../../src/languages/keepalived/lint';
import { readKeepalived } from '../../../../src/languages/keepalived/subject';

/** One fault: what is written, what is told, and what the text is after somebody has done as told. */
interface Row {
  readonly fault: string;
  readonly instead: string;
  readonly code: string;
  readonly remedy: string;
  /** Edits of whoever follows the words; left out where the quick fix does. */
  readonly byHand?: readonly (readonly [from: string, to: string])[];
}

function followed(before: string, row: Row, lint: (text: string) => readonly Finding[]): void {
  const told = lint(before).find(({ code }) => code === row.code);
  expect(told?.remedy).toBe(row.remedy);
  if (told === undefined) return;
  expect(told.fix === undefined).toBe(row.byHand !== undefined);
  const after = row.byHand === undefined ? repaired(before, told) : edited(before, row.byHand);
  expect(after).not.toBe(before);
  expect(lint(after)).toEqual([]);
}

function edited(text: string, edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((now, [from, to]) => {
    expect(now.split(from)).toHaveLength(2);
    return now.replace(from, to);
  }, text);
}

function repaired(text: string, { fix }: Finding): string {
  const rows = text.split('\n');
  for (const { range, newText } of fix?.edits ?? []) {
    const row = rows[range.start.line] ?? '';
    rows[range.start.line] = row.slice(0, range.start.character) + newText + row.slice(range.end.character);
  }
  return rows.join('\n');
}

const WEB = `global
    maxconn 4000
defaults
    mode http
    timeout connect 5s
    timeout client 30m
    timeout server 30m
    timeout tunnel 1h
    option httplog
frontend office
    bind 10.30.0.5:80
    log 10.30.0.60:514 local0
    acl mine path_beg /mine
    acl yours path_beg /yours
    http-request deny if yours !mine
    http-request set-header X-Side one if mine
    default_backend shop
backend shop
    option httpchk GET /up
    http-check expect status 200
    server shop1 10.30.0.31:8080 check
`;

describe('advice about haproxy.cfg, followed', () => {
  const lint = (text: string): readonly Finding[] => lintHaproxy(readHaproxy(text, '3.4'), 'haproxy.cfg');

  it('starts from a file with no findings', () => {
    expect(lint(WEB)).toEqual([]);
  });

  it.each<Row>([
    {
      fault: 'braces that touch the words within',
      instead: 'one if {path_beg /mine}',
      code: 'HAP037',
      remedy: 'Put spaces inside the braces: { fetch pattern … }.',
      byHand: [['{path_beg /mine}', '{ path_beg /mine }']],
    },
    {
      fault: 'conditions joined by a word',
      instead: 'one if yours and mine',
      code: 'HAP037',
      remedy: 'Remove it: conditions side by side must all hold.',
      byHand: [['yours and mine', 'yours mine']],
    },
    {
      fault: 'a condition negated by a word',
      instead: 'one if not yours',
      code: 'HAP037',
      remedy: 'Write "!" before the name: !name.',
      byHand: [['not yours', '!yours']],
    },
  ])('$fault', (row) => {
    followed(WEB.replace('one if mine', row.instead), row, lint);
  });

  it.each<Row & { readonly place: string }>([
    {
      fault: 'an address in the line of the section',
      place: '\nbackend shop',
      instead: '\nlisten shop http://10.30.0.6:80',
      code: 'HAP049',
      remedy: 'Write the address on a "bind" line.',
      byHand: [['listen shop http://10.30.0.6:80', 'listen shop\n    bind 10.30.0.6:80']],
    },
    {
      fault: 'a setting that is gone',
      place: '    maxconn 4000',
      instead: '    no-quic',
      code: 'HAP015',
      remedy: 'Remove it: it is gone since the branch after HAProxy 3.2.',
      byHand: [['    no-quic\n', '']],
    },
    {
      fault: 'a space that is none',
      place: 'bind 10.30.0.5:80',
      instead: 'bind\u00a010.30.0.5:80',
      code: 'HAP010',
      remedy: 'Write a plain space.',
    },
    {
      fault: 'a time that belongs to the other side',
      place: '    option httpchk GET /up',
      instead: '    option httpchk GET /up\n    timeout client 40m',
      code: 'HAP012',
      remedy: 'Move it to a frontend or listen section.',
      byHand: [
        ['    timeout client 40m\n', ''],
        ['    bind 10.30.0.5:80\n', '    bind 10.30.0.5:80\n    timeout client 40m\n'],
      ],
    },
  ])('$fault', (row) => {
    followed(WEB.replace(row.place, row.instead), row, lint);
  });

  it('gives none about a server that is not checked on purpose', () => {
    expect(lint(WEB.replace(' check\n', ' check\n    server shop2 10.30.0.32:8080 no-check\n'))).toEqual([]);
  });
});

const OFFICE = `global_defs {
    router_id left
    enable_script_security
    script_user nobody
}
vrrp_script answers {
    script "/usr/bin/curl -sf http://127.0.0.1/up"
    interval 1
    timeout 2
    fall 2
}
vrrp_instance office {
    state BACKUP
    nopreempt
    interface eth1
    virtual_router_id 77
    priority 150
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass k3Rn7qPx
    }
    unicast_src_ip 10.30.0.21
    unicast_peer {
        10.30.0.22
    }
    virtual_ipaddress {
        10.30.0.200/24
    }
    track_script {
        answers
    }
}
`;

describe('advice about keepalived.conf, followed', () => {
  const lint = (text: string): readonly Finding[] => lintKeepalived(readKeepalived(text), 'keepalived.conf');

  it('starts from a file with no findings', () => {
    expect(lint(OFFICE)).toEqual([]);
  });

  it.each<Row & { readonly place: string }>([
    {
      fault: 'an equals sign before a number',
      place: 'priority 150',
      instead: 'priority = 150',
      code: 'KAD029',
      remedy: 'Write "priority 150".',
    },
    {
      fault: 'an equals sign before a word',
      place: 'auth_type PASS',
      instead: 'auth_type = PASS',
      code: 'KAD029',
      remedy: 'Write "auth_type PASS".',
    },
    {
      fault: 'a colon behind a keyword',
      place: 'virtual_router_id 77',
      instead: 'virtual_router_id: 77',
      code: 'KAD001',
      remedy: 'Write "virtual_router_id 77": keepalived knows neither "=" nor ":".',
    },
    {
      fault: 'a semicolon at the end',
      place: 'advert_int 1',
      instead: 'advert_int 1;',
      code: 'KAD022',
      remedy: 'Write 1.',
    },
    {
      fault: 'two interfaces',
      place: 'interface eth1',
      instead: 'interface eth1, eth2',
      code: 'KAD028',
      remedy: 'Write one name; further ones are watched in "track_interface", one a line.',
      byHand: [['interface eth1, eth2', 'interface eth1\n    track_interface {\n        eth2\n    }']],
    },
    {
      fault: 'a comma behind an address',
      place: '10.30.0.200/24',
      instead: '10.30.0.200/24,',
      code: 'KAD024',
      remedy: 'Write 10.30.0.200/24.',
    },
    {
      fault: 'a comma behind a peer',
      place: '10.30.0.22\n',
      instead: '10.30.0.22,\n',
      code: 'KAD024',
      remedy: 'Write 10.30.0.22.',
    },
  ])('$fault', (row) => {
    followed(OFFICE.replace(row.place, row.instead), row, lint);
  });
});
