import type { Renderer } from './context';
import { PATHS } from './paths';
import { ROOT } from './users';

/** The workspace's keepalived.conf of this node as it is (the plan has put the lab's addresses and interface in). */
export const renderKeepalived: Renderer = ({ keepalivedConf }) => [
  { path: PATHS.keepalivedConfig, content: keepalivedConf, mode: 0o600, ...ROOT },
];
