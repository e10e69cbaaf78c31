import { CLUSTER_KEYS, type ClusterKey } from '../../src/cluster/cluster-keys';

/** A JSON schema, as far as cluster.yaml needs one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON schema of cluster.yaml, from the table its reader takes its keys from. */
export function clusterSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://gitlab-ha-lab.example/cluster.schema.json',
    title: 'cluster.yaml',
    description: 'A GitLab High Availability cluster: who is in it, where it answers, and what runs where.',
    ...mapping(CLUSTER_KEYS),
  };
}

function mapping(keys: readonly ClusterKey[]): JsonSchema {
  const required = keys.filter((key) => key.required === true).map(({ name }) => name);
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(keys.map((key) => [key.name, property(key)])),
  };
}

function property(key: ClusterKey): JsonSchema {
  return { description: key.about.replaceAll('`', ''), ...shape(key) };
}

function shape({ type, keys = [], values = [], least, most }: ClusterKey): JsonSchema {
  switch (type) {
    case 'mapping':
      return mapping(keys);
    case 'list':
      return { type: 'array', items: mapping(keys), minItems: 3, maxItems: 15 };
    case 'names':
      return { type: 'array', items: { type: 'string' } };
    case 'words':
      return { type: 'array', items: { enum: values.map(([value]) => value) }, minItems: 1 };
    case 'boolean':
      return { type: 'boolean' };
    case 'number':
      return { type: 'number', ...bound('minimum', least), ...bound('maximum', most) };
    case 'version':
      // A version without quotes is a number.
      return { type: ['string', 'number'] };
    case 'text':
      return values.length > 0 ? { enum: values.map(([value]) => value) } : { type: 'string' };
  }
}

function bound(name: string, value: number | undefined): JsonSchema {
  return value === undefined ? {} : { [name]: value };
}
