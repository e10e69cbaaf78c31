import { defineService, tcp } from '../core/service';

export const redisExporter = defineService({
  id: 'redis-exporter',
  layer: 'observability',
  beside: 'cache',
  title: 'Redis exporter',
  deployed: true,
  gitlabRbRoots: ['redis_exporter'],
  decided: ['redis_exporter.enable', 'redis_exporter.flags.redis.addr'],
  ports: [tcp('metrics', 9121)],
  web: { port: 'metrics', path: '/metrics' },
});
