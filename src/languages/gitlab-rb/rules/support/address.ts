/** `tcp://10.0.0.1:8075`, split. */
export interface ServiceAddress {
  readonly scheme: string;
  /** Without the brackets of IPv6; empty for sockets. */
  readonly host: string;
  readonly port: number | undefined;
}

/** Splits an address with a scheme; undefined when it has none. `unix:/path` and `dns:host:port` are such, too. */
export function serviceAddress(text: string): ServiceAddress | undefined {
  const match = /^([a-z][a-z0-9+.-]*):(?:\/\/)?(.*)$/i.exec(text);
  if (match === null) return undefined;
  const [, scheme = '', rest = ''] = match;
  // `node1:8075` is a host and a port, not a scheme.
  if (/^\d+$/.test(rest)) return undefined;
  if (scheme.toLowerCase() === 'unix') return { scheme: 'unix', host: '', port: undefined };
  return { scheme: scheme.toLowerCase(), ...hostPort(rest.replace(/^.*\//, '')) };
}

export const HIGHEST_PORT = 65_535;

/** Splits `host:port`, `[::1]:port`, `host`, `:port`. */
export function hostPort(text: string): { readonly host: string; readonly port: number | undefined } {
  const match = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(text.trim());
  if (match === null) return { host: text, port: undefined };
  const [, bracketed, plain = '', port] = match;
  return { host: bracketed ?? plain, port: port === undefined ? undefined : Number(port) };
}

/** True for addresses only the machine itself can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** True for an IPv4 or IPv6 address. */
export function isIpAddress(host: string): boolean {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) return host.split('.').every((part) => Number(part) <= 255);
  return /^[0-9a-f:]*:[0-9a-f:.]*$/i.test(host);
}

/** True for what looks like a name of a machine; placeholders such as `<IP>` or `NODE_IP` do not. */
export function isHostName(host: string): boolean {
  const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
  return (
    host.length < 254 &&
    new RegExp(`^${label}(?:\\.${label})*$`, 'i').test(host) &&
    !isIpAddress(host) &&
    /[a-z]/.test(host)
  );
}
