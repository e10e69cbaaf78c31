/** Import directions of docs/architecture.md: cluster <- config, observe <- lab <- features, cli. */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^(src|webview)/', pathNot: allowed.map((folder) => `^src/${folder}/`) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle means two concepts that are one, or one that is two.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    only('cluster-imports-nothing', 'The model knows nobody.', 'cluster', ['cluster']),
    only('config-over-cluster', 'Languages stay free of Docker and VS Code.', 'config', [
      'config',
      'cluster',
    ]),
    only('transport-stands-alone', 'A way to reach a node, nothing else.', 'transport', ['transport']),
    only('observe-over-transport', 'Watchers reach nodes through transports.', 'observe', [
      'observe',
      'cluster',
      'transport',
    ]),
    only('lab-is-not-ui', 'The lab is driven by features and the CLI, never the other way round.', 'lab', [
      'lab',
      'config',
      'cluster',
      'observe',
      'transport',
    ]),
    only('cli-is-not-features', 'The CLI runs without VS Code.', 'cli', [
      'cli',
      'lab',
      'config',
      'cluster',
      'observe',
      'transport',
    ]),
    {
      name: 'vscode-only-in-features',
      comment: 'Everything else must run, and be tested, without VS Code.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(features/|extension\\.ts$)' },
      to: { path: '^vscode$' },
    },
    {
      name: 'config-and-cluster-do-no-io',
      comment: 'The pure core takes text and returns data.',
      severity: 'error',
      from: { path: '^src/(cluster|config|lab/(plan|render))/', pathNot: '^src/config/server/' },
      to: { path: '^(node:)?(fs|fs/promises|net|child_process|http|https)$' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    builtInModules: { add: ['vscode'] },
  },
};
