import { describe, expect, it } from 'vitest';
import { useLabInterface } from '../../../../src/lab/plan/lab-interface';

describe('the interface in keepalived.conf', () => {
  it.each([
    ['  interface ens192', '  interface eth0'],
    ['interface bond0.100 # production', 'interface eth0 # production'],
    ['  # interface ens192', '  # interface ens192'],
    ['  ! interface ens192', '  ! interface ens192'],
    ['    10.0.0.1/24 dev ens192 label ens192:vip', '    10.0.0.1/24 dev eth0 label ens192:vip'],
    ['  track_interface { ens192 }', '  track_interface { eth0 }'],
    [
      '  track_interface {\n    ens192 weight 10\n    ens224\n  }\n  state BACKUP',
      '  track_interface {\n    eth0 weight 10\n    eth0\n  }\n  state BACKUP',
    ],
    ['vrrp_instance a { interface ens192 }', 'vrrp_instance a { interface eth0 }'],
    [
      '  virtual_ipaddress {\n    10.0.0.1 label "a # b" dev ens192\n  }',
      '  virtual_ipaddress {\n    10.0.0.1 label "a # b" dev eth0\n  }',
    ],
    [
      '  track_interface {\n    ens192 # } not yet\n    ens224\n  }',
      '  track_interface {\n    eth0 # } not yet\n    eth0\n  }',
    ],
    ['  track_interface\n  {\n    ens192\n  }\n  ens224', '  track_interface\n  {\n    eth0\n  }\n  ens224'],
    ['global_defs {\n  default_interface ens192\n}', 'global_defs {\n  default_interface eth0\n}'],
    ['  interface "ens192"', '  interface eth0'],
    ['  virtual_router_id 51', '  virtual_router_id 51'],
    ['  notify /usr/bin/interface ens192', '  notify /usr/bin/interface ens192'],
  ])('%j becomes %j', (text, expected) => {
    expect(useLabInterface(text)).toBe(expected);
  });
});
