import { describe, expect, it } from 'vitest';
import { lintKeepalived } from '../../../../../src/languages/keepalived/lint';
import { readKeepalived } from '../../../../../src/languages/keepalived/subject';

const instance = (at: number, lines: string): string =>
  `vrrp_instance VI_${at} {\n  state BACKUP\n  interface eth0\n  virtual_router_id ${at}\n  priority 100\n${lines}  virtual_ipaddress {\n    10.0.0.10${at}/24\n  }\n}\n`;
const peers = (...blocks: readonly string[]): string =>
  `  unicast_src_ip 10.0.0.1\n${blocks.map((lines) => `  unicast_peer {\n    ${lines}\n  }\n`).join('')}`;
const withPeers = (...blocks: readonly string[]): string => instance(1, peers(...blocks));
const group = (lines: string): string =>
  `vrrp_sync_group G {\n  group {\n    ${lines}\n  }\n}\n${instance(1, '')}${instance(2, '')}`;

/** The titles of the fixes of a rule's findings; "none" for a finding without one. */
const fixesOf = (code: string, text: string): string[] =>
  lintKeepalived(readKeepalived(text), 'keepalived.conf').flatMap((one) =>
    one.code === code ? [one.fix?.title ?? 'none'] : [],
  );

describe('a fix takes no line out that its block needs', () => {
  it.each([
    ['the only peer is the own address', 'KAD055', withPeers('10.0.0.1'), ['none']],
    ['another peer is left', 'KAD055', withPeers('10.0.0.1\n    10.0.0.2'), ['Remove the line']],
    ['the other one is in another block', 'KAD055', withPeers('10.0.0.1', '10.0.0.2'), ['none']],
    ['a peer twice', 'KAD032', withPeers('10.0.0.2\n    10.0.0.2'), ['Remove the line']],
    ['a peer twice, alone in its block', 'KAD032', withPeers('10.0.0.2', '10.0.0.2'), ['none']],
    ['an instance twice, and no other one', 'KAD032', group('VI_1\n    VI_1'), ['none']],
    ['and another one on the same line', 'KAD032', group('VI_1\n    VI_1 VI_2'), ['none']],
    ['and another one', 'KAD032', group('VI_1\n    VI_1\n    VI_2'), ['Remove the line']],
    ['a slip of one that is there already', 'KAD031', group('VI_1\n    VI_11'), ['none']],
    ['a slip of one that is not', 'KAD031', group('VI_1\n    VI_22'), ['Write VI_2']],
  ])('%s: %s', (_, code, text, fixes) => {
    expect(fixesOf(code, text)).toEqual(fixes);
  });
});
