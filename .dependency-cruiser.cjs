/** Import directions of docs/architecture.md. */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^(src|webview)/', pathNot: [from, ...allowed].map((folder) => `^src/${folder}/`) },
});

const GROUND = ['words', 'finding', 'cluster'];
const MODEL = [...GROUND, 'services', 'languages', 'workspace'];
const LIVE = ['transport', 'observe'];

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle means two concepts that are one, or one that is two.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    only('words-import-nothing', 'A sentence knows no language and nobody who says it.', 'words', []),
    only('finding-over-words', "Everybody's ground.", 'finding', ['words']),
    only('cluster-over-finding', 'The model knows nobody but findings.', 'cluster', ['words', 'finding']),
    only(
      'services-over-cluster',
      'What a service says of itself needs the cluster, and its watcher a transport.',
      'services',
      [...GROUND, 'transport', 'lab'],
    ),
    {
      name: 'services-core-knows-no-service',
      comment: 'What every service stands on cannot stand on one of them.',
      severity: 'error',
      from: { path: '^src/services/core/' },
      to: { path: '^src/services/', pathNot: '^src/services/core/' },
    },
    {
      name: 'a-service-knows-no-list',
      comment:
        'The lists (registry, live) import the services; a service that asked them would be in a circle.',
      severity: 'error',
      from: { path: '^src/services/[^/]+/' },
      to: { path: '^src/services/[^/]+$' },
    },
    only(
      'languages-over-finding',
      'Languages stay free of services, Docker and VS Code.',
      'languages',
      GROUND,
    ),
    only('workspace-over-languages', 'One model of the files; nothing that runs.', 'workspace', [
      ...GROUND,
      'services',
      'languages',
    ]),
    only('server-over-workspace', 'The language server needs no lab.', 'server', MODEL),
    only('transport-over-words', 'A way to reach a node, and words for why it cannot be.', 'transport', [
      'words',
    ]),
    only('observe-over-transport', 'Watchers reach nodes through transports.', 'observe', [
      ...GROUND,
      'services',
      'transport',
    ]),
    only('lab-is-not-ui', 'The lab is driven by features and the CLI, never the other way round.', 'lab', [
      ...MODEL,
      ...LIVE,
      'server',
    ]),
    only('drills-over-lab', 'Faults, probes and measuring use a lab.', 'drills', [...MODEL, ...LIVE, 'lab']),
    only(
      'presentation-reads-models',
      'Words and rows for features and CLI alike; nobody below needs them.',
      'presentation',
      [...GROUND, 'services', 'observe', 'lab', 'drills'],
    ),
    {
      name: 'presentation-drives-nothing',
      comment: 'What runs is described by its types; a row that could act on a lab would be no row.',
      severity: 'error',
      from: { path: '^src/presentation/' },
      to: { path: '^src/(lab|drills|transport)/', dependencyTypesNot: ['type-only'] },
    },
    only('cli-is-not-features', 'The CLI runs without VS Code.', 'cli', [
      ...MODEL,
      ...LIVE,
      'lab',
      'drills',
      'presentation',
      'server',
    ]),
    {
      name: 'language-core-knows-no-language',
      comment: 'What all languages share must not change because of one of them.',
      severity: 'error',
      from: { path: '^src/languages/core/' },
      to: { path: '^src/languages/(?!core/)' },
    },
    {
      name: 'languages-stand-alone',
      comment:
        'A language can be read, changed and removed by itself. The registry knows them all; a compose file holds a gitlab.rb.',
      severity: 'error',
      from: { path: '^src/languages/([^/]+)/', pathNot: '^src/languages/(core|registry|compose)/' },
      to: { path: '^src/languages/', pathNot: '^src/languages/(core|$1)/' },
    },
    {
      name: 'compose-holds-gitlab-rb',
      comment: 'The only language inside another one.',
      severity: 'error',
      from: { path: '^src/languages/compose/' },
      to: { path: '^src/languages/', pathNot: '^src/languages/(core|compose|gitlab-rb)/' },
    },
    {
      name: 'reading-knows-no-rules',
      comment: 'A file is read and understood before anything is said of it, or asked about it.',
      severity: 'error',
      from: {
        path: '^src/languages/(?!core/)[^/]+/((ruby|evaluate|syntax|schema|model|check)/|subject\\.ts$)',
      },
      to: { path: '^src/languages/(?!core/)[^/]+/((rules|editor|snippets)/|lint\\.ts$|language\\.ts$)' },
    },
    {
      name: 'rules-and-editor-apart',
      comment: 'What a rule says does not depend on what an editor shows, nor the reverse.',
      severity: 'error',
      from: { path: '^src/languages/(?!core/)[^/]+/(rules|editor)/' },
      to: { path: '^src/languages/(?!core/)[^/]+/(rules|editor)/', pathNot: '^src/languages/[^/]+/$1/' },
    },
    {
      name: 'vscode-only-in-features',
      comment: 'Everything else must run, and be tested, without VS Code.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(features/|extension\\.ts$)' },
      to: { path: '^vscode$' },
    },
    {
      name: 'pure-core-does-no-io',
      comment: 'The pure core takes text and returns data. Only watchers (watch*.ts) speak to what runs.',
      severity: 'error',
      from: {
        path: '^src/(words|finding|cluster|services|languages|workspace|presentation|lab/(plan|render))/',
        pathNot: '^src/services/[^/]+/watch[^/]*\\.ts$',
      },
      to: { path: '^(node:)?(fs|fs/promises|net|child_process|http|https)$' },
    },
    {
      name: 'tools-are-not-tests',
      comment: 'Tests may try out tools; tools stand on the product only.',
      severity: 'error',
      from: { path: '^tools/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'tests-are-not-scripts',
      comment: 'Scripts set up and run; what tests need of them is a tool.',
      severity: 'error',
      from: { path: '^test/' },
      to: { path: '^scripts/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    builtInModules: { add: ['vscode'] },
  },
};
