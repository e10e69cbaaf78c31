import { describe, expect, it } from 'vitest';
import type { Believed } from '../../../src/services/core/live/fact';
import type { NodeView, View } from '../../../src/services/core/live/view';
import { redisExporterVerdict } from '../../../src/services/redis-exporter/health';
import { renderRedisExporter } from '../../../src/services/redis-exporter/render';
import { parseRedisUp } from '../../../src/services/redis-exporter/watch';
import type { NodeSettings } from '../../../src/services/settings';
import { changedPorts } from '../../../src/services/changed-ports';
import { contentOf, sampleContext, sampleService } from '../lab/render/sample-context';
import { brief, readWith } from '../workspace/workspace-sample';

const OPTIONS = '/var/opt/gitlab/redis-exporter/options';

/** The settings of node1 with these lines in its gitlab.rb, and what is said about the file. */
async function reading(
  lines: string,
): Promise<{ settings: NodeSettings | undefined; said: readonly string[] }> {
  const { spec, findings } = await readWith(lines);
  return { settings: spec?.nodes[0]?.settings, said: findings.map(brief) };
}

describe('redis_exporter in gitlab.rb', () => {
  it.each<[string, Partial<NodeSettings['redisExporter']>]>([
    ['', { host: 'localhost', port: 9121, flags: {} }],
    ["redis_exporter['listen_address'] = '0.0.0.0:9122'", { host: '0.0.0.0', port: 9122 }],
    ["redis_exporter['listen_address'] = ':9121'", { host: '', port: 9121 }],
    [
      "redis_exporter['flags'] = { 'include-system-metrics' => true, 'check-keys' => 'db0=session*' }",
      { flags: { 'include-system-metrics': 'true', 'check-keys': 'db0=session*' } },
    ],
    [
      "redis_exporter['flags'] = { 'debug' => 'false', 'connection-timeout' => '5s', 'check-keys-batch-size' => 10 }",
      { flags: { debug: 'false', 'connection-timeout': '5000ms', 'check-keys-batch-size': '10' } },
    ],
  ])('%s', async (lines, expected) => {
    const { settings, said } = await reading(lines);
    expect(said).toEqual([]);
    expect(settings?.redisExporter).toMatchObject(expected);
  });

  it.each([
    ["'localhost'", "'localhost', which is no address with a port"],
    ["'localhost:0'", "'localhost:0', which is no address with a port"],
    ["'[::1]:9121'", "'[::1]:9121', which is no address with a port"],
    ['9121', 'no address with a port'],
  ])('refuses to listen on %s', async (value, problem) => {
    const { findings } = await readWith(`redis_exporter['listen_address'] = ${value}`);
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      `LAB002 redis_exporter['listen_address'] is ${problem}.`,
    ]);
  });

  it.each([
    ["'debug' => 'yes'", "['debug'] is 'yes', which it does not know"],
    ["'connection-timeout' => 'soon'", "['connection-timeout'] must be a time, not a text ('soon')"],
    [
      "'max-distinct-key-groups' => 'many'",
      "['max-distinct-key-groups'] must be a whole number, not a text ('many')",
    ],
  ])('refuses the flag %s, with which the program does not start', async (flag, problem) => {
    const { findings } = await readWith(`redis_exporter['flags'] = { ${flag} }`);
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      `LAB002 redis_exporter['flags']${problem}.`,
    ]);
  });

  it.each([
    ["redis_exporter['enable'] = false", 'LAB012'],
    ["redis_exporter['flags'] = { 'redis.addr' => 'unix:///redis.socket' }", 'LAB012'],
    ["redis_exporter['flags'] = { 'web.telemetry-path' => '/m' }", 'LAB010'],
    ["redis_exporter['flags'] = { 'namespace' => 'gitlab' }", 'LAB010'],
    ["redis_exporter['env_directory'] = '/env'", 'LAB010'],
  ])('%s has no effect, which is said (%s)', async (lines, code) => {
    const { findings } = await readWith(lines);
    expect(findings.map((finding) => finding.code)).toEqual([code]);
  });

  it('changes the port of the page', () => {
    const { settings } = sampleContext();
    expect(changedPorts({ ...settings, redisExporter: { ...settings.redisExporter, port: 9122 } })).toEqual({
      'redis-exporter': { metrics: 9122 },
    });
  });
});

describe('the options of the Redis exporter', () => {
  it('lead to the node’s own Redis and hold no password', () => {
    expect(contentOf(renderRedisExporter(sampleService()), OPTIONS)).toBe(
      '--web.listen-address=localhost:9121\n--redis.addr=redis://127.0.0.1:6379\n',
    );
  });

  it('follow what gitlab.rb changed', () => {
    const service = sampleService({
      change: (settings) => ({
        ...settings,
        redis: { ...settings.redis, port: 6380 },
        redisExporter: { host: '', port: 9122, flags: { debug: 'true' } },
      }),
    });
    expect(contentOf(renderRedisExporter(service), OPTIONS)).toBe(
      '--web.listen-address=:9122\n--redis.addr=redis://127.0.0.1:6380\n--debug=true\n',
    );
  });
});

describe('the health of the Redis exporter', () => {
  const verdict = (up: Believed<boolean | undefined>) =>
    redisExporterVerdict({} as View, { fact: () => up } as unknown as NodeView);

  it.each([
    ['U 1', { health: 'ok', detail: 'reads its Redis' }],
    ['U 0', { health: 'degraded', detail: 'cannot read its Redis' }],
    ['U ', { health: 'degraded', detail: 'gives no metrics' }],
  ])('follows from the line %j', (line, expected) => {
    expect(verdict({ value: parseRedisUp(line) })).toEqual(expected);
  });

  it('is unknown until it was asked', () => {
    expect(verdict(undefined)).toEqual({ health: 'unknown', detail: 'its metrics have not been read' });
  });
});
