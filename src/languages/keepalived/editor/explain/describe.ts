import type { Argument, Keyword, ValueKind } from '../../schema/keyword';

/** A keyword with the names of its arguments, as one would write it. */
export function signatureOf({ name, args, required, rest, block, values }: Keyword): string {
  const words = args.map(({ label }, at) => (at < required ? label : `[${label}]`));
  const more = rest ? ['…'] : [];
  const body = block !== undefined || values !== undefined ? ['{ … }'] : [];
  return [name, ...words, ...more, ...body].join(' ');
}

/** What hover and completion say of a keyword. */
export function describeKeyword(keyword: Keyword): string {
  const facts = [
    ...keyword.args.flatMap((argument) => describeArgument(argument) ?? []),
    ...(keyword.default === undefined ? [] : [`Default: ${keyword.default}.`]),
    ...(keyword.since === undefined ? [] : [`Since Keepalived ${keyword.since}.`]),
    ...(keyword.replacedBy === undefined ? [] : ['Out of date.']),
  ];
  return [keyword.doc, ...(facts.length === 0 ? [] : [facts.join('  \n')])].join('\n\n');
}

/** What may stand at a place; undefined when its name says enough. */
export function describeArgument(argument: Argument): string | undefined {
  switch (argument.kind) {
    case 'number':
      return `${argument.label}: ${argument.min} to ${argument.max}.`;
    case 'decimal':
      return `${argument.label}: ${argument.min} to ${argument.max}, up to ${argument.places} decimal places.`;
    case 'choice':
      return `One of ${argument.values.map((value) => `\`${value}\``).join(', ')}.`;
    case 'address':
      return `${argument.label}: an IP${argument.family === undefined ? '' : `v${argument.family}`} address.`;
    case 'interface':
      return `${argument.label}: as \`ip link\` shows it, up to 15 characters.`;
    case 'text':
    case 'form':
    case 'script':
    case 'name':
    case 'reference':
      return undefined;
  }
}

/** What a line of a block without keywords is. */
export const LINE_DOCS: Readonly<Record<ValueKind, string>> = {
  addresses: 'An address: `ADDRESS/MASK [dev INTERFACE] [label NAME] [scope SCOPE] [brd ADDRESS] …`.',
  routes: 'A route, in the words of `ip route`.',
  rules: 'A routing rule, in the words of `ip rule`.',
  peers: 'Another node: `ADDRESS [min_ttl NUMBER] [max_ttl NUMBER]`.',
  interfaces: 'Names of interfaces.',
  'linkbeat-interfaces': 'An interface: `NAME [MII|ETHTOOL|IOCTL]`.',
  delays: '`INTERFACE DOWN_SECONDS [UP_SECONDS]`.',
  'tracked-interfaces':
    'An interface: `NAME [weight NUMBER [reverse]]`. Without a weight its failure means FAULT.',
  vrrp_script: 'A script: `NAME [weight NUMBER [reverse|noreverse]]`. With weight 0 its failure means FAULT.',
  vrrp_track_process:
    'A process: `NAME [weight NUMBER [reverse|noreverse]]`. With weight 0 its end means FAULT.',
  track_file: 'A file: `NAME [weight NUMBER [reverse|noreverse]]`.',
  bfd_instance: 'A BFD session: `NAME [weight NUMBER [reverse|noreverse]]`.',
  vrrp_instance: 'Names of instances.',
  mail: 'Mail addresses.',
  servers: '`ADDRESS PORT`, or `fwmark NUMBER`.',
};
