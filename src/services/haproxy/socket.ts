import type { DeclaredName } from '../core/live/declared';

/** Where haproxy.cfg puts the socket that statistics are read from. */
export const STATISTICS_SOCKET: DeclaredName = {
  name: 'haproxySocket',
  byDefault: '/run/haproxy/admin.sock',
};

/** Backends of haproxy.cfg behind which the lab runs nothing, by blanks. */
export const IDLE_BACKENDS: DeclaredName = { name: 'haproxyIdleBackends', byDefault: '' };
