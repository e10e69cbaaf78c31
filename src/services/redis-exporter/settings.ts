import { parseIpv4 } from '../../cluster/ipv4';
import { duration, integer, mapped, oneOf, parameter } from '../core/conversion';
import type { Conversion } from '../core/conversion';
import { keysOf } from '../core/key-rule';
import { placeOf } from '../core/ports';
import { settingsSection } from '../core/settings';

export interface RedisExporterSettings {
  /** Host or address; empty for all. */
  readonly host: string;
  readonly port: number;
  /** Further options of the program by name, without dashes in front. */
  readonly flags: Readonly<Record<string, string>>;
}

const key = keysOf<RedisExporterSettings>();

/** `host:port`, as the package writes it. */
const listenAddress: Conversion<{ readonly host: string; readonly port: number }> = (value) => {
  if (value.kind === 'unknown') return { unknown: value };
  const text = value.kind === 'string' ? value.value : '';
  const [, host = '', digits = ''] = /^([^:\s]*):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  const knownHost = host === '' || host === 'localhost' || parseIpv4(host) !== undefined;
  if (knownHost && port >= 1 && port <= 65_535) return { value: { host, port } };
  const shown = value.kind === 'string' ? `'${text.slice(0, 40)}', which is ` : '';
  return {
    problem: `is ${shown}no address with a port`,
    remedy: "Write 'localhost:9121' or '0.0.0.0:9121'.",
  };
};

/** A switch as the program reads it; with another text it does not start. */
const onOff: Conversion<string> = (value) =>
  value.kind === 'boolean' ? { value: String(value.value) } : oneOf('true', 'false')(value);

const count = mapped(integer(1, 1_000_000_000), String);

/**
 * The program's options that need nothing from outside the node. How it finds Redis and how its page is found
 * (`web.telemetry-path`, `namespace` in front of every metric) is the lab's matter.
 */
const FLAGS: readonly (readonly [Conversion<string>, string])[] = [
  [
    parameter,
    'check-key-groups check-keys check-single-keys check-single-streams check-streams config-command',
  ],
  [parameter, 'count-keys log-format'],
  [count, 'check-keys-batch-size max-distinct-key-groups'],
  [mapped(duration, (milliseconds) => `${milliseconds}ms`), 'connection-timeout'],
  [onOff, 'debug disable-exporting-key-values exclude-latency-histogram-metrics export-client-list'],
  [onOff, 'export-client-port include-config-metrics include-modules-metrics include-system-metrics'],
  [onOff, 'ping-on-connect redact-config-metrics redis-only-metrics set-client-name'],
  [onOff, 'streams-exclude-consumer-metrics'],
];

export const REDIS_EXPORTER_SETTINGS = settingsSection({
  name: 'redisExporter',
  defaults: (): RedisExporterSettings => ({ host: 'localhost', port: 9121, flags: {} }),
  keys: [
    key(
      'redis_exporter.listen_address',
      listenAddress,
      (settings, { host, port }) => {
        settings.host = host;
        settings.port = port;
      },
      { value: ({ host, port }) => `${host}:${port}`, settings: ['host', 'port'] },
    ),
    ...FLAGS.flatMap(([convert, names]) =>
      names.split(' ').map((name) =>
        key(
          `redis_exporter.flags.${name}`,
          convert,
          (settings, value) => {
            settings.flags = { ...settings.flags, [name]: value };
          },
          { value: ({ flags }) => flags[name], settings: ['flags'] },
        ),
      ),
    ),
  ],
  ports: ({ port: metrics }) => ({ metrics }),
  listens: ({ host }) => host,
  places: ({ host }) => ({ metrics: placeOf(host) }),
});
