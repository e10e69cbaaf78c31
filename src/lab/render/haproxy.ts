import type { Renderer } from './context';
import { PATHS } from './paths';
import { ROOT } from './users';

/** The workspace's haproxy.cfg as it is. Passwords reach it through HAProxy's environment, see its run script. */
export const renderHaproxy: Renderer = ({ haproxyCfg }) => [
  { path: PATHS.haproxyConfig, content: withFinalNewline(haproxyCfg), mode: 0o600, ...ROOT },
];

/** HAProxy refuses a file whose last line does not end. */
function withFinalNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
