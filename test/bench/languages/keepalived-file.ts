/** A keepalived.conf of exactly so many lines: one VRRP instance after the other. */
export function keepalivedConfOf(lines: number): string {
  const written: string[] = ['global_defs {', '    enable_script_security', '    script_user root', '}', ''];
  for (let number = 0; written.length + INSTANCE_LINES <= lines; number += 1)
    written.push(...instance(number));
  while (written.length < lines) written.push('! the end');
  return `${written.slice(0, lines).join('\n')}\n`;
}

const INSTANCE_LINES = 14;

function instance(number: number): readonly string[] {
  const [high, low] = [(number >> 8) & 255, number & 255];
  return [
    `vrrp_instance VI_${number} {`,
    '    state BACKUP',
    `    interface eth${number % 100}`,
    `    virtual_router_id ${(number % 255) + 1}`,
    '    priority 100',
    '    advert_int 1',
    `    unicast_src_ip 10.${high}.${low}.1`,
    '    unicast_peer {',
    `        10.${high}.${low}.2`,
    '    }',
    '    virtual_ipaddress {',
    `        10.${high}.${low}.100/24`,
    '    }',
    '}',
  ];
}
