const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const DOMAIN = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`, 'i');

/** True for a domain name (RFC 1123), in any case. */
export function isDomain(text: string): boolean {
  return DOMAIN.test(text);
}

/** True for a host name that nobody can take for an address that was mistyped: first and last part have a letter. */
export function isHostName(text: string): boolean {
  const labels = text.split('.');
  return isDomain(text) && /[a-z]/i.test(labels[0] ?? '') && /[a-z]/i.test(labels.at(-1) ?? '');
}
