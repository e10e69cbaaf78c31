/** How connections to a port must begin. */
export interface Hearing {
  readonly tls: boolean;
  /**
   * Whether the PROXY protocol comes first: every connection breaks where it must not, or is missing where it must. Where it is
   * passed over, it changes nothing.
   */
  readonly proxyProtocol: 'never' | 'may' | 'must' | 'passed over';
  /** Keys of gitlab.rb that decide it, as people write them; absent where nothing does. */
  readonly decidedBy?: { readonly tls?: string; readonly proxyProtocol?: string };
}

/** Of a port that takes neither TLS nor the PROXY protocol, whatever gitlab.rb says. */
export const HEARS_PLAIN: Hearing = { tls: false, proxyProtocol: 'never' };
