import type { ServiceContext } from '../core/context';
import { privateFile } from '../core/file';
import type { NodeFile } from '../core/file';
import { REDIS_USER } from '../redis/account';
import { REDIS_SETTINGS } from '../redis/settings';
import { REDIS_EXPORTER_SETTINGS } from './settings';

/** The program's options, one per line. The password of Redis reaches it through its environment (run script). */
export function renderRedisExporter({ settings }: ServiceContext): readonly NodeFile[] {
  const { host, port, flags } = settings(REDIS_EXPORTER_SETTINGS);
  const options = {
    'web.listen-address': `${host}:${port}`,
    'redis.addr': `redis://127.0.0.1:${settings(REDIS_SETTINGS).port}`,
    ...flags,
  };
  const lines = Object.entries(options).map(([name, value]) => `--${name}=${value}\n`);
  return [privateFile('/var/opt/gitlab/redis-exporter/options', lines.join(''), REDIS_USER)];
}
